"""Pages made of templates: values of the house shown as text that cannot run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from unicodedata import category, name
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from casework.context import Context
from casework.flags import FlagSummary
from domain.common import Refusal, Words
from domain.mappings import Meaning
from domain.matches import NameHow, TextPlace
from domain.money import Money
from domain.tracing import node_text
from domain.users import User
from matchers.places import name_area
from web import nodes
from web.csrf import FIELD, token_of
from web.labels import FIELDS, label_of
from web.languages import LANGUAGES, LOCALES, language_of, mark, translations_of
from web.refusals import reason_of
from web.session import keep_session, read_session, signing_key

_NO_CURRENCY = "XXX"
"""ISO 4217 for a transaction without a currency: the page did not tell which one."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that have no shape."""
_ALIKE = frozenset({NameHow.HOMOGLYPH, NameHow.MIXED})
_LOOK_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LATIN LETTER SMALL CAPITAL")
"""How Unicode names begin whose letters are most often put for those of A to Z."""
_JOINED = frozenset({"So", "Sk", "Mn"})
"""Unicode categories of emoji, their skin tones and their variation selectors."""
_STRENGTHS = (
    (0.9, mark("very strong")),
    (0.75, mark("strong")),
    (0.5, mark("moderate")),
    (0.0, mark("weak")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Writes values in one language and one time zone."""

    language: str
    zone: ZoneInfo

    def time(self, moment: datetime) -> str:
        """Date and time to the minute, in the desk's time zone."""
        return format_datetime(moment, "yyyy-MM-dd HH:mm", tzinfo=self.zone, locale=self._locale)

    def age(self, moment: datetime, now: datetime) -> str:
        """How long ago, in the largest unit that fits."""
        return str(format_timedelta(moment - now, add_direction=True, locale=self._locale))

    def money(self, amount: Money) -> str:
        """An amount with its currency sign, or said to be of no known currency."""
        value: Decimal = amount.to_decimal()
        if amount.currency == _NO_CURRENCY:
            number = format_decimal(value, "#,##0.00", locale=self._locale)
            return self.translated(mark("%(amount)s (currency unknown)")) % {"amount": number}
        return str(format_currency(value, amount.currency, locale=self._locale))

    def words(self, words: Words) -> str:
        """A sentence in this language."""
        return words.in_language(self.language)

    def translated(self, message: str) -> str:
        """A sentence of the catalogue."""
        return str(translations_of(self.language).gettext(message))

    def label(self, member: StrEnum) -> str:
        """A term of the house."""
        return self.translated(label_of(member))

    def refused(self, refusal: Refusal) -> str:
        """Why a row of a file was refused."""
        return reason_of(refusal, self.translated)

    def column_of(self, refusal: Refusal) -> str:
        """The column that a refusal names: what it means, else its heading."""
        meanings = {meaning.value: meaning for meaning in Meaning}
        named = refusal.field or ""
        return self.label(meanings[named]) if named in meanings else named

    def field_name(self, field: str) -> str:
        """What a field of a right is called."""
        return self.translated(FIELDS[field.partition(".")[0]])

    def field_of_record(self, path: str) -> str:
        """What a field of a record, or the kind of a clue, is called; its own heading otherwise."""
        message = nodes.field_name(path)
        return self.translated(message) if message else path

    def strength(self, score: float) -> str:
        """A score of 0..1 in a word, of the two decimals that stand beside it."""
        shown = round(score, 2)
        message = next(message for bound, message in _STRENGTHS if shown >= bound)
        return self.translated(message)

    @property
    def _locale(self) -> str:
        return LOCALES[self.language]


def highlight(text: str, places: tuple[TextPlace, ...] | list[TextPlace]) -> Markup:
    """Return text with its places marked, escaped, and with what hides in it named.

    Places count code points; those that overlap are joined, those outside the text are cut.
    """
    spans: list[tuple[int, int, bool]] = []
    by_start = sorted(places, key=lambda place: (place.start, place.end))
    for place in by_start:
        start, end = max(0, place.start), min(len(text), place.end)
        alike = place.how in _ALIKE
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]), alike or spans[-1][2])
        else:
            spans.append((start, end, alike))
    pieces: list[Markup] = []
    done = 0
    for start, end, alike in spans:
        pieces.append(reveal(text[done:start]))
        pieces.append(Markup("<mark>{}</mark>").format(reveal(text[start:end], alike=alike)))
        done = end
    pieces.append(reveal(text[done:]))
    return Markup("").join(pieces)


