"""Whether a seller may use a right: its holder's own shop, and the authorisations of the register.

This runs before every other rule. A seller is the holder for certain only by a social credit code
that the register knows; whoever merely writes the holder's name is looked at by
`matchers.features.holders`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from domain.common import RightId, Words
from domain.listings import Sighting
from domain.rights import Authorisation, Right
from domain.sellers import Seller
from matchers.pair import Outcome, Pair
from matchers.places import Relation, name_area, relate


class Standing(Enum):
    """What an authorisation means for one sighting, the best first."""

    COVERED = "covered"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    OTHER_PLATFORM = "other_platform"
    OTHER_AREA = "other_area"


_ORDER = tuple(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """An authorisation of the seller at hand, and what it means here and today."""

    standing: Standing
    authorisation: Authorisation


def usccs_of_holders(
    rights: Iterable[Right], authorisations: Mapping[RightId, Sequence[Authorisation]]
) -> dict[RightId, frozenset[str]]:
    """Return, for rights whose holder an authorisation names with its number, those numbers.

    A number that stands beside one right of a holder is the holder's for all of them.
    """
    by_holder: defaultdict[str, set[str]] = defaultdict(set)
    held = [(right.right_id, _fold_party(right.holder)) for right in rights if right.holder]
    for right_id, holder in held:
        for one in authorisations.get(right_id, ()):
            if one.uscc and one.party and _fold_party(one.party) == holder:
                by_holder[holder].add(one.uscc.upper())
    return {
        right_id: frozenset(by_holder[holder]) for right_id, holder in held if holder in by_holder
    }


def is_holder(pair: Pair) -> bool:
    """Tell whether the seller is the holder for certain: by its social credit code."""
    seller = pair.sighting.seller
    return bool(seller and seller.uscc and seller.uscc.upper() in pair.holder_usccs)


def bears_name_of_holder(pair: Pair) -> bool:
    """Tell whether the seller gives the holder's name as its company, which proves nothing."""
    company = pair.sighting.seller.company if pair.sighting.seller else None
    holder = pair.right.holder
    return bool(company and holder) and _same_party(company or "", holder or "")


def find_permission(
    sighting: Sighting, authorisations: Sequence[Authorisation], today: date
) -> Permission | None:
    """Return the best authorisation of this seller; None when the register has none.

    A platform, an area and dates that the authorisation names must all fit. Where the goods are
    sent from is unknown, an area is no hindrance.
    """
    seller = sighting.seller
    if seller is None or not authorisations:
        return None
    found = [
        Permission(standing=_standing(sighting, one, today), authorisation=one)
        for one in authorisations
        if _names(one, sighting.platform, seller)
    ]
    return min(found, key=lambda one: _ORDER.index(one.standing), default=None)


def authorisation_failed(pair: Pair) -> Outcome | None:
    """The seller's authorisation has ended or does not reach here.

    卖家曾获授权，但已到期、未生效或超出范围。
    """
    permission = find_permission(pair.sighting, pair.authorisations, pair.today)
    if permission is None or permission.standing is Standing.COVERED:
        return None
    one = permission.authorisation
    return Outcome(score=1.0, words=_words(permission.standing, one))


def is_authorised(pair: Pair) -> bool:
    """Tell whether an authorisation covers the seller here and today."""
    permission = find_permission(pair.sighting, pair.authorisations, pair.today)
    return permission is not None and permission.standing is Standing.COVERED


def words_of_permission(permission: Permission | None) -> Words:
    """Say why the seller may use the right."""
    if permission is None:
        return Words(
            zh="卖家即权利人本人（统一社会信用代码一致）",
            en="The seller is the rights holder (the social credit code agrees)",
        )
    one = permission.authorisation
    until = f"{one.valid_to}" if one.valid_to else None
    party = one.party or one.uscc or f"{one.platform}/{one.seller_key}"
    return Words(
        zh=f"卖家（{party}）已获授权" + (f"，有效期至{until}" if until else ""),
        en=f"The seller ({party}) is authorised" + (f" until {until}" if until else ""),
    )


def _words(standing: Standing, one: Authorisation) -> Words:
    match standing:
        case Standing.EXPIRED:
            return Words(
                zh=f"卖家的授权已于{one.valid_to}到期",
                en=f"The seller's authorisation ended on {one.valid_to}",
            )
        case Standing.NOT_YET:
            return Words(
                zh=f"卖家的授权自{one.valid_from}起方才生效",
                en=f"The seller's authorisation begins only on {one.valid_from}",
            )
        case Standing.OTHER_PLATFORM:
            return Words(
                zh=f"卖家的授权仅限平台“{one.platform}”",
                en=f"The seller's authorisation is for the platform “{one.platform}” only",
            )
    area = name_area((one.area or "").split("|"))
    return Words(
        zh=f"卖家的授权仅限地域“{area}”", en=f"The seller's authorisation is for {area} only"
    )


def _names(one: Authorisation, platform: str, seller: Seller) -> bool:
    """Tell whether an authorisation is this seller's."""
    if one.uscc and seller.uscc:
        return one.uscc.upper() == seller.uscc.upper()  # the number decides over the name
    if one.seller_key and one.seller_key == seller.seller_key and one.platform == platform:
        return True
    return bool(one.party and seller.company) and _same_party(one.party or "", seller.company or "")


def _standing(sighting: Sighting, one: Authorisation, today: date) -> Standing:
    if one.platform is not None and one.platform != sighting.platform:
        return Standing.OTHER_PLATFORM
    if one.area is not None and _place(sighting, one.area) is Relation.OUTSIDE:
        return Standing.OTHER_AREA
    if one.valid_from is not None and today < one.valid_from:
        return Standing.NOT_YET
    if one.valid_to is not None and today > one.valid_to:
        return Standing.EXPIRED
    return Standing.COVERED


def _place(sighting: Sighting, area: str) -> Relation:
    offer, seller = sighting.offer, sighting.seller
    stated = (offer.ships_from if offer else None) or (seller.address if seller else None)
    return relate(stated, area.split("|")) if stated else Relation.UNKNOWN


def _same_party(a: str, b: str) -> bool:
    return _fold_party(a) == _fold_party(b)


@lru_cache(maxsize=4_096)
def _fold_party(name: str) -> str:
    """Fold width, case and white space; the rest of a company's name counts."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
