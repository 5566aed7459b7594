"""Compiles the search of names and keeps it on disk: `python -m matchers.names.prepare`.

`make setup` runs it, so that no first search waits the minute that compiling takes.
"""

from __future__ import annotations

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names.index import index_names
from matchers.names.search import find_names


def main() -> None:
    """Search one text for one name in every way."""
    right = Mark(right_id=RightId("1"), kind=RightKind.MARK, name="云栖虎")
    find_names("云七虎 N0RVIK", index_names((right,)))


if __name__ == "__main__":
    main()
