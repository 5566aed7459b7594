"""The form that registers one right by hand, read by the very rules of the register file."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile

from domain.common import derive_id
from domain.rights import Right, RightKind
from register.formats import gather
from register.rows import rights_of
from register.tables import Row, Table
from web.csrf import text_of
from web.languages import mark

LARGEST_LOGO = 10 * 1024 * 1024
MOST_LOGOS = 10

_FIELDS = (
    *("kind", "name", "number", "office", "holder", "other_names", "goods"),
    *("valid_from", "valid_to", "price_low", "price_high", "price_currency", "price_unit"),
    "notes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of right that are registered with the same fields."""

    key: str
    """Names the form in its address."""
    title: str
    kinds: tuple[RightKind, ...]
    number: str
    """What the number of such a right is called."""
    own_fields: tuple[str, ...] = ()
    """Columns of the register form beyond those that every right has."""
    required: tuple[str, ...] = ("name", "number", "office", "holder")

    @property
    def fields(self) -> tuple[str, ...]:
        return _FIELDS + self.own_fields


GROUPS: tuple[Group, ...] = (
    Group(
        key="mark",
        title=mark("Trade mark"),
        kinds=(
            RightKind.MARK,
            RightKind.WELL_KNOWN_MARK,
            RightKind.TIME_HONOURED_BRAND,
            RightKind.CERTIFICATION_MARK,
            RightKind.COLLECTIVE_MARK,
        ),
        number=mark("Registration number"),
        own_fields=("nice_classes", "vienna_codes"),
    ),
    Group(
        key="gi",
        title=mark("Geographical indication"),
        # 商标法 art. 16: an indication may also be protected as a mark of these kinds.
        kinds=(RightKind.GI, RightKind.CERTIFICATION_MARK, RightKind.COLLECTIVE_MARK),
        number=mark("Announcement or registration number"),
        own_fields=(
            *("area", "product", "standard", "season_from", "season_to", "users_complete"),
            "nice_classes",
        ),
        required=("name", "area", "office", "holder"),
    ),
    Group(
        key="sign",
        title=mark("Official, special or Olympic sign"),
        kinds=(RightKind.OFFICIAL_SIGN, RightKind.SPECIAL_SIGN, RightKind.OLYMPIC_SIGN),
        number=mark("Announcement or registration number"),
        required=("name", "office", "holder"),
    ),
    Group(
        key="patent",
        title=mark("Patent"),
        kinds=(RightKind.INVENTION_PATENT, RightKind.UTILITY_MODEL, RightKind.DESIGN),
        number=mark("Patent number"),
    ),
)

_LISTS = ("other_names", "goods", "nice_classes", "vienna_codes", "area")
_DIVIDERS = str.maketrans(dict.fromkeys("，、,；;\n\r", "|"))
_PRICES = ("price_low", "price_high")
_MISSING = mark("This is needed.")
_PROBLEMS: dict[str, str] = {
    "kind": mark("Choose one of the kinds."),
    "name": mark("A name has letters, characters or digits, at most 500."),
    "other_names": mark("A name has letters, characters or digits, at most 500."),
    "office": mark("An office is two letters: CN, EM, US."),
    "nice_classes": mark("Nice classes are whole numbers from 1 to 45."),
    "vienna_codes": mark("Write Vienna codes as 3.1.4."),
    "valid_from": mark("Write a date as 2026-11-22."),
    "valid_to": mark("Write a date as 2026-11-22, not before the start."),
    "price_low": mark("Write a price as 199 or 199.00."),
    "price_high": mark("Write a price as 199 or 199.00, not below the lowest."),
    "price_currency": mark("A currency is three letters: CNY, EUR, USD."),
    "area": mark("An indication needs its protected area."),
    "season_from": mark("Write a day as 09-20."),
    "season_to": mark("Write a day as 09-20."),
}
"""The rule of each column that the register can refuse, as a sentence of the catalogue."""


@dataclass(slots=True, kw_only=True)
class RightForm:
    """What was written, and what is wrong with it, field by field."""

    group: Group
    written: dict[str, str]
    logos_lost: bool = False
    """A browser does not send the chosen files again with the form it is shown."""
    problems: dict[str, str] = field(default_factory=dict)

    def read_right(self) -> Right | None:
        """Return the right as a row of the register form would give it; None with problems."""
        cells = self._cells()
        for name in self.group.required:
            if not cells.get(name):
                self.problems[name] = _MISSING
        if cells["kind"] not in self.group.kinds:
            self.problems["kind"] = _PROBLEMS["kind"]
        row = Row(line=1, cells={name: value for name, value in cells.items() if value})
        table = Table(columns=tuple(cells), rows=(row,), refusals=())
        reading = gather(rights_of("form", table))
        # What is told of a row that is kept stands on the page of the rights.
        for refusal in () if reading.rights else reading.refusals:
            column = refusal.field or "name"
            self.problems.setdefault(column, _PROBLEMS.get(column, _MISSING))
        return reading.rights[0] if reading.rights and not self.problems else None

    def read_logos(self, form: FormData) -> list[tuple[str, bytes]]:
        """Return the uploaded drawings; browsers send one empty part when none was chosen."""
        parts = form.getlist("logos")
        uploads = [one for one in parts if isinstance(one, UploadFile) and one.filename]
        self.logos_lost = bool(uploads)
        if len(uploads) > MOST_LOGOS:
            self.problems["logos"] = mark("At most ten pictures at once.")
            return []
        logos = []
        for upload in uploads:
            # Read through the file beneath: endpoints are synchronous.
            data = upload.file.read(LARGEST_LOGO + 1)
            if len(data) > LARGEST_LOGO:
                self.problems["logos"] = mark("A picture has at most 10 MB.")
                return []
            logos.append(((upload.filename or "logo")[-100:], data))
        return logos

    def _cells(self) -> dict[str, str]:
        """Return what was written as cells of the register form."""
        cells = dict(self.written)
        for name in _LISTS:
            if name in cells:
                cells[name] = cells[name].translate(_DIVIDERS)
        for name in _PRICES:
            cells[name] = cells[name].replace(",", "").replace("，", "")
        if not any(cells[name] for name in _PRICES):
            cells["price_currency"] = ""
        office, holder = cells["office"].upper(), cells["holder"]
        # The same right registered again is the same right, whoever types it.
        known_by = cells["number"] or cells["name"]
        return {"right_id": derive_id("right", office, known_by, holder), **cells}


def find_group(key: str) -> Group:
    """Return a group by its key; an unknown one is the first, marks."""
    return next((one for one in GROUPS if one.key == key), GROUPS[0])


def empty_form(group: Group, holder: str | None) -> RightForm:
    """Return a form with what is most often true."""
    written = dict.fromkeys(group.fields, "")
    written.update(kind=group.kinds[0].value, office="CN", price_currency="CNY")
    return RightForm(group=group, written={**written, "holder": holder or ""})


def read_form(form: FormData, holder: str | None) -> RightForm:
    """Return what a person wrote; a rights holder's name is never taken from the form."""
    group = find_group(text_of(form, "group"))
    written = {name: text_of(form, name, limit=1000) for name in group.fields}
    return RightForm(group=group, written={**written, "holder": holder or written["holder"]})
