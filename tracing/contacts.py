"""Phones, e-mail addresses, WeChat and QQ numbers, also where a seller hides them from filters.

Scanners take a folded text (`reference.folding`); readers take the whole value of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import phonenumbers
import tldextract

from domain.tracing import ClueKind
from reference.folding import fold
from tracing.found import Found

_DIGIT_OF = {
    **{str(digit): str(digit) for digit in range(10)},
    **dict.fromkeys("〇零○o", "0"),
    **dict.fromkeys("一壹幺", "1"),
    **dict.fromkeys("二贰两", "2"),
    **dict.fromkeys("三叁", "3"),
    **dict.fromkeys("四肆", "4"),
    **dict.fromkeys("五伍", "5"),
    **dict.fromkeys("六陆", "6"),
    **dict.fromkeys("七柒", "7"),
    **dict.fromkeys("八捌", "8"),
    **dict.fromkeys("九玖", "9"),
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_NUMERALS = "〇零○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖"
_TOKEN = "(?:" + "|".join(sorted(_DIGIT_OF, key=len, reverse=True)) + ")"
_TOKENS = re.compile(_TOKEN)
_GAP = r"[ \n\-._·*~/|]{0,2}"
# A mobile number has eleven digits. The pattern opens with a set of characters, which the engine
# looks for fast; what stands before (86, tel, a longer code) is judged afterwards.
_MOBILE = re.compile(rf"[1一壹幺o](?:(?<!o)|(?<=o)ne)(?:{_GAP}{_TOKEN}){{10}}(?![0-9a-z@])")
# 138请加1234微信5678: words among the digits, 3-4-4, that ask to get in touch.
_BROKEN = re.compile(
    r"(?<![0-9a-z.])(?P<one>1[3-9][0-9])(?P<a>[^0-9a-z\n]{1,5}|[^0-9a-z\n]?[vx]{1,2}[^0-9a-z\n]?)(?P<two>[0-9]{4})"
    r"(?P<b>[^0-9a-z\n]{1,5}|[^0-9a-z\n]?[vx]{1,2}[^0-9a-z\n]?)(?P<three>[0-9]{4})(?![0-9a-z])"
)
_ASKS = re.compile(r"[加我请微薇信联系电话手机详询v❤♥♡]")
_COUNTRY_BEFORE = re.compile(r"(?:^|[^0-9a-z])(?:\+|00)?86[ \-]{0,2}$")
_CODE_BEFORE = re.compile(r"(?:[0-9]\.?|[a-z])$")
_CUE_BEFORE = re.compile(
    r"(?:电话|手机|热线|联系|致电|客服|咨询|微信|薇信|tel|phone|mobile|cell|call|whatsapp|wechat|wx|vx|v|qq)"
    r"[^0-9]{0,6}$"
)
_DIGITS = re.compile(r"[0-9](?:[ \-.()]{0,2}[0-9]){6}")
_LANDLINE = re.compile(
    r"(?<![0-9a-z.+\-])\(?0[1-9][0-9]{1,2}\)?[ \-]?[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9a-z])"
)
_HOTLINE = re.compile(
    r"(?<![0-9a-z.+\-])[48]00(?:[ \-]?[0-9]{3}[ \-]?[0-9]{4}|[0-9][ \-][0-9]{3}[ \-][0-9]{3})"
    r"(?![0-9a-z])"
)
_ABROAD = re.compile(r"(?<![0-9a-z])\+(?!86)[1-9][0-9 ().\-]{6,18}[0-9](?![0-9a-z])")
_OTHER_PHONES = ((_LANDLINE, 0.9, 0.75), (_HOTLINE, 0.85, 0.6), (_ABROAD, 0.9, 0.8))
"""Pattern, confidence after a cue, confidence without one."""


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
    """Find mobile numbers (also spelt out or spaced), landlines, hotlines and +numbers."""
    for match in _MOBILE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        cued = bool(_CUE_BEFORE.search(before))
        # Letters before it must be a cue (tel138…), else this is a piece of a longer code.
        in_code = _CODE_BEFORE.search(before) and not _COUNTRY_BEFORE.search(before)
        if in_code and (not cued or before[-1] in "0123456789."):
            continue
        written = match.group()
        if (digits := _digits_of_mobile(written)) and (value := read_phone(digits)):
            plain = written.isdigit()
            confidence = (0.9 if plain else 0.85) if cued else (0.75 if plain else 0.7)
            yield _phone(value, match, confidence)
    yield from _find_broken(text)
    if not _DIGITS.search(text):
        return
    for pattern, cued_confidence, confidence in _OTHER_PHONES:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 16) : match.start()]
            if value := read_phone(match.group()):
                cued = bool(_CUE_BEFORE.search(before))
                yield _phone(value, match, cued_confidence if cued else confidence)


def _find_broken(text: str) -> Iterator[Found]:
    for match in _BROKEN.finditer(text):
        # Prices and sizes stand among words too: those here ask for a call.
        asks = _ASKS.search(match["a"]) or _ASKS.search(match["b"])
        written = match["one"] + match["two"] + match["three"]
        if asks and (value := read_phone(written)):
            yield _phone(value, match, 0.6)


def _phone(value: str, match: re.Match[str], confidence: float) -> Found:
    return Found(
        kind=ClueKind.PHONE,
        value=value,
        start=match.start(),
        end=match.end(),
        confidence=confidence,
    )


def _digits_of_mobile(written: str) -> str | None:
    """Return the eleven digits, or None where the spacing looks like a list of numbers.

    Sizes and prices in a row (130 140 150 16…) also make eleven digits; people write a mobile
    number in one piece, as 3-4-4, digit by digit, or with numerals among the digits.
    """
    if written.isdigit():
        return written
    tokens = list(_TOKENS.finditer(written))
    digits = "".join(_DIGIT_OF[token.group()] for token in tokens)
    gaps = [
        number
        for number in range(1, len(tokens))
        if tokens[number].start() > tokens[number - 1].end()
    ]
    spelt = any(token.group() not in "0123456789" for token in tokens)
    return digits if spelt or gaps in ([], [3, 7], list(range(1, 11))) else None


_EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])(?P<local>[a-z0-9][a-z0-9._%+\-]{0,63}) ?(?P<at>@|\(at\)|\[at\]|艾特|#) ?"
    r"(?P<domain>(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,4}[a-z]{2,24})(?![a-z0-9\-])"
)
# '#' stands for '@' only before the mail services that sellers hide in this way.
_MAIL_SERVICES = frozenset(
    {
        *("qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "139.com", "sina.com"),
        *("sina.cn", "aliyun.com", "gmail.com", "outlook.com", "hotmail.com"),
    }
)


@cache
def _domains() -> tldextract.TLDExtract:
    # The packaged snapshot of the Public Suffix List: no network, no cache folder. RFC 2606 keeps
    # `.example` out of the list; pages of documentation use it.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=("example",))


@lru_cache(maxsize=16_384)
def _plausible_domain(domain: str) -> bool:
    parts = _domains()(domain)
    return bool(parts.domain and parts.suffix)


def find_emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses under a public suffix; (at), 艾特 and # are read as @."""
    if not ("@" in text or "at" in text or "艾特" in text or "#" in text):
        return
    for match in _EMAIL.finditer(text):
        domain = match["domain"]
        if match["at"] == "#" and domain not in _MAIL_SERVICES:
            continue
        if _plausible_domain(domain):
            yield Found(
                kind=ClueKind.EMAIL,
                value=f"{match['local'].rstrip('.')}@{domain}",
                start=match.start(),
                end=match.end(),
                confidence=0.9 if match["at"] == "@" else 0.75,
            )


