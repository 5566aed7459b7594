"""Phone numbers in free text, also where a seller hides them from filters.

Scanners take a folded text (`reference.folding`); `read_phone` takes the whole value of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import phonenumbers

from domain.tracing import ClueKind
from reference.folding import fold
from tracing.found import Found
from tracing.numerals import DIGIT_OF, LOOK_ALIKES, TOKEN, read_tokens

# Whatever is no letter, numeral or Chinese character may stand between two digits, but not what
# sums and sizes are written with.
_GAP = r"[^0-9a-z〇○一-鿿¥$€£%+=×@]{0,3}"
# A mobile number has eleven digits. The pattern opens with a set of characters, which the engine
# looks for fast; what stands before (86, tel, a longer code) is judged afterwards.
_MOBILE = re.compile(
    rf"[1一壹幺弌oil](?:(?<![oil])|(?<=o)ne|(?<=[il])(?=[ \-]?[3-9]))(?:{_GAP}{TOKEN}){{10}}"
    r"(?![0-9a-z@])"
)
_SIMPLE_GAP = re.compile(r"[ \n\-._·*~/|]{1,2}")
# 138请加1234微信5678, 138后面加12345678: words among the digits that ask to get in touch or say
# how the pieces are put together.
_WORDS = r"(?:[^0-9a-z\n]{0,6}|[^0-9a-z\n]?[vx]{1,2}[^0-9a-z\n]?)"
_BROKEN = re.compile(
    rf"(?<![0-9a-z.])(?P<one>1[3-9][0-9])(?P<a>{_WORDS})(?P<two>[0-9]{{4}})(?P<b>{_WORDS})"
    r"(?P<three>[0-9]{4})(?![0-9a-z])"
)
_ASKS = re.compile(r"[加我请微薇信联系电话手机详询v❤♥♡后後尾接剩]|中间|最后|再")
_COUNTS = re.compile(r"[元块圆件折双个只套￥¥$%年月日号款克米]")
_BACKWARDS = re.compile(
    r"(?:倒着|倒过来|倒序|反着|反过来|反向|逆序|从后往前)[^0-9\n]{0,8}(?P<a>[0-9]{11})(?![0-9a-z])"
    r"|(?<![0-9a-z])(?P<b>[0-9]{11})[^0-9\n]{0,4}(?:倒着|倒过来|倒序|反着|反过来|反向|逆序|从后往前)"
)
_COUNTRY_BEFORE = re.compile(r"(?:^|[^0-9a-z])(?:\+|00)?86[ \-]{0,2}$")
_CODE_BEFORE = re.compile(r"(?:[0-9]\.?|[a-z])$")
_CUES = (
    r"电话|電話|手机|手機|热线|熱線|联系|聯繫|聯系|致电|来电|拨打|客服|咨询|微信|薇信|微同|同号|tel|phone|mobile"
    r"|cell|call|whatsapp|wechat|wx|vx|v|qq|тел|ватсап"
)
_CUE_BEFORE = re.compile(rf"(?:{_CUES})[^0-9]{{0,6}}$")
_CUE_AFTER = re.compile(rf"[^0-9a-z\n一-鿿]{{0,3}}(?:{_CUES})")
# Eleven digits behind one of these are the name of goods or papers.
_NAMES_GOODS = re.compile(
    r"(?:货号|貨號|款号|型号|编号|編號|件号|条码|條碼|条形码|批号|批次|订单号?|單號|单号|序列号|证书号?"
    r"|流水号|车架号|sku|(?<![a-z])(?:oem?|imei|s/?n|p/?n|item|ean|upc|part)(?: ?no)?)"
    r"[^0-9a-z一-鿿]{0,3}$"
)
_DIGITS = re.compile(r"[0-9](?:[ \-—–.()]{0,2}[0-9]){6}")
_LANDLINE = re.compile(
    r"(?<![0-9a-z.+\-])(?:(?:\+|00)86[ \-]{0,2}(?:\(0\))?\(?0?|\(?0)(?P<area>[1-9][0-9]{1,2})"
    r"\)?[ \-—–]{0,2}\n?(?P<number>[2-9][0-9]{2,3}"
    r"(?:[ \-—–]?[0-9]{4}|[0-9][ \-—–][0-9]{3}))(?![0-9a-z])"
)
_HOTLINE = re.compile(
    r"(?<![0-9a-z.+\-])[48]00(?:[ \-—–]?[0-9]{3}[ \-—–]?[0-9]{4}|[ \-—–]?[0-9]{4}[ \-—–][0-9]{3}"
    r"|[0-9][ \-—–][0-9]{3}[ \-—–][0-9]{3})(?![ \-]?[0-9a-z])"
)
_ABROAD = re.compile(
    r"(?<![0-9a-z])(?:\+|00(?=85[23]|886))(?!86)(?P<number>[1-9][0-9 ().\-]{6,18}[0-9])(?![0-9a-z])"
)
_MESSENGER = re.compile(
    r"(?:whats ?app|wa\.me/|phone=|ватсап\w?|вацап\w?|вотсап\w?|вайбер|viber)[^0-9a-z\n+]{0,6}"
    r"(?P<number>[1-9][0-9 ()\-]{8,17}[0-9])(?![0-9a-z])"
)


@lru_cache(maxsize=65_536)
def read_phone(text: str) -> str | None:
    """Return a phone number as E.164, or None for what no numbering plan knows.

    A number without a country code is read as Chinese.
    """
    try:
        number = phonenumbers.parse(fold(text[:64]).text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_phones(text: str) -> Iterator[Found]:
    """Find mobile numbers (also spelt out, spaced, in pieces), landlines, hotlines and +numbers."""
    for match in _MOBILE.finditer(text):
        yield from _judge_mobile(match)
    yield from _find_pieces(text)
    if not _DIGITS.search(text):
        return
    for match in _LANDLINE.finditer(text):
        yield from _other(f"0{match['area']}{match['number']}", match, 0.9, 0.75)
    for match in _HOTLINE.finditer(text):
        yield from _other(match.group(), match, 0.85, 0.6)
    for match in _ABROAD.finditer(text):
        yield from _other(f"+{match['number']}", match, 0.9, 0.8)
    for match in _MESSENGER.finditer(text):
        number = re.sub("[^0-9]", "", match["number"])
        if len(number) == 11 and number.startswith("89"):
            number = f"7{number[1:]}"  # 8 is how Russians dial their own country.
        if not re.fullmatch("1[3-9][0-9]{9}", number):  # a Chinese mobile number: found above
            yield from _other(f"+{number}", match, 0.85, 0.85)


def _judge_mobile(match: re.Match[str]) -> Iterator[Found]:
    text, written = match.string, match.group()
    before = text[max(0, match.start() - 16) : match.start()]
    cued = bool(_CUE_BEFORE.search(before))
    # Letters before it must be a cue (tel138…), else this is a piece of a longer code.
    in_code = _CODE_BEFORE.search(before) and not _COUNTRY_BEFORE.search(before)
    if in_code and (not cued or before[-1] in "0123456789."):
        return
    if not cued and _NAMES_GOODS.search(before):
        return
    asked = cued or bool(_CUE_AFTER.match(text, match.end()))
    if (digits := _digits_of_mobile(written, cued=asked)) and (value := read_phone(digits)):
        plain = written.isdigit()
        yield _phone(value, match, (0.9 if plain else 0.85) if cued else (0.75 if plain else 0.7))


def _digits_of_mobile(written: str, *, cued: bool) -> str | None:
    """Return the eleven digits, or None where the spacing looks like a list of numbers.

    Sizes and prices in a row (130 140 150 16…) also make eleven digits; people write a mobile
    number in one piece, as 3-4-4, digit by digit, or with numerals among the digits. Behind a cue
    two pieces of any length do (138 00138000), and up to three letters that look like digits.
    """
    if written.isdigit():
        return written
    tokens = read_tokens(written)
    gaps = [at for at in range(1, len(tokens)) if tokens[at][1] > tokens[at - 1][2]]
    look_alikes = sum(one in LOOK_ALIKES for one, _, _ in tokens)
    if look_alikes and not (cued and look_alikes <= 3):
        return None
    usual = gaps in ([], [3, 7], list(range(1, 11))) or (cued and len(gaps) == 1)
    spelt = any(one not in "0123456789" for one, _, _ in tokens)
    if not usual and not (spelt and _simply_spaced(written, tokens)):
        return None
    return "".join(DIGIT_OF[one] for one, _, _ in tokens)


def _simply_spaced(written: str, tokens: list[tuple[str, int, int]]) -> bool:
    """Tell gaps within a number from the commas of a list."""
    between = (written[a[2] : b[1]] for a, b in pairwise(tokens))
    return all(not gap or _SIMPLE_GAP.fullmatch(gap) for gap in between)


def _find_pieces(text: str) -> Iterator[Found]:
    for match in _BROKEN.finditer(text):
        # Prices and sizes stand among words too: those here ask for a call.
        words = f"{match['a']} {match['b']}"
        written = match["one"] + match["two"] + match["three"]
        if _ASKS.search(words) and not _COUNTS.search(words) and (value := read_phone(written)):
            yield _phone(value, match, 0.6)
    for match in _BACKWARDS.finditer(text):
        if value := read_phone((match["a"] or match["b"])[::-1]):
            yield _phone(value, match, 0.6)


def _other(written: str, match: re.Match[str], cued: float, uncued: float) -> Iterator[Found]:
    if value := read_phone(written):
        before = match.string[max(0, match.start() - 16) : match.start()]
        yield _phone(value, match, cued if _CUE_BEFORE.search(before) else uncued)


def _phone(value: str, match: re.Match[str], confidence: float) -> Found:
    return Found(
        kind=ClueKind.PHONE,
        value=value,
        start=match.start(),
        end=match.end(),
        confidence=confidence,
    )
