"""Whether a notice can rest on a right: in force that day, and registered where the platform is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.common import Words
from domain.rights import RegisterStatus, Right

Market = frozenset[str]
"""Offices (WIPO ST.3) whose registrations count where the platforms are."""

MAINLAND: Market = frozenset({"CN"})
"""Platforms of the Chinese mainland: rights are territorial (TRIPS art. 1, 商标法 art. 2)."""


class Ground(StrEnum):
    """What a right is worth as a ground on a day."""

    IN_FORCE = "in_force"
    NOT_STATED = "not_stated"
    """The register gives neither dates nor a status: taken as in force, to be checked first."""
    APPLIED = "applied"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    ABROAD = "abroad"

    @property
    def serves(self) -> bool:
        """Whether a notice can rest on it."""
        return self in (Ground.IN_FORCE, Ground.NOT_STATED)


def ground_on(right: Right, day: date, market: Market = MAINLAND) -> Ground:
    """Tell whether a notice can rest on a right on a day, on platforms of a market.

    Open ends count as in force, and an office that the register does not name counts as one of
    the market: what is not known speaks neither way. Of a right of which nothing at all is known
    that is told (`NOT_STATED`).
    """
    status = right.entry.status if right.entry else RegisterStatus.NOT_STATED
    if status is RegisterStatus.ENDED or (right.valid_to is not None and day > right.valid_to):
        return Ground.LAPSED
    if status is RegisterStatus.APPLIED:
        return Ground.APPLIED
    if right.valid_from is not None and day < right.valid_from:
        return Ground.NOT_YET
    if right.office is not None and right.office not in market:
        return Ground.ABROAD
    is_dated = right.valid_from is not None or right.valid_to is not None
    if status is RegisterStatus.NOT_STATED and not is_dated:
        return Ground.NOT_STATED
    return Ground.IN_FORCE


def words_of_ground(right: Right, ground: Ground) -> Words:
    """Say in a sentence why a right is, or is no, ground for a notice."""
    match ground:
        case Ground.LAPSED if right.entry is None or right.entry.status is not RegisterStatus.ENDED:
            return Words(
                zh=f"权利已于{right.valid_to}失效，不能作为投诉依据",
                en=f"The right lapsed on {right.valid_to} and is no ground for a notice",
            )
        case Ground.LAPSED:
            return Words(
                zh="登记簿显示权利已经失效，不能作为投诉依据",
                en="The register shows the right as ended: it is no ground for a notice",
            )
        case Ground.APPLIED:
            return Words(
                zh="权利尚在申请中，未获注册，不能作为投诉依据",
                en="The right is only applied for, not registered: it is no ground for a notice",
            )
        case Ground.NOT_YET:
            return Words(
                zh=f"权利自{right.valid_from}起方才生效，尚不能作为投诉依据",
                en=f"The right begins only on {right.valid_from} and is no ground for a notice yet",
            )
        case Ground.ABROAD:
            return Words(
                zh=f"权利仅在境外（{right.office}）注册，在平台所在地不受保护，不能作为投诉依据",
                en=f"The right is registered abroad only ({right.office}): where the platform is "
                "it is no ground for a notice",
            )
        case Ground.NOT_STATED:
            return Words(
                zh="登记簿未载有效期和状态，不知是否有效；发出通知前须查询登记机关",
                en="The register gives neither dates nor a status, so nobody knows whether the "
                "right is in force: ask the office before a notice goes out",
            )
        case Ground.IN_FORCE:
            return Words(zh="权利有效", en="The right is in force")
