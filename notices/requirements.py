"""What a regime is: the law it rests on, and what that law requires of a notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.common import Words
from domain.notices import MissingElement, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One element that a notice must have (or, among `Regime.advised`, should have)."""

    element: str
    """Dotted path in Notice ("sender.name"), where a form shows the sentence."""
    rule: str
    """The article, as a lawyer cites it in the language of the law."""
    words: Words
    """What is missing, and what a person does about it."""
    missing: Callable[[Notice], bool]

    def as_missing(self) -> MissingElement:
        return MissingElement(element=self.element, rule=self.rule, words=self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A law or a platform's rule under which a notice is given."""

    name: str
    """Also the name of its templates: `<name>.zh.html`, `<name>.en.html`."""
    title: Words
    """Title of the document."""
    law: Words
    """The law's full name with article."""
    in_force_from: date
    required: tuple[Requirement, ...]
    """Without one of these a notice is refused."""
    advised: tuple[Requirement, ...] = ()
    """A notice may go out without these, but the recipient may ask for them."""
