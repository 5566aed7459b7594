"""What a text discloses of who sells: company, licence numbers, address, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from crawler.reading.text import clean_text
from domain.sellers import Seller

_MAX_VALUES = 20

# What disclosure pages call each field (E-Commerce Law art. 15; Measures for the Supervision of
# Online Transactions art. 12; DSA art. 30; e-Commerce Directive art. 5; 特定商取引法 art. 11;
# 전자상거래법 art. 10).
_LABELS = {
    "company": r"公司名称|企业名称|经营者名称|单位名称|主体名称|商户名称|公司|公司名稱|営業者名"
    r"|販売業者(?:名)?|販売者|会社名|事業者(?:名)?|상호(?:명)?|회사명|법인명"
    r"|company(?: name)?|legal name"
    r"|business name|trader|registered name|firma|firmenname|raison sociale|dénomination sociale"
    r"|ragione sociale|razón social|denominaci[oó]n social|denominação social|razão social"
    r"|bedrijfsnaam|nazwa firmy|företag(?:snamn)?",
    "uscc": r"统一社会信用代码(?:/注册号)?|信用代码|社会信用代码|uscc"
    r"|unified social credit (?:code|identifier)",
    "licence": r"营业执照(?:注册)?(?:号|编号|号码)?|注册号|许可证(?:编)?号|食品经营许可证(?:编号)?"
    r"|business licen[cs]e(?: no\.?| number)?|licen[cs]e (?:no\.?|number)|사업자\s?등록\s?번호"
    r"|(?:handels)?register(?:nummer|nr\.?)|handelsregister|registered (?:no\.?|number)"
    r"|company (?:no\.?|number|registration(?: no\.?| number)?)|siret|siren|rcs|r\.?e\.?a\.?"
    r"|cnpj|kvk(?:-?nummer)?|krs|organisations?nummer|org\.? ?nr\.?|y-tunnus|cvr(?:-?nr\.?)?",
    "tax": r"vat (?:no\.?|number|id|reg.{0,20})|ust-?id(?:-?nr)?\.?|p(?:artita|\.)? ?iva|nip"
    r"|umsatzsteuer-?(?:identifikationsnummer|id)|n\.? ?i\.? ?f\.?|c\.? ?i\.? ?f\.?"
    r"|btw(?:-?nummer)?|(?:n°|numéro) (?:de )?tva.{0,20}",
    "icp": r"icp(?:备案)?(?:证)?号?|备案号|icp filing(?: no\.?)?",
    "return_address": r"退货地址|退换货地址|售后地址|返品先|반품\s?주소|return address|returns? to",
    "address": r"(?:公司|企业|注册|经营|办公|联系|店铺)?地址|经营场所|住所|所在地|주소|소재지"
    r"|사업장\s?(?:소재지|주소)|(?:business |registered |company )?address|registered office"
    r"|anschrift|adresse|siège social|indirizzo|sede(?: legale)?|direcci[oó]n|endereço|morada"
    r"|domicilio(?: social)?|adres(?: siedziby)?|vestigingsadres|adress",
    "phone": r"(?:联系|客服|服务|咨询|售后|公司)?(?:电话|手机|热线)(?:号码)?|联系方式|電話(?:番号)?"
    r"|(?:대표\s?)?전화(?:번호)?|고객\s?센터|phone|tel(?:ephone)?\.?|mobile|hotline|contact number"
    r"|telefon(?:nummer)?|téléphone|tél\.?|tel[eé]fono|telefone|telefoon(?:nummer)?",
    "wechat": r"(?:客服|店主|老板|联系|加)?微信(?:号|客服)?|wechat(?: id)?|weixin|vx|wx",
    "qq": r"(?:客服)?qq(?:号|群)?",
    "email": r"(?:电子)?邮箱(?:地址)?|电邮|メール(?:アドレス)?|이메일|e-?mail(?: address)?",
    "name": r"店铺名称?|店名|卖家|掌柜(?:名)?|商家(?:名称)?|shop(?: name)?|store(?: name)?|seller",
}
_BEFORE_COLON = {
    name: re.compile(rf"(?:^|[\s,，;；。|（(])(?:{label})\s*$", re.I)
    for name, label in _LABELS.items()
}
_ANY_BEFORE_COLON = re.compile(
    rf"(?:^|[\s,，;；。|（(])(?:{'|'.join(_LABELS.values())})\s*$", re.IGNORECASE
)
_AFTER_COLON = re.compile(r"\s*([^\n]{2,200})")
_COLONS = re.compile(r"[:：]")
_MAX_COLONS = 2_000
_LONGEST_LABEL = 60
_LABEL_ONLY = {name: re.compile(rf"(?:{label})", re.I) for name, label in _LABELS.items()}
_NEXT_LABEL = re.compile(
    r"[\s,，;；。|]+(?:" + "|".join(_LABELS.values()) + r")\s*[:：]", re.IGNORECASE
)
_BAR = re.compile(r"\s+[|｜]\s")
_USCC = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_ICP = re.compile(r"[\u4e00-\u9fff]ICP[备证]\s?\d{6,10}号(?:-\d{1,3})?", re.I)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8}(?:-\d{1,5})?"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}|\+\d{1,3}[- ()\d]{7,16}\d)(?![\w-])"
)
_LABELLED_PHONE = re.compile(r"\+?\(?\d[\d ()./-]{5,20}\d")
"""Any country's, where a label says that it is one."""
_WECHAT = re.compile(r"[A-Za-z][\w-]{5,19}|1[3-9]\d{9}")
_QQ = re.compile(r"[1-9]\d{4,10}")


