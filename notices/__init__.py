"""What leaves the house in writing: notices checked against their law, and printed."""

from notices.checking import NoticeRefused, advise_notice, check_notice, find_regime
from notices.regimes import REGIMES
from notices.requirements import Regime, Requirement
from notices.writing import WrittenNotice, write_html, write_notice

__all__ = [
    "REGIMES",
    "NoticeRefused",
    "Regime",
    "Requirement",
    "WrittenNotice",
    "advise_notice",
    "check_notice",
    "find_regime",
    "write_html",
    "write_notice",
]
