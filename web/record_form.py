"""The form in which a person confirms what the columns of a file of records mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from domain.common import WrongUse
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import RecordKind
from tracing import TableProposal
from web.csrf import FormRefused, text_of
from web.languages import mark

MEANING_GROUPS: tuple[tuple[str, tuple[Meaning, ...]], ...] = (
    (
        mark("Company or merchant"),
        (
            Meaning.NAME,
            Meaning.USCC,
            Meaning.LEGAL_REPRESENTATIVE,
            Meaning.ADDRESS,
            Meaning.PHONES,
            Meaning.EMAILS,
        ),
    ),
    (
        mark("Shop"),
        (Meaning.SELLER_KEY, Meaning.SHOP_NAME, Meaning.PLATFORM, Meaning.SHOP),
    ),
    (
        mark("Parcel"),
        (
            Meaning.WAYBILL,
            Meaning.CARRIER,
            Meaning.SHIPPED_AT,
            Meaning.EVENT,
            Meaning.EVENT_AT,
            Meaning.EVENT_PLACE,
        ),
    ),
    (
        mark("Sender"),
        (
            Meaning.SENDER_NAME,
            Meaning.SENDER_PHONE,
            Meaning.SENDER_ADDRESS,
            Meaning.SENDER_USCC,
        ),
    ),
    (
        mark("Recipient"),
        (
            Meaning.RECIPIENT_NAME,
            Meaning.RECIPIENT_PHONE,
            Meaning.RECIPIENT_ADDRESS,
            Meaning.RECIPIENT_USCC,
        ),
    ),
    (
        mark("Tenant of a warehouse"),
        (Meaning.TENANT_NAME, Meaning.TENANT_USCC, Meaning.TENANT_PHONE, Meaning.TENANTS),
    ),
    (
        mark("Numbers and the row itself"),
        (
            Meaning.ORDER_NUMBER,
            Meaning.COMPLAINT_NUMBER,
            Meaning.DECLARATION_NUMBER,
            Meaning.CONTAINER,
            Meaning.SEALS,
            Meaning.MEDIA,
            Meaning.KEY,
            Meaning.SOURCE,
            Meaning.RETRIEVED_AT,
            Meaning.KIND,
        ),
    ),
)
"""Meanings as they are offered, below those that make no field of a column."""
WITHOUT_FIELD = (Meaning.OTHER, Meaning.LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """One table of a file with what is chosen for it so far."""

    proposal: TableProposal
    name: str
    kind: RecordKind | None
    platform: str
    meanings: tuple[Meaning, ...]
    problem: str | None = None
    """What is wrong with the choice, still to be translated."""

    def mapping(self) -> ColumnMapping | None:
        """Return the mapping that was chosen; None with a problem."""
        if self.kind is None or self.problem:
            return None
        return ColumnMapping(
            name=self.name,
            kind=self.kind,
            headings=self.proposal.headings,
            meanings=self.meanings,
            platform=self.platform or None,
        )


def proposed_form(proposal: TableProposal, file_name: str) -> TableForm:
    """Return the form with what was proposed, or confirmed before for these or like headings."""
    known = proposal.known
    before = known or proposal.like
    return TableForm(
        proposal=proposal,
        name=before.name if before else proposal.sheet or file_name,
        kind=before.kind if before else proposal.kind,
        platform=(before.platform if before else None) or "",
        meanings=known.meanings if known else tuple(column.meaning for column in proposal.columns),
    )


def read_forms(
    form: FormData, proposals: Sequence[TableProposal], file_name: str
) -> tuple[TableForm, ...]:
    """Return what was chosen for each table; tables and columns are told by their places.

    Raises: FormRefused for a choice that the page does not offer.
    """
    return tuple(
        _read_form(form, number, proposal, file_name) for number, proposal in enumerate(proposals)
    )


def _read_form(form: FormData, number: int, proposal: TableProposal, file_name: str) -> TableForm:
    named = text_of(form, f"kind-{number}")
    try:
        kind = RecordKind(named) if named else None
        meanings = tuple(
            Meaning(text_of(form, f"meaning-{number}-{column}"))
            for column in range(len(proposal.columns))
        )
    except ValueError:
        raise FormRefused(mark("This page is older than the file. Open it again.")) from None
    problem = None if kind else mark("Say what each row of this table is.")
    chosen = TableForm(
        proposal=proposal,
        name=text_of(form, f"name-{number}", limit=100) or proposal.sheet or file_name,
        kind=kind,
        platform=text_of(form, f"platform-{number}", limit=100),
        meanings=meanings,
        problem=problem,
    )
    try:
        chosen.mapping()
    except WrongUse:
        problem = mark("Two columns cannot both be the same single field: keep one as text.")
        return TableForm(
            proposal=proposal,
            name=chosen.name,
            kind=kind,
            platform=chosen.platform,
            meanings=meanings,
            problem=problem,
        )
    return chosen
