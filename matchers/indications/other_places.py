"""Names found near to that of an indication that are of another place: 东北大米 is not 东台大米.

A name of goods that many places bear differs from its like by the place alone. So a changed place
is a disguise only where it looks or sounds the same; who names a neighbour is another finding.
"""

from __future__ import annotations

from domain.matches import NameHow
from domain.rights import GeographicalIndication
from matchers.indications.cutting import codes_of, cuts_of
from matchers.indications.flat import flatten, simplify
from matchers.names.words import is_ordinary

_SORTS_OF_PLACE = ("镇", "乡", "村", "街道", "县", "市", "区", "州", "旗")
_CHANGED = (NameHow.TYPO, NameHow.MIXED)
_SHORT = 2
"""Characters of a place of which one changed is half of it, or all."""


def names_sort_of_place(surface: str, right: GeographicalIndication) -> bool:
    """Tell whether the words only add what sort of place it is, which hides nothing: 阳山镇 水蜜桃.

    Characters set apart one by one, or by signs, are a disguise still.
    """
    words = surface.translate(simplify()).split()
    written = "".join(words)
    return all(len(word) > 1 for word in words) and any(
        written == cut.place + sort + cut.product
        for cut in cuts_of(right)
        for sort in _SORTS_OF_PLACE
    )


def is_of_another_place(surface: str, how: NameHow, right: GeographicalIndication) -> bool:
    """Tell whether the words found for an indication's name hold another place than its own."""
    written = flatten(surface).symbols
    for cut in cuts_of(right):
        if not written.endswith(cut.product):
            continue
        place = written.removesuffix(cut.product)
        if cut.place in place:
            return False
        if how in _CHANGED and len(cut.place) == len(place) <= _SHORT:
            return True
        return is_ordinary(place) or bool(codes_of(place))
    return False
