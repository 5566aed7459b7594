"""Who sells: the seller a listing names, and what a seller's own page discloses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from crawler.reading.document import Document, Element, seen_text, text_of, words_of
from crawler.reading.keys import has_listing_address, has_seller_address, seller_key_of
from crawler.reading.regions import Regions
from crawler.reading.structured import Thing
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.sellers import Seller

_MAX_VALUES = 20
_SELLER_WORDS = re.compile(
    r"(?:^|[\s_-])(?:seller|shop|store|vendor|merchant|sold-?by)(?:$|[\s_-])"
)
_PLATFORM_WORDS = re.compile(
    r"(?:^|[\s_-])(?:footer|foot(?=$|\s)|copyright|(?:site-)?bottom|top-?bar)(?:$|[\s_-])"
)
_SELLER_LABEL = re.compile(
    r"卖家|店铺|掌柜|商家|sold by|seller|vendor|visit the .{1,60} store", re.I
)

# What disclosure pages call each field (E-Commerce Law art. 15; Measures for the Supervision of
# Online Transactions art. 12; DSA art. 30).
_LABELS = {
    "company": r"公司名称|企业名称|经营者名称|单位名称|主体名称|商户名称|公司|company(?: name)?"
    r"|legal name|business name|trader|registered name",
    "uscc": r"统一社会信用代码(?:/注册号)?|信用代码|社会信用代码|uscc"
    r"|unified social credit (?:code|identifier)",
    "licence": r"营业执照(?:注册)?(?:号|编号|号码)?|注册号|许可证(?:编)?号|食品经营许可证(?:编号)?"
    r"|business licen[cs]e(?: no\.?| number)?|licen[cs]e (?:no\.?|number)",
    "icp": r"icp(?:备案)?(?:证)?号?|备案号|icp filing(?: no\.?)?",
    "return_address": r"退货地址|退换货地址|售后地址|return address|returns? to",
    "address": r"(?:公司|企业|注册|经营|办公|联系|店铺)?地址|经营场所|住所"
    r"|(?:business |registered |company )?address",
    "phone": r"(?:联系|客服|服务|咨询|售后|公司)?(?:电话|手机|热线)(?:号码)?|联系方式|phone"
    r"|tel(?:ephone)?\.?|mobile|hotline|contact number",
    "wechat": r"(?:客服|店主|老板|联系|加)?微信(?:号|客服)?|wechat(?: id)?|weixin|vx|wx",
    "qq": r"(?:客服)?qq(?:号|群)?",
    "email": r"(?:电子)?邮箱(?:地址)?|电邮|e-?mail(?: address)?",
    "name": r"店铺名称?|店名|卖家|掌柜(?:名)?|商家(?:名称)?|shop(?: name)?|store(?: name)?|seller",
}
_BEFORE_COLON = {
    name: re.compile(rf"(?:^|[\s,，;；。|（(])(?:{label})\s*$", re.I)
    for name, label in _LABELS.items()
}
_AFTER_COLON = re.compile(r"\s*([^\n]{2,200})")
_COLONS = re.compile(r"[:：]")
_MAX_COLONS = 2_000
_LONGEST_LABEL = 60
_LABEL_ONLY = {name: re.compile(rf"(?:{label})", re.I) for name, label in _LABELS.items()}
_NEXT_LABEL = re.compile(
    r"[\s,，;；。|]+(?:" + "|".join(_LABELS.values()) + r")\s*[:：]", re.IGNORECASE
)
_USCC = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_ICP = re.compile(r"[\u4e00-\u9fff]ICP[备证]\s?\d{6,10}号(?:-\d{1,3})?", re.I)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8}(?:-\d{1,5})?"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}|\+\d{1,3}[- ()\d]{7,16}\d)(?![\w-])"
)
_WECHAT = re.compile(r"[A-Za-z][\w-]{5,19}|1[3-9]\d{9}")
_QQ = re.compile(r"[1-9]\d{4,10}")


@dataclass(slots=True, kw_only=True)
class Disclosure:
    """What a text discloses of a seller; a field that it does not is None or empty."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_trader(self) -> bool:
        """It names a legal person or its licence, as only a seller's own page does."""
        return bool({"company", "uscc", "licence"} & self.texts.keys())


def read_disclosure(text: str, pairs: dict[str, str] | None = None) -> Disclosure:
    """Read contact and licence data from the visible text of a page (one block a line).

    `pairs` are label ▶ value pairs that the page sets apart (tables, definition lists); they come
    first. Values are kept as they stand; tracing normalises them.
    """
    found = Disclosure()
    lines = text[:200_000]
    values = {name: _labelled(name, lines, pairs or {}) for name in _LABELS}
    for name in ("company", "address", "return_address", "licence", "name"):
        if values[name]:
            found.texts[name] = values[name][0]
    uscc = _first(_USCC, " ".join(values["uscc"] + values["licence"]).upper())
    uscc = uscc or _first(_USCC, lines)
    if uscc and any(char.isalpha() or char == "9" for char in uscc):
        found.texts["uscc"] = uscc
    if icp := _first(_ICP, lines):
        found.texts["icp"] = icp
    phones = [*_all(_PHONE, " \n".join(values["phone"])), *_all(_PHONE, lines)]
    found.lists["phones"] = _unique(phones)
    found.lists["emails"] = _unique(_all(_EMAIL, lines))
    found.lists["wechat"] = _unique(v for t in values["wechat"] for v in _all(_WECHAT, t)[:1])
    found.lists["qq"] = _unique(v for t in values["qq"] for v in _all(_QQ, t)[:1])
    return found


