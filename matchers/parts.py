"""What of an indication a listing can name: its place and its product, and who means them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.matches import TextPlace


class Means(StrEnum):
    """By which place a listing names an indication; the earlier, the plainer."""

    NAME = "name"
    """The place of its name, whole or shortened."""
    LATIN = "latin"
    """The same in Latin letters, or its product in English."""
    ELSEWHERE = "elsewhere"
    """The place of its name, in another field than the product: brand, shop, stated origin."""
    CITY = "city"
    """The county or prefecture of its area."""
    ALONE = "alone"
    """No place at all: its product bears a name that was coined for the goods of one area."""
    NEIGHBOUR = "neighbour"
    """A place near to it in name or in area, with the same sought-after product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundParts:
    """A place and a product in one listing that together name an indication."""

    place: TextPlace
    """The product once more where it is named alone."""
    product: TextPlace
    means: Means
    score: float
    """0..1: how plainly they name it."""
    neighbour: str | None = None
    """The other indication of the register that the listing names; only for NEIGHBOUR."""

    @property
    def gap(self) -> int | None:
        """Code points between place and product in this order; None in any other."""
        apart = self.product.start - self.place.end
        return apart if self.place.field == self.product.field and apart >= 0 else None
