"""One case of a feature: a pair that it must or must not see, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from domain.rights import Authorisation
from matchers.pictures.hits import SeenPicture


@dataclass(frozen=True, kw_only=True)
class Case:
    feature: str
    sees: bool
    reason: str
    title: str = ""
    right: dict[str, Any] = field(default_factory=dict)
    sighting: dict[str, Any] = field(default_factory=dict)
    authorisations: tuple[Authorisation, ...] = ()
    surface: str | None = None
    """The words that the finding must mark."""
    shown: SeenPicture | None = None
    """What was found in the listing's picture; None while it was not looked at."""
    upheld: tuple[str, ...] = ()
    """Keys of the seller's listings that were judged infringing."""


def hit(feature: str, reason: str, title: str = "", **fields: Any) -> Case:
    return Case(feature=feature, sees=True, reason=reason, title=title, **fields)


def miss(feature: str, reason: str, title: str = "", **fields: Any) -> Case:
    return Case(feature=feature, sees=False, reason=reason, title=title, **fields)
