"""A complete notice ▶ the document: HTML from the regime's template, and its PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from domain.notices import Notice
from notices import labels
from notices.checking import NoticeRefused, check_notice, find_regime
from notices.printing import print_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNotice:
    """A notice as a document."""

    html: str
    pdf: bytes


def write_notice(notice: Notice) -> WrittenNotice:
    """Write a notice that lacks nothing; the same notice gives the same bytes.

    Raises: NoticeRefused naming every missing element with its article; NotFound for an unknown
    regime; MissingTool when PDFs cannot be printed on this machine.
    """
    html = write_html(notice)
    return WrittenNotice(html=html, pdf=print_pdf(html))


def write_html(notice: Notice) -> str:
    """Write the document as one HTML page of its own; needs no tool that printing needs.

    Raises: as `write_notice`, but for MissingTool.
    """
    if missing := check_notice(notice):
        raise NoticeRefused(missing)
    regime = find_regime(notice.regime)
    language = "zh" if notice.language.lower().startswith("zh") else "en"
    template = _environment().get_template(f"{regime.name}.{language}.html")
    return template.render(
        notice=notice,
        regime=regime,
        language=language,
        labels=labels,
        exhibit_of={exhibit.sha256: exhibit.number for exhibit in notice.exhibits},
        grounds_of={ground.listing_key: ground for ground in notice.grounds},
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Every value is escaped, shown whole and made visible; an unknown name is an error."""
    return Environment(
        loader=PackageLoader("notices", "regimes"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return labels.show_text(value)
    return value