def _labelled(name: str, text: str, pairs: dict[str, str]) -> list[str]:
    values = [value for label, value in pairs.items() if _LABEL_ONLY[name].fullmatch(label.strip())]
    pattern = _BEFORE_COLON[name]
    for colon in islice(_COLONS.finditer(text), _MAX_COLONS):
        before = text[max(0, colon.start() - _LONGEST_LABEL) : colon.start()]
        if pattern.search(before) and (match := _AFTER_COLON.match(text, colon.end())):
            value = match.group(1)
            # Several fields may share a line: 电话：… 微信：…
            cut = _NEXT_LABEL.search(value)
            values.append(value[: cut.start()] if cut else value)
    cleaned = (clean_text(value, length=300) for value in values)
    return [value for value in cleaned if value][:_MAX_VALUES]


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group() if match else None


def _all(pattern: re.Pattern[str], text: str) -> list[str]:
    found = []
    for match in pattern.finditer(text):
        found.append(match.group().strip())
        if len(found) >= _MAX_VALUES:
            break
    return found


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:_MAX_VALUES]


def seller_of_listing(
    document: Document, regions: Regions, thing: Thing | None, *, platform: str
) -> tuple[Seller, str] | None:
    """Return the seller that a listing's page names, and where it stood; None when it names none.

    The link to the seller's page gives the key; without one, the name does. Contact data is read
    from the seller's block only: the page's footer is about the platform.
    """
    link = _seller_link(document, regions)
    name = clean_text(thing.text("name", "legalName") or "", length=200) if thing else None
    url = document.url_of(thing.text("url", "@id")) if thing else None
    origin = thing.syntax if thing and (name or url) else "html"
    disclosure = Disclosure()
    if link is not None:
        element, address = link
        url = url if url and has_seller_address(url) else address
        name = name or _link_name(element)
        disclosure = read_disclosure(
            seen_text(_seller_block(element), separator="\n", length=3_000)
        )
    elif name is None:
        name = next(iter(_labelled("name", document.text[:20_000], {})), None)
    if url is None and name is None:
        return None
    key = (
        seller_key_of(url) if url and has_seller_address(url) else name or seller_key_of(url or "")
    )
    return _seller(disclosure, platform=platform, key=key, name=name, url=url), origin


def seller_of_page(
    document: Document,
    thing: Thing | None,
    pairs: dict[str, str],
    *,
    platform: str,
    heading: str | None,
) -> Seller:
    """Return the seller whose own page this is."""
    # On a marketplace the footer is the platform's: its ICP number, phone and e-mail would join
    # every shop to every other.
    of_platform = _is_of_platform if has_seller_address(document.url) else None
    text = seen_text(
        document.body, separator="\n", length=DESCRIPTION_LENGTH, leave_out=of_platform
    )
    disclosure = read_disclosure(text, pairs)
    name = clean_text(thing.text("name") or "", length=200) if thing else None
    return _seller(
        disclosure,
        platform=platform,
        key=seller_key_of(document.url),
        name=name or disclosure.texts.get("name") or heading,
        url=document.url,
        about=clean_text(text, length=DESCRIPTION_LENGTH),
    )


def _is_of_platform(element: Element) -> bool:
    return element.tag in ("footer", "nav") or _PLATFORM_WORDS.search(words_of(element)) is not None


def _seller(
    disclosure: Disclosure,
    *,
    platform: str,
    key: str,
    name: str | None,
    url: str | None,
    about: str | None = None,
) -> Seller:
    texts, lists = disclosure.texts, disclosure.lists
    return Seller(
        platform=platform,
        seller_key=key,
        name=name,
        url=url,
        company=texts.get("company"),
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        icp=texts.get("icp"),
        address=texts.get("address"),
        return_address=texts.get("return_address"),
        phones=lists.get("phones", ()),
        emails=lists.get("emails", ()),
        wechat=lists.get("wechat", ()),
        qq=lists.get("qq", ()),
        about=about,
    )


def _seller_link(document: Document, regions: Regions) -> tuple[Element, str] | None:
    """Find the link to the seller's page: in a block for sellers, or beside a word for sellers."""
    for element, address in document.links:
        if not has_seller_address(address) or has_listing_address(address):
            continue
        if regions.in_aside(element):
            continue
        near = [element, *list(element.iterancestors())[:3]]
        if any(_SELLER_WORDS.search(words_of(node)) for node in near):
            return element, address
        if any(_SELLER_LABEL.search(seen_text(node, length=80)) for node in near[:2]):
            return element, address
    return None


def _link_name(element: Element) -> str | None:
    name = text_of(element, length=200)
    if name is None or re.fullmatch(
        r"进店(?:逛逛)?|进入店铺|visit (?:the )?(?:shop|store)", name, re.I
    ):
        return None
    return name


def _seller_block(element: Element) -> Element:
    """Return the block about the seller around a link to it."""
    block = element
    for ancestor in list(element.iterancestors())[:4]:
        if _SELLER_WORDS.search(words_of(ancestor)):
            block = ancestor
    return block