@dataclass(slots=True, kw_only=True)
class Disclosure:
    """What a text discloses of a seller; a field that it does not is None or empty."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def says_who(self) -> bool:
        """It names a legal person or its licence."""
        return bool({"company", "uscc", "licence"} & self.texts.keys())

    @property
    def says_where(self) -> bool:
        """It names an address, or an account to write to."""
        has_account = any(self.lists.get(name) for name in ("wechat", "qq"))
        return has_account or bool({"address", "return_address"} & self.texts.keys())

    def seller(
        self,
        *,
        platform: str,
        key: str,
        name: str | None,
        url: str | None,
        about: str | None = None,
    ) -> Seller:
        """Return the seller of whom all this is said."""
        return Seller(
            platform=platform,
            seller_key=key,
            name=name,
            url=url,
            company=self.texts.get("company"),
            uscc=self.texts.get("uscc"),
            licence=self.texts.get("licence"),
            icp=self.texts.get("icp"),
            address=self.texts.get("address"),
            return_address=self.texts.get("return_address"),
            phones=self.lists.get("phones", ()),
            emails=self.lists.get("emails", ()),
            wechat=self.lists.get("wechat", ()),
            qq=self.lists.get("qq", ()),
            about=about,
        )


def read_disclosure(text: str, pairs: dict[str, str] | None = None) -> Disclosure:
    """Read contact and licence data from the visible text of a page (one block a line).

    `pairs` are label ▶ value pairs that the page sets apart (tables, definition lists); they come
    first. Values are kept as they stand; tracing normalises them.
    """
    found = Disclosure()
    lines = text[:200_000]
    values = _all_labelled(lines, pairs or {})
    for name in ("company", "address", "return_address", "licence", "name"):
        if values[name]:
            found.texts[name] = values[name][0]
    if values["tax"]:
        found.texts.setdefault("licence", values["tax"][0])
    uscc = _first(_USCC, " ".join(values["uscc"] + values["licence"]).upper())
    uscc = uscc or _first(_USCC, lines)
    if uscc and any(char.isalpha() or char == "9" for char in uscc):
        found.texts["uscc"] = uscc
    if icp := _first(_ICP, lines):
        found.texts["icp"] = icp
    named = [p for v in values["phone"] for p in _all(_PHONE, v) or _all(_LABELLED_PHONE, v)[:1]]
    phones = [*named, *_all(_PHONE, lines)]
    found.lists["phones"] = _unique(phones)
    found.lists["emails"] = _unique(_all(_EMAIL, lines))
    found.lists["wechat"] = _unique(v for t in values["wechat"] for v in _all(_WECHAT, t)[:1])
    found.lists["qq"] = _unique(v for t in values["qq"] for v in _all(_QQ, t)[:1])
    return found


def labelled(name: str, text: str, pairs: dict[str, str]) -> list[str]:
    """Return the values that stand under the labels of a field, those of `pairs` first."""
    return _all_labelled(text, pairs)[name]


def _all_labelled(text: str, pairs: dict[str, str]) -> dict[str, list[str]]:
    """Return the values of every field, looking at each colon of the text once."""
    found: dict[str, list[str]] = {name: [] for name in _LABELS}
    for label, value in pairs.items():
        for name in _LABELS:
            if _LABEL_ONLY[name].fullmatch(label.strip()):
                found[name].append(value)
    for colon in islice(_COLONS.finditer(text), _MAX_COLONS):
        before = text[max(0, colon.start() - _LONGEST_LABEL) : colon.start()]
        if not _ANY_BEFORE_COLON.search(before):
            continue
        match = _AFTER_COLON.match(text, colon.end())
        if match is None:
            continue
        value = match.group(1)
        # Several fields may share a line: 电话：… 微信：…
        cuts = [c.start() for p in (_NEXT_LABEL, _BAR) if (c := p.search(value))]
        value = value[: min(cuts, default=len(value))]
        for name, pattern in _BEFORE_COLON.items():
            if pattern.search(before):
                found[name].append(value)
    return {
        name: [line for value in values if (line := clean_text(value, length=300))][:_MAX_VALUES]
        for name, values in found.items()
    }


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
