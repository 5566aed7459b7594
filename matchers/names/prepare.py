"""Compiles the search of names and makes its tables: `python -m matchers.names.prepare`.

`make setup` runs it, so that no first search waits the minutes that compiling takes.
"""

from __future__ import annotations

from pathlib import Path

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.keeping import throw_away_older
from matchers.names.additions import add_names
from matchers.names.index import index_names, strings
from matchers.names.search import find_names
from matchers.names.stored import find_in_stored, prepare_names
from matchers.names.storing import prints_of


def main() -> None:
    """Search one text for one name in every way that there is."""
    throw_away_older(Path(__file__).parent)
    right = Mark(right_id=RightId("1"), kind=RightKind.MARK, name="云栖虎")
    text = "云七虎 N0RVIK"
    index = index_names((right,))
    find_names(text, index)
    find_names(text, add_names(index, (right,)))
    list(find_in_stored(strings((text,)), prepare_names((right,), 1)))
    prints_of((right,))


if __name__ == "__main__":
    main()