def read_email(text: str) -> str | None:
    """Return an e-mail address in lower case, or None for what is none."""
    whole = fold(text.strip().removeprefix("mailto:")[:320]).text
    match = _EMAIL.fullmatch(whole)
    return (
        f"{match['local']}@{match['domain']}"
        if match and _plausible_domain(match["domain"])
        else None
    )


_FILLER = (
    r"(?:号码|号|账号|帐号|客服|联系|咨询|加我|同步|id|is|我|是|[ :=>\-—_➡→👉+~.,，。、]){0,4}"
)
_WECHAT = re.compile(
    r"(?:微 ?信|微 ?[❤♥♡心芯]|[❤♥]信|薇 ?[信芯❤♥]?|威信|徽信|维信|v ?信|加 ?[v薇微威]|➕ ?[v薇微威]"
    r"|v号|v ?[❤♥♡] ?x?|卫星(?=号|[ :=]*[:=])|绿泡泡"
    r"|(?<![a-z0-9])(?:we ?chat|wei ?xin|vx|wx|v x|w x)(?![a-z]{2}))"
    rf"(?P<filler>{_FILLER})"
    rf"(?P<id>[a-z](?:[a-z0-9_\-{_NUMERALS}]{{5,19}}|(?: [a-z0-9_\-]){{5,19}}))(?![a-z0-9_@.])"
)
_NO_ACCOUNT = frozenset(
    {
        *("official", "account", "service", "services", "payment", "public", "number"),
        *("support", "wechat", "weixin", "message", "please", "contact", "friends", "follow"),
    }
)
_WECHAT_FORM = re.compile(r"[a-z][a-z0-9_\-]{5,19}")


