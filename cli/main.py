"""The `suyuan` command: its parts, and what its exit statuses mean."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple

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


class Group(NamedTuple):
    """Commands whose first word is the same, each of which brings other libraries."""

    help: str
    parts: Mapping[str, str]
    """Second word ▶ the module that adds the command."""


PARTS: Mapping[str, str | Group] = {
    "demo": "cli.demo",
    "read": "cli.read",
    "crawl": "cli.crawl",
    "capture": "cli.capture",
    "import": "cli.imports",
    "match": Group(
        "Match files, or what is stored, against a register.",
        {
            "names": "cli.match_names",
            "pictures": "cli.match_pictures",
            "stored": "cli.match_stored",
        },
    ),
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
"""First word of a command ▶ the module that adds it, or more that begin so."""


def make_app(words: Sequence[str]) -> typer.Typer:
    """Make the command line; only the part asked for is loaded, since each brings its libraries.

    `words`: those of the command line.
    """
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
    _add(app, PARTS, words)
    return app


def _add(app: typer.Typer, parts: Mapping[str, str | Group], words: Sequence[str]) -> None:
    """Add the part that the next word names, or all where it names none."""
    wanted = words[:1] if words and words[0] in parts else parts
    for name in wanted:
        part = parts[name]
        if isinstance(part, str):
            import_module(part).add_to(app)
        else:
            group = typer.Typer(help=part.help, no_args_is_help=True)
            _add(group, part.parts, words[1:])
            app.add_typer(group, name=name)


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
        make_app(arguments)(arguments)
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
