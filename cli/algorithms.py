"""`suyuan algorithm`: how findings are weighed, learnt from what people judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from casework.accounts import find_user
from casework.algorithms import Known, list_algorithms, use_algorithm
from casework.confusions import keep_pairs, learnt_pairs
from casework.context import Context, open_context
from casework.kept_pairs import kept_pairs
from casework.settings import load_settings
from casework.training import Comparison, compare
from casework.training import train as train_algorithm
from cli.output import open_out, say, write_lines
from domain.common import NotFound, WrongUse
from domain.users import User
from matchers.algorithms.measuring import Band, Measured
from matchers.names.confusions import in_order

_Name = Annotated[str, typer.Argument(help="Name of an algorithm, as `list` gives it")]
_By = Annotated[str, typer.Option(help="User name of the operator")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(
        help="Algorithms: learn from judgements, compare, choose.", no_args_is_help=True
    )
    commands.command("list")(list_all)
    commands.command("train")(train)
    commands.command("report")(report)
    commands.command("use")(use)
    commands.command("pairs")(pairs)
    app.add_typer(commands, name="algorithm")


def list_all() -> int:
    """List the algorithms, one JSON object a line."""
    write_lines(map(_line, list_algorithms(open_context(load_settings()))))
    return 0


def train(
    by: _By,
    base: Annotated[
        str | None, typer.Option(help="Algorithm of this release; the newest if not said")
    ] = None,
) -> int:
    """Learn weights from the judgements so far; nothing is switched."""
    context, user = _signed(by)
    learned = train_algorithm(context, user, base)
    say(
        f"{learned.name} has learnt from {learned.judged} judgements "
        f"({learned.infringing} infringing); compare it: suyuan algorithm report {learned.name}"
    )
    return 0


def report(
    name: _Name,
    against: Annotated[
        str | None, typer.Option(help="The other algorithm; the one in use if not said")
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(help="Writes judged flags on which they differ, JSON Lines")
    ] = None,
) -> int:
    """Compare an algorithm with another on judgements that were held back."""
    found = compare(open_context(load_settings()), name, against)
    sys.stdout.write("".join(f"{line}\n" for line in _report(found)))
    if changes is not None:
        with open_out(str(changes)) as file:
            write_lines(_changes(found), file)
    return 0


def use(name: _Name, by: _By, why: Annotated[str, typer.Option(help="The reason")]) -> int:
    """Let an algorithm screen from now on; listings are compared anew, old flags stay."""
    context, user = _signed(by)
    use_algorithm(context, user, name, why)
    say(f"{name} screens from now on; flags keep the version that raised them")
    return 0


def pairs(
    keep: Annotated[
        list[str] | None, typer.Option(help="A pair to count from now on; may be given often")
    ] = None,
    by: Annotated[str | None, typer.Option(help="User name of the operator, to keep pairs")] = None,
) -> int:
    """List characters that judged copies put for each other, a JSON object a line; or keep some."""
    if keep:
        if by is None:
            raise WrongUse("--keep needs --by, the user name of an operator")
        context, user = _signed(by)
        new = keep_pairs(context, user, keep)
        said = f"kept in {context.settings.pairs_file}: {', '.join(new) or 'nothing new'}"
        say(f"{said}; pairs count from the next start of each process on")
        return 0
    context = open_context(load_settings())
    kept = set(map(in_order, kept_pairs(context.settings)))
    write_lines(
        {
            "pair": one.pair,
            "sellers": one.sellers,
            "cleared": one.cleared,
            "seen": [list(pair) for pair in one.seen],
            "kept": in_order(one.pair) in kept,
        }
        for one in learnt_pairs(context)
    )
    return 0


def _signed(by: str) -> tuple[Context, User]:
    context = open_context(load_settings())
    user = find_user(context, by)
    if user is None:
        raise NotFound(f"there is no user {by}")
    return context, user


def _line(known: Known) -> dict[str, object]:
    line: dict[str, object] = {"name": known.name, "in_use": known.in_use}
    if (learned := known.learned) is not None:
        line |= {
            "base": learned.base,
            "learned_at": learned.learned_at.isoformat(),
            "learned_by": learned.learned_by,
            "judged": learned.judged,
            "infringing": learned.infringing,
            "flag_from": learned.flag_from,
            "expected_precision": learned.calibration.precision,
            "prior": learned.prior,
            "weights": dict(learned.weights),
        }
    if (chosen := known.use) is not None:
        line |= {
            "chosen_at": chosen.decided_at.isoformat(),
            "chosen_by": chosen.decided_by,
            "reason": chosen.reason,
        }
    return line


def _report(found: Comparison) -> Iterator[str]:
    yield f"{found.held_back} judged flags of {found.sellers} sellers that were held back"
    if found.held_back == 0:
        yield "nothing to compare by yet: a quarter of the sellers is held back, judge more flags"
        return
    yield f"{'':28}{'flagged':>9}{'upheld':>8}{'precision':>11}{'recall':>8}"
    for name, measured in ((found.old, found.old_measured), (found.new, found.new_measured)):
        yield (
            f"{name:28}{measured.flagged:9}{measured.upheld:8}"
            f"{_share(measured.precision):>11}{_share(measured.recall):>8}"
        )
    yield "recall is of what was flagged before: nobody judged the rest"
    yield from _bands(found.old, found.old_measured)
    yield from _bands(found.new, found.new_measured)
    added = sum(one.flagged for one in found.changed)
    yield (
        f"of all judged flags {len(found.changed) - added} would not be raised any more, "
        f"{added} only by {found.new}"
    )


def _bands(name: str, measured: Measured) -> Iterator[str]:
    yield f"{name}: score from, flags, expected to be upheld, upheld"
    for band in measured.bands:
        yield _band(band)


def _band(band: Band) -> str:
    return f"  {band.begins:.2f}{band.pairs:8}{band.expected:8.2f}{band.observed:8.2f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _changes(found: Comparison) -> Iterator[dict[str, object]]:
    for one in found.changed:
        yield {
            "flag_id": one.flag_id,
            "platform": one.listing.platform,
            "listing_key": one.listing.listing_key,
            "right_id": one.right_id,
            "verdict": one.verdict.value,
            "old_score": one.old_score,
            "new_score": one.new_score,
            "flagged": one.flagged,
            "held_back": one.held_back,
        }