def reveal(text: str, *, alike: bool = False) -> Markup:
    """Return escaped text in which characters without a shape are named by their code point.

    Titles hide names with zero-width and direction characters. The characters stay where they
    are, so that what is copied is what was written; each is isolated and turns nothing round.
    With `alike` letters of other scripts that pass for Latin ones are underlined and named.
    """
    pieces: list[Markup] = []
    done = 0
    for at, character in enumerate(text):
        shown = _disclosed(character, text[at - 1 : at], alike=alike)
        if shown is None:
            continue
        pieces += [Markup.escape(text[done:at]), shown]
        done = at + 1
    pieces.append(Markup.escape(text[done:]))
    return Markup("").join(pieces)


def _disclosed(character: str, before: str, *, alike: bool) -> Markup | None:
    """Return a character that hides something as what it is; None for all others."""
    code = f"{ord(character):04X}"
    # A joiner after a symbol makes one picture of several emoji.
    joins = character == "\u200d" and before != "" and category(before) in _JOINED
    hides = category(character) in ("Cf", "Cc") or character in _FILLERS
    if hides and not joins and character not in "\n\r\t":
        return Markup('<span class="unseen" data-code="{}">{}</span>').format(code, character)
    called = name(character, "") if alike else ""
    if called.startswith(_LOOK_ALIKE):
        return Markup('<span class="alike" title="U+{} {}">{}</span>').format(
            code, called, character
        )
    return None


def title_places(flag: FlagSummary) -> list[TextPlace]:
    """Return where the strongest finding stands in a flag's title; empty when it is elsewhere.

    The title is the latest one, the finding of the day the flag was raised: they may differ.
    """
    where = flag.top.where if flag.top else None
    if not isinstance(where, TextPlace) or where.field != "title":
        return []
    return [where] if flag.title[where.start : where.end] == where.surface else []


def web_address(url: str | None) -> str | None:
    """Return an address that a browser may be sent to, or None for anything but http(s)."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def local_path(target: str | None, default: str = "/flags") -> str:
    """Return a path of this desk to go on to; anything that could leave it becomes `default`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    return default if any(ord(character) < 0x21 for character in target) else target


def render(
    request: Request,
    context: Context,
    template: str,
    *,
    status: int = 200,
    here: str | None = None,
    **values: object,
) -> Response:
    """Return a page in the language of the request.

    `here` is the page's own address where a form was answered with a page instead of a redirect.
    """
    language = language_of(request)
    session = read_session(request, context)
    user: User | None = getattr(request.state, "user", None)
    query = f"?{request.url.query}" if request.url.query else ""
    body = (
        environment(language, context.settings.time_zone)
        .get_template(template)
        .render(
            request=request,
            user=user,
            language=language,
            languages=LANGUAGES,
            here=here or request.url.path + query,
            csrf_field=FIELD,
            csrf_token=token_of(session, signing_key(request)),
            now=context.clock(),
            **values,
        )
    )
    response = HTMLResponse(body, status_code=status)
    if here is not None:
        response.headers["HX-Push-Url"] = here
    if request.state.session_is_new:
        keep_session(request, response, session)
    return response


@cache
def environment(language: str, time_zone: str) -> Environment:
    """Return the templates of one language, autoescaped; an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = translations_of(language)
    install: Callable[..., None] = made.install_gettext_callables  # type: ignore[attr-defined]
    install(translations.gettext, translations.ngettext, newstyle=True)
    printer = Printer(language=language, zone=ZoneInfo(time_zone))
    made.filters.update(
        age=printer.age,
        area_names=name_area,
        column_of=printer.column_of,
        field_name=printer.field_name,
        field_of_record=printer.field_of_record,
        found_in=nodes.found_in,
        highlight=highlight,
        hop_node=nodes.hop_node,
        label=printer.label,
        lookup_path=nodes.lookup_path,
        money=printer.money,
        node_text=node_text,
        place_node=nodes.place_node,
        record_path=nodes.record_path,
        refused=printer.refused,
        reveal=reveal,
        path_part=lambda text: quote(str(text), safe=""),
        same_places=nodes.same_places,
        seller_path=nodes.seller_path,
        shared_value=nodes.shared_value,
        strength=printer.strength,
        time=printer.time,
        title_places=title_places,
        translated=printer.translated,
        web_address=web_address,
        words=printer.words,
    )
    return made
