"""What codes of the United States Patent and Trademark Office mean for a right."""

from __future__ import annotations

from domain.rights import MarkForm, RegisterStatus

_ENDED = frozenset(
    {
        *range(400, 404),  # the international registration behind it was cancelled
        *range(600, 610),  # abandoned
        614,  # petition to revive denied
        618,  # abandoned, from the paper files
        622,  # the number was given by mistake
        626,  # cancelled or expired, from the paper files
        *range(710, 715),  # cancelled: sections 8, 7, 37, 18, 24
        716,  # the registration number was given by mistake
        900,  # expired
    }
)


"""Status codes, by the office's list as of 2026. All others are of live entries."""
_FORMS = {
    "1": MarkForm.STANDARD_CHARACTERS,  # typed drawing, the form before 2003
    "2": MarkForm.FIGURATIVE,
    "3": MarkForm.COMBINED,
    "4": MarkForm.STANDARD_CHARACTERS,
    "5": MarkForm.STYLISED,
    "6": MarkForm.OTHER,
}


def read_us_form(code: str) -> MarkForm | None:
    """Return the form of a mark by its drawing code (1T19, 4000), whose first digit tells it."""
    return _FORMS.get(code[:1])


def read_us_status(code: str, *, is_registered: bool, has_end: bool) -> RegisterStatus:
    """Tell the status of an entry by its code and by whether it has a registration number.

    `is_registered`: it has a registration number. `has_end`: it has a day of cancellation or
    abandonment.
    """
    if has_end or (code.isdecimal() and int(code) in _ENDED):
        return RegisterStatus.ENDED
    return RegisterStatus.REGISTERED if is_registered else RegisterStatus.APPLIED
