"""Makes reference/similar_groups.txt.xz: class ▶ similar group ▶ names of goods and services.

    python tools/make_similar_groups.py GROUPS.json > reference/similar_groups.txt.xz

`GROUPS.json` is a tree of {"code", "name", "children"}: classes (01 to 45), in them similar groups
(类似群, four digits), in them goods. Kept are codes and names, which are facts of the
classification; a name is kept once a group. A tree of another form is refused.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTICE = """\
# Similar groups of goods and services (类似商品和服务区分表), after the Nice Classification.
# Edition: NCL 11-2018, as collected from the Chinese trade mark office's public table in 2018.
# A line a group: its code, its name, its goods, parted by tabs and |. By make_similar_groups.py.
"""


def write_groups(classes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for every group, in the order of the codes.

    Raises:
        ValueError: Not 45 classes, or a code that is not one of its class.
    """
    if [one["code"] for one in classes] != [f"{number:02}" for number in range(1, 46)]:
        raise ValueError("expected classes 01 to 45 in order")
    for one in classes:
        for group in sorted(one["children"], key=lambda group: str(group["code"])):
            code = group["code"]
            if not re.fullmatch(one["code"] + r"\d\d", code):
                raise ValueError(f"expected a group of class {one['code']}, got {code}")
            names = dict.fromkeys(_clean(child["name"]) for child in group.get("children", ()))
            yield f"{code}\t{_clean(group['name'])}\t{'|'.join(names)}"


def _clean(name: str) -> str:
    """Write brackets in one way; white space, tabs and bars would break the table."""
    return re.sub(r"[\s|]+", "", name).replace("(", "（").replace(")", "）")


def main(path: Path) -> None:
    lines = write_groups(json.loads(path.read_text("utf-8")))
    text = NOTICE + "".join(f"{line}\n" for line in lines)
    sys.stdout.buffer.write(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
