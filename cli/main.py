"""The `suyuan` command: its parts, and what its exit statuses mean."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from io import TextIOWrapper

import typer

from cli.output import DONE, FAULT, REFUSED, WRONG_USE, complain
from domain.common import (
    MissingTool,
    NotAllowed,
    NotFound,
    StorageFault,
    SuyuanError,
    WrongUse,
)

PARTS = {
    "demo": "cli.demo",
    "read": "cli.read",
    "crawl": "cli.crawl",
    "capture": "cli.capture",
    "import": "cli.imports",
    "match": "cli.match",
    "look": "cli.look",
    "screen": "cli.screen",
    "algorithm": "cli.algorithms",
    "link": "cli.link",
    "evidence": "cli.evidence",
    "notice": "cli.notice",
    "serve": "cli.serve",
    "work": "cli.work",
    "schedule": "cli.schedules",
    "platforms": "cli.platforms",
    "runs": "cli.runs",
    "queries": "cli.queries",
    "user": "cli.accounts",
}
"""First word of a command ▶ the module that adds it."""


def make_app(first_word: str | None) -> typer.Typer:
    """Make the command line; only the part asked for is loaded, since each brings its libraries."""
    app = typer.Typer(
        name="suyuan",
        help="Watches online marketplaces for counterfeits and traces them to their source.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        result_callback=_exit_with,
    )
    # A lone command would lose its name without a callback.
    app.callback()(lambda: None)
    wanted = [PARTS[first_word]] if first_word in PARTS else PARTS.values()
    for module in wanted:
        import_module(module).add_to(app)
    return app


def main() -> None:
    """Run a command; exit 0 done, 1 done but something was refused, 2 wrong use, 3 a fault."""
    for stream in (sys.stdout, sys.stderr):
        # Files are UTF-8 whatever the terminal's locale says.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit status."""
    try:
        make_app(arguments[0] if arguments else None)(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    except (WrongUse, NotAllowed, NotFound) as refusal:
        complain(str(refusal))
        return WRONG_USE
    except (StorageFault, MissingTool) as fault:
        complain(str(fault))
        return FAULT
    except SuyuanError as refusal:
        complain(str(refusal))
        return REFUSED
    except BrokenPipeError:
        # The reader of our output has seen enough (`suyuan … | head`).
        sys.stderr.close()
        return DONE
    except OSError as fault:
        complain(f"stopped: {fault.strerror or fault}")
        return FAULT
    return DONE


def _exit_with(status: int | None) -> None:
    """Make what a command returned the exit status."""
    raise typer.Exit(status or DONE)


if __name__ == "__main__":
    main()
