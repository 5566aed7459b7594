"""Compiled code takes indices as they are (`matchers.plain_indices`): all must lie inside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

NAMES = (
    *("耐克", "大白兔", "六个核桃", "绿茶餐厅", "云栖", "A", "NIKE", "adidas", "Jack Wolfskin"),
    *("Schwarzkopf", "小米 Pro", "The North Face", "巴拉巴拉", "3M", "\U00020000\U00020001"),
)
TEXTS = (
    *("", "A", "耐克", "奈克 运动鞋", "大白免奶糖 正品", "九个核桃 六个核桃饮料", "绿茶餐老厅"),
    *("N-I-K-E n1ke кike nlke", "adibas addidas adidsa", "jock wolfskin jack wolf skin"),
    *("schwarzkpof schwarzkobf shampoo", "xiaomi pro 小米pro", "the nort face jacket", "拉巴拉巴"),
    *("3M3M 3 M", "\U00020000\U00020001\U00020000", "!!!", "氵胡氵胡 " * 9, "nike耐克" * 40),
)


def test_no_index_of_a_search_counts_from_the_end_or_lies_past_it() -> None:
    script = Path(__file__).with_name("checked_search.py")
    ran = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps({"names": NAMES, "texts": TEXTS}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert min(told["found"], told["stored"]) > len(NAMES)
    assert told["wrong"] == []
