"""How pages write currencies, and what a bare number or an ambiguous sign means where."""

from __future__ import annotations

import re

from crawler.reading.text import words

UNKNOWN = "XXX"
"""ISO 4217 for "no currency"; CLDR calls it "unknown currency". A price whose currency no
evidence names keeps its amount under this code: it is never guessed, and never lost."""

ISO_4217 = words(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB "
    "EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR "
    "ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND "
    "VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
"""Alphabetic codes in circulation (list one, 2024-06), and HRK, which older pages still name."""

_SIGNS = {
    "CN¥": "CNY", "CN￥": "CNY", "RMB": "CNY", "人民币": "CNY", "元": "CNY", "圆": "CNY",
    "块": "CNY", "NT$": "TWD", "新台币": "TWD", "新臺幣": "TWD", "HK$": "HKD", "港币": "HKD",
    "港元": "HKD", "MOP$": "MOP", "US$": "USD", "U$S": "USD", "美元": "USD", "A$": "AUD",
    "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD", "SG$": "SGD",
    "MX$": "MXN", "R$": "BRL", "AR$": "ARS", "S/.": "PEN", "JP¥": "JPY", "日元": "JPY",
    "円": "JPY", "₩": "KRW", "원": "KRW", "韩元": "KRW", "€": "EUR", "欧元": "EUR", "£": "GBP",
    "英镑": "GBP", "₹": "INR", "Rs.": "INR", "Rs": "INR", "₽": "RUB", "руб": "RUB",
    "₴": "UAH", "грн": "UAH", "₸": "KZT", "тг": "KZT", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "lei": "RON", "лв": "BGN", "₺": "TRY", "TL": "TRY", "₫": "VND", "฿": "THB", "₱": "PHP",
    "RM": "MYR", "Rp": "IDR", "₪": "ILS", "₦": "NGN", "CFA": "XOF", "Fr.": "CHF", "kn": "HRK",
    "Kn": "HRK",
}  # fmt: skip
_AMBIGUOUS = {
    "¥": ("CNY", "JPY"),
    "￥": ("CNY", "JPY"),
    "$": (
        "USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP", "UYU",
    ),
    "＄": ("USD", "TWD", "HKD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "руб": ("RUB", "BYN"),
    "р.": ("RUB", "BYN"),
    "Br": ("BYN",),
    "元": ("CNY", "TWD", "HKD"),
    "Rs": ("INR", "PKR", "LKR"),
    "Rs.": ("INR", "PKR", "LKR"),
}  # fmt: skip
_OF_COUNTRY = {
    "cn": "CNY", "tw": "TWD", "hk": "HKD", "mo": "MOP", "jp": "JPY", "kr": "KRW", "us": "USD",
    "ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "my": "MYR", "th": "THB", "vn": "VND",
    "id": "IDR", "ph": "PHP", "in": "INR", "pk": "PKR", "lk": "LKR", "uk": "GBP", "gb": "GBP",
    "ie": "EUR", "de": "EUR", "at": "EUR", "fr": "EUR", "it": "EUR", "es": "EUR", "pt": "EUR",
    "nl": "EUR", "be": "EUR", "lu": "EUR", "fi": "EUR", "ee": "EUR", "lv": "EUR", "lt": "EUR",
    "gr": "EUR", "si": "EUR", "sk": "EUR", "mt": "EUR", "cy": "EUR", "hr": "EUR", "pl": "PLN",
    "cz": "CZK", "hu": "HUF", "ro": "RON", "bg": "BGN", "se": "SEK", "no": "NOK", "dk": "DKK",
    "is": "ISK", "ch": "CHF", "ru": "RUB", "by": "BYN", "ua": "UAH", "kz": "KZT", "tr": "TRY",
    "il": "ILS", "ae": "AED", "sa": "SAR", "za": "ZAR", "ng": "NGN", "ke": "KES", "eg": "EGP",
    "mx": "MXN", "br": "BRL", "ar": "ARS", "cl": "CLP", "pe": "PEN", "uy": "UYU",
}  # fmt: skip
# .co, .io, .me and the like are used everywhere: they say nothing of a country.

ALL_SIGNS: tuple[str, ...] = tuple(
    sorted({*_SIGNS, *_AMBIGUOUS}, key=lambda sign: (-len(sign), sign))
)
"""Every way of writing a currency but the ISO codes, longest first."""

_LOOKUP = {sign.casefold(): code for sign, code in _SIGNS.items()}
_SEVERAL = {sign.casefold(): codes for sign, codes in _AMBIGUOUS.items()}
_REGION = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})$", re.IGNORECASE)
_OF_LANGUAGE = {"ja": "JPY", "ko": "KRW", "zh": "CNY"}


def currency_of_sign(sign: str, hint: str | None) -> str:
    """Return the ISO 4217 code that a sign stands for.

    A sign of several currencies ($, ¥, kr) is the hinted one when the hint is among them, else
    the most used of them: USD for "$", CNY for "¥". Unknown signs give `UNKNOWN`.
    """
    folded = sign.strip().casefold()
    if folded.upper() in ISO_4217:
        return folded.upper()
    several = _SEVERAL.get(folded)
    if several:
        return hint if hint in several else several[0]
    return _LOOKUP.get(folded, UNKNOWN)


def hint_of(host: str, language: str | None) -> str | None:
    """Return the currency that a shop's country suggests, or None.

    The country comes from the host's last label, else from the region of the page's language
    tag (BCP 47, "zh-CN"), else from a language spoken in one currency area only.
    """
    by_host = _OF_COUNTRY.get(host.rstrip(".").rpartition(".")[2].lower())
    if by_host or not language:
        return by_host
    tag = language.strip()
    region = _REGION.match(tag)
    if region:
        return _OF_COUNTRY.get(region.group(1).lower())
    return _OF_LANGUAGE.get(tag[:2].lower())
