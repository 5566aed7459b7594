"""Reasons that people give most often for a verdict, as sentences to translate."""

from __future__ import annotations

from domain.flags import Verdict
from web.languages import mark

STANDARD_REASONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.INFRINGING: (
        mark("Uses the registered mark on the same goods without authorisation."),
        mark("Imitates the registered mark; buyers are likely to be misled."),
        mark("Shows the mark or the holder's pictures without authorisation."),
        mark("Price far below the genuine product, and the seller cannot be a licensee."),
    ),
    Verdict.GENUINE: (
        mark("Genuine goods, lawfully sold on."),
        mark("Another product; the mark is not used as a mark."),
        mark("Describes compatibility or purpose honestly."),
    ),
    Verdict.AUTHORISED: (
        mark("The seller is authorised by the holder."),
        mark("A listed user of the geographical indication."),
    ),
    Verdict.UNSURE: (
        mark("The rights holder must examine the goods."),
        mark("A test purchase is needed."),
    ),
}
"""What is most often written as the reason; the person chooses, changes or writes another."""
