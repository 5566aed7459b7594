"""Characters that copies put for each other, as somebody kept them here: a file to read and change.

A line has a pair, and after # what it was learnt from. Processes read it when they start; the
indexes of names are then made anew, since other names are alike.
"""

from __future__ import annotations

import logging
import re

from casework.settings import Settings

REMARK = "#"
_PAIR = re.compile(r"([\u3400-\u9fff])(?!\1)[\u3400-\u9fff]")
_log = logging.getLogger("suyuan.names")


def kept_pairs(settings: Settings) -> tuple[str, ...]:
    """Return the pairs kept; a line that holds none is told of in the log and passed over."""
    path = settings.pairs_file
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as fault:
        _log.warning("%s cannot be read, no pair of it counts: %s", path, fault)
        return ()
    found = []
    for number, line in enumerate(lines, 1):
        pair = line.partition(REMARK)[0].strip()
        if _PAIR.fullmatch(pair):
            found.append(pair)
        elif pair:
            _log.warning("%s:%d: expected two Chinese characters, got %.20r", path, number, pair)
    return tuple(found)


def use_kept_pairs(settings: Settings) -> None:
    """Let the pairs kept count in this process, which has not looked at a name yet."""
    if pairs := kept_pairs(settings):
        from matchers.names.tables import use_pairs  # Which brings the whole search of names.

        if not use_pairs(pairs):
            _log.warning("%s counts from the next start on", settings.pairs_file)
