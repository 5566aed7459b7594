"""Bytes of a page ▶ text, whatever charset the page claims."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

MAX_BYTES = 8_000_000
"""Bytes of one page that are read; product pages stay below 1 MB, the rest is left unread."""
_SURE_SEQUENCES = 8
"""So many continuation bytes, each where UTF-8 wants it, are no accident in another charset."""


_KANA = frozenset(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_EVERYDAY = {
    "gb18030": frozenset(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
        "商品价格购买车店铺元包邮数量规牌产详情收藏加入立即新款正现货发全网客服评论图片信息首页登录注册"
    ),
    "big5": frozenset(
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過"
        "商品價格購買車店鋪元包郵數量規牌產詳情收藏加入立即新款正現貨發全網客服評論圖片資訊首頁登錄註冊"
    ),
    "cp932": _KANA,
    "euc_jp": _KANA,
    "cp949": frozenset(
        "이다는을의에가로하고도한지서기사인정대어상원품매구배송격자시리스일수해있니장바주문결제무료할"
        "보나라전안부그여만들것및세아와과를은게으택판용트드"
    ),
}
"""Characters that every page of a language uses, by the codec that writes it."""
_LEAST_SHARE = 0.15
_SAME = {
    **dict.fromkeys(("gb18030", "gbk", "gb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "big5-hkscs", "cp950"), "big5"),
    **dict.fromkeys(("cp932", "shift_jis"), "cp932"),
    **dict.fromkeys(("euc_jp", "euc-jp"), "euc_jp"),
    **dict.fromkeys(("cp949", "euc_kr", "euc-kr"), "cp949"),
}
"""Codecs that are one and the same for what a page holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text and how it was decoded."""

    text: str
    charset: str
    """Python codec name."""
    how: str
    """bom, utf-8 (the bytes prove it), http, meta, looks (by its characters) or fallback."""


def decode_html(body: bytes, charset: str | None) -> Decoded:
    """Decode a page; never fails.

    Order: byte-order mark; bytes that can only be UTF-8 (or UTF-16); the charset that HTTP, then
    the page declares, when the bytes are valid in it and do not spell another East Asian one;
    UTF-8; the East Asian charset that they spell; and at last the declared charset with bad bytes
    replaced. Servers that declare wrongly are common,
    so a declaration counts only as far as the bytes bear it out.
    """
    data = body[:MAX_BYTES]
    bom_name, bom = read_bom(data)
    if bom_name and bom:
        text = _decode(data[len(bom) :], bom_name, "replace") or ""
        return Decoded(text=text, charset=bom_name, how="bom")
    utf8 = _decode(data, "utf-8")
    if utf8 is not None and len(data) - len(utf8) >= _SURE_SEQUENCES:
        return Decoded(text=utf8, charset="utf-8", how="utf-8")
    if (wide := _wide_codec(data)) is not None:
        return Decoded(text=_decode(data, wide, "replace") or "", charset=wide, how="looks")
    declared = [
        (codec, how)
        for label, how in ((charset, "http"), (html_body_declared_encoding(data[:4096]), "meta"))
        if label and (codec := resolve_encoding(label))
    ]
    looks = None if utf8 is not None else guess_legacy(data)
    for codec, how in declared:
        valid = _decode(data, codec)
        if valid is not None and not _denies(codec, looks):
            return Decoded(text=valid, charset=codec, how=how)
    if utf8 is not None:
        return Decoded(text=utf8, charset="utf-8", how="utf-8")
    if looks is not None:
        return Decoded(text=_decode(data, looks, "replace") or "", charset=looks, how="looks")
    codec = declared[0][0] if declared else "cp1252"
    return Decoded(text=_decode(data, codec, "replace") or "", charset=codec, how="fallback")


def _decode(data: bytes, codec: str, errors: str = "strict") -> str | None:
    """Decode, forgiving a character cut in two at the end; None when the bytes are not valid."""
    try:
        decoder = codecs.getincrementaldecoder(codec)(errors)
        return decoder.decode(data, final=len(data) < MAX_BYTES)
    except (UnicodeError, LookupError):
        return None


def _wide_codec(data: bytes) -> str | None:
    """Tell UTF-16 without a byte-order mark by the zeros of its ASCII characters."""
    head = data[:400]
    half = len(head) / 2
    for codec, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if len(head) >= 40 and zeros > 0.3 * half and others < 0.05 * half:
            return codec
    return None


def guess_legacy(data: bytes) -> str | None:
    """Return the East Asian codec whose everyday characters the bytes spell; None for none.

    The codecs share most byte pairs, so that nearly every one of them decodes: what tells them
    apart is how many of the characters are those that every page of the language uses.
    """
    sample = data[:200_000]
    shares = {codec: _everyday_share(sample, codec) for codec in _EVERYDAY}
    best = max(shares, key=lambda codec: shares[codec])
    if shares[best] >= _LEAST_SHARE:
        return best
    chinese = _decode(sample, "gb18030", "replace")
    return "gb18030" if chinese is not None and _looks_chinese(chinese) else None


def _everyday_share(data: bytes, codec: str) -> float:
    """Return which part of the foreign characters are everyday ones of the codec's language."""
    text = data.decode(codec, "replace")
    foreign = [char for char in text if char > "\u00a0"]
    if len(foreign) < 4 or foreign.count("\ufffd") > 0.02 * len(foreign):
        return 0.0
    everyday = _EVERYDAY[codec]
    return sum(1 for char in foreign if char in everyday) / len(foreign)


def _denies(codec: str, looks: str | None) -> bool:
    """Tell a declaration that the text speaks against: GBK bytes read as Latin-1 or as Big5."""
    if looks is None:
        return False
    return codec in ("cp1252", "iso8859-1", "latin-1") or (
        codec in _SAME and _SAME[codec] != _SAME[looks]
    )


def _looks_chinese(text: str) -> bool:
    """Tell whether the non-ASCII part reads as GB2312 text (as Chinese pages do) without errors.

    European letters read as GB18030 pairs land outside GB2312 or leave replacement characters.
    """
    foreign = [char for char in text[:200_000] if char > "\x7f"]
    if len(foreign) < 2:
        return False
    common = sum(1 for char in foreign if _in_gb2312(char))
    return common >= 0.9 * len(foreign)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
