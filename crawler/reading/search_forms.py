"""How a shop is asked a query: its search form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.reading.document import Document, words_of
from crawler.reading.keys import platform_of
from crawler.reading.structured import Structured

_QUERY_NAMES = ("q", "query", "keyword", "keywords", "kw", "search", "s", "wd", "term", "text", "k")
_MAX_FORMS = 50
_PLACEHOLDER = re.compile(r"\{[\w?&-]{1,50}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """A form that answers a query by GET."""

    action: str
    """Absolute URL without query."""
    field: str
    """Name of the input that takes the query."""
    hidden: tuple[tuple[str, str], ...] = ()

    def url_for(self, query: str) -> str:
        """Return the URL that asks this form for a query (UTF-8 escapes)."""
        return f"{self.action}?{urlencode([*self.hidden, (self.field, query)])}"


def find_search_form(document: Document, structured: Structured) -> SearchForm | None:
    """Return the page's search form (by GET, with one text input for the query), else the search
    that its structured data names.
    """
    own = platform_of(document.url)
    best: tuple[int, SearchForm] | None = None
    for form in list(document.body.iter("form"))[:_MAX_FORMS]:
        if (form.get("method") or "get").lower() != "get":
            continue
        action = document.url_of(form.get("action") or document.url)
        if not action or platform_of(action) != own:
            continue
        inputs = [e for e in form.iter("input") if e.get("name")]
        texts = [e for e in inputs if (e.get("type") or "text").lower() in ("text", "search")]
        if not texts:
            continue
        field = min(texts, key=lambda e: _query_rank(e.get("name") or ""))
        hidden = tuple(
            (e.get("name") or "", e.get("value") or "")
            for e in inputs
            if (e.get("type") or "").lower() == "hidden"
        )
        rank = _query_rank(field.get("name") or "") - 20 * ("search" in f"{action}{words_of(form)}")
        found = SearchForm(
            action=_without_query(action), field=field.get("name") or "", hidden=hidden[:20]
        )
        best = (rank, found) if best is None or rank < best[0] else best
    return best[1] if best else _named_search(document, structured, own)


def _query_rank(name: str) -> int:
    return _QUERY_NAMES.index(name.lower()) if name.lower() in _QUERY_NAMES else len(_QUERY_NAMES)


def _without_query(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()


def _named_search(document: Document, structured: Structured, own: str) -> SearchForm | None:
    """Return the search of a schema.org SearchAction: /search?q={search_term_string}."""
    actions = [act for thing in structured.things for act in thing.things("potentialAction")]
    for action in actions:
        if "SearchAction" not in action.types:
            continue
        entries = action.things("target")
        template = action.text("target") or next(
            (entry.text("urlTemplate", "url") for entry in entries), None
        )
        url = document.url_of(template)
        if url is None or platform_of(url) != own:
            continue
        pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)[:20]
        fields = [name for name, value in pairs if _PLACEHOLDER.fullmatch(value)]
        if len(fields) == 1:
            hidden = tuple(pair for pair in pairs if pair[0] != fields[0])
            return SearchForm(action=_without_query(url), field=fields[0], hidden=hidden)
    return None
