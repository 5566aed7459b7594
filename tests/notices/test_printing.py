"""The PDF: its fonts inside, the same bytes each time, nothing fetched, clear when a tool lacks."""

from __future__ import annotations

import http.server
import importlib.abc
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from domain.common import MissingTool
from domain.notices import Notice
from notices import write_notice
from notices.printing import print_pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="pdf", params=["zh", "en"])
def make_pdf(request: pytest.FixtureRequest, complete_notice: Notice, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.pdf"
    path.write_bytes(write_notice(replace(complete_notice, language=request.param)).pdf)
    return path


def test_pages_are_a4_and_counted(pdf: Path) -> None:
    pages = PdfReader(pdf).pages
    assert 4 <= len(pages) <= 6
    for number, page in enumerate(pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        text = page.extract_text()
        counted = {f"第 {number} 页 共 {len(pages)} 页", f"Page {number} of {len(pages)}"}
        assert any(words in text for words in counted)


def test_the_text_can_be_searched(pdf: Path) -> None:
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    for words in ("青岚茶业有限公司", "青[U+200B]岚 明前龙井 <b>正品</b> & 礼盒", "P-1002"):
        assert words in text


def test_the_signature_stands_below_text(pdf: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    signed = next(text for text in pages if "青岚茶业有限公司（李明）" in text)
    assert "十五日" in signed or "15 days" in signed


def test_every_font_is_embedded(pdf: Path) -> None:
    names = set()
    for page in PdfReader(pdf).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font: DictionaryObject = reference.get_object()
            descendant = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
            descriptor = descendant["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor), font["/BaseFont"]
            names.add(str(font["/BaseFont"]).partition("+")[2])
    assert any("CJK" in name or "Han" in name for name in names)


def test_the_same_notice_gives_the_same_bytes(complete_notice: Notice, tmp_path: Path) -> None:
    """Also in another process, with another hash seed."""
    written = write_notice(complete_notice)
    page = tmp_path / "notice.html"
    page.write_text(written.html, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from notices.printing import print_pdf; "
        "sys.stdout.buffer.write(print_pdf(Path(sys.argv[1]).read_text(encoding='utf-8')))"
    )
    again = subprocess.run(
        [sys.executable, "-c", program, str(page)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert again.stdout == written.pdf


def test_dates_are_those_of_the_notice(complete_notice: Notice, tmp_path: Path) -> None:
    path = tmp_path / "n.pdf"
    path.write_bytes(write_notice(complete_notice).pdf)
    metadata = PdfReader(path).metadata
    assert metadata is not None
    assert metadata.creation_date == complete_notice.made_at
    assert metadata.title == "知识产权侵权通知书 4f1c2a9b7d3e5f60718c"


def test_nothing_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-OF-THE-MACHINE")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        pdf = print_pdf(
            f"<html><head><link rel=stylesheet href='{address}/a.css'>"
            f"<link rel=attachment href='file://{secret}'>"
            f"<style>@import '{address}/b.css'; body {{ background: url({address}/c.png) }}"
            f"</style></head><body>text<img src='{address}/d.png'>"
            f"<object data='file://{secret}'></object></body></html>"
        )
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    path = tmp_path / "n.pdf"
    path.write_bytes(pdf)
    assert not PdfReader(path).attachments
    assert b"EmbeddedFile" not in pdf


@pytest.mark.parametrize("latin", [False, True], ids=["no font at all", "a Latin font only"])
def test_without_a_chinese_font_it_says_which_package_to_install(
    tmp_path: Path, latin: bool
) -> None:
    """In a process of its own, whose fontconfig sees no font of this machine."""
    if latin:
        font = ImageFont.load_default(12)
        assert isinstance(font, ImageFont.FreeTypeFont)
        (tmp_path / "latin.ttf").write_bytes(font.font_bytes)
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    program = (
        "from domain.common import MissingTool\n"
        "from notices.printing import print_pdf\n"
        "try:\n"
        "    print_pdf('<html lang=zh><body>通知书</body></html>')\n"
        "except MissingTool as error:\n"
        "    print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "fonts-noto-cjk" in run.stdout, run.stderr


def test_without_pango_it_says_which_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPango(importlib.abc.MetaPathFinder):
        def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    with pytest.raises(MissingTool, match="libpango"):
        print_pdf("<html></html>")
