"""HTML ▶ PDF: no network, no files, a CJK font embedded, the same bytes for the same document."""

from __future__ import annotations

import io
from typing import Any

from domain.common import MissingTool

# The block of common Chinese characters: a font without one of these is no Chinese font, while
# the rarer blocks may lack in a good one.
_COMMON_HAN = range(0x4E00, 0x9FA6)
_NO_FONT = (
    "no font with Chinese characters was found: install Noto CJK (Debian package fonts-noto-cjk)"
)


def print_pdf(html: str) -> bytes:
    """Print a whole HTML document; its own `<meta>` elements give the PDF's title and dates.

    Nothing is fetched: an address in the document, whatever its scheme, gives nothing.

    Raises: MissingTool when pango or a font with Chinese characters is not on this machine.
    """
    weasyprint = _load_weasyprint()
    _refuse_without_fonts()

    class NoFetching(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            raise ValueError("a notice fetches nothing")

    document = weasyprint.HTML(string=html, url_fetcher=NoFetching()).render()
    target = io.BytesIO()
    document.write_pdf(target)
    missing = {code for font in document.fonts.values() for code in font.missing}
    if any(code in _COMMON_HAN for code in missing):
        raise MissingTool(_NO_FONT)
    return target.getvalue()


def _refuse_without_fonts() -> None:
    """Refuse where fontconfig knows no font at all: there pango ends the whole process."""
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    if fonts == ffi.NULL or fonts.nfont == 0:
        raise MissingTool(_NO_FONT)


def _load_weasyprint() -> Any:
    """Import WeasyPrint when first needed: it loads pango, which only printing requires."""
    try:
        import weasyprint
    except OSError as error:
        raise MissingTool(
            "the library pango was not found, which printing PDFs needs "
            "(Debian package libpango-1.0-0 with libpangoft2-1.0-0)"
        ) from error
    return weasyprint
