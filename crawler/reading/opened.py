"""One page opened for reading: parsed once, whoever asks."""

from __future__ import annotations

from functools import cached_property

from crawler.reading import html_evidence
from crawler.reading.attributes import read_attributes
from crawler.reading.cards import Cards, find_cards
from crawler.reading.document import Document, Element
from crawler.reading.regions import Regions, find_announcing
from crawler.reading.structured import Structured, read_structured
from domain.pages import Page


class OpenedPage:
    """What several readers need of one page; each part is made when first asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def document(self) -> Document:
        return Document(self.page)

    @cached_property
    def heading(self) -> Element | None:
        """The heading that names the page's subject."""
        return html_evidence.find_heading(self.document)

    @cached_property
    def regions(self) -> Regions:
        """Regions around the heading."""
        return Regions(self.heading, find_announcing(self.document))

    @cached_property
    def attributes(self) -> dict[str, str]:
        """What the page says under labels."""
        return read_attributes(self.document, self.regions)

    @cached_property
    def cards(self) -> Cards:
        return find_cards(self.document)

    @cached_property
    def structured(self) -> Structured:
        return read_structured(self.document)