def find_wechat(text: str) -> Iterator[Found]:
    """Find WeChat ids (a letter, then 5 to 19 letters, digits, _ or -) after a cue.

    Without a colon or the like an id of letters alone is taken for a word and left. A mobile
    number after the cue is a phone clue: WeChat finds people by it.
    """
    for match in _WECHAT.finditer(text):
        value = "".join(
            _DIGIT_OF[mark] if mark in _NUMERALS else mark for mark in match["id"].replace(" ", "")
        )
        marked = any(mark in match["filler"] for mark in ":=>→➡👉") or "号" in match["filler"]
        if value in _NO_ACCOUNT or (value.isalpha() and not marked):
            continue
        yield Found(
            kind=ClueKind.WECHAT,
            value=value,
            start=match.start("id"),
            end=match.end("id"),
            confidence=0.9 if marked and not value.isalpha() else 0.8,
        )


def read_wechat(text: str) -> str | None:
    """Return a WeChat id in lower case, or None for what cannot be one."""
    value = fold(text.strip()[:64]).text
    return value if _WECHAT_FORM.fullmatch(value) else None


_QQ = re.compile(
    r"(?:(?<![a-z0-9])(?:q ?q|q)(?![a-z])|扣扣|叩叩|企鹅)(?! ?群)(?P<filler>" + _FILLER + ")"
    rf"(?P<number>[1-9一二三四五六七八九][0-9{_NUMERALS}]{{4,10}})(?![0-9a-z@])"
)


def find_qq(text: str) -> Iterator[Found]:
    """Find QQ numbers (5 to 11 digits) after a cue; a group (QQ群) is no account and left."""
    for match in _QQ.finditer(text):
        value = "".join(_DIGIT_OF[mark] for mark in match["number"])
        yield Found(
            kind=ClueKind.QQ,
            value=value,
            start=match.start("number"),
            end=match.end("number"),
            confidence=0.9 if match.group().startswith(("qq", "q q", "扣扣")) else 0.7,
        )


def read_qq(text: str) -> str | None:
    """Return a QQ number as digits, or None for what cannot be one."""
    value = fold(text.strip()[:64]).text
    return value if re.fullmatch(r"[1-9][0-9]{4,10}", value) else None
