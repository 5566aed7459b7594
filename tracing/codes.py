"""Codes that a register gave out, and the names of companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum.cn import uscc as stdnum_uscc

from domain.tracing import ClueKind
from reference.check_digits import patent_check_digit, registration_is_valid
from reference.folding import fold
from reference.patents import Called, find_patent_numbers
from tracing.found import Found, found_in

_USCC_MARK = "[0-9a-hj-npqrtuwxy]"
# In free text only codes of the market regulators (91 company, 92 个体工商户, 93 合作社): an
# identity card number also has 18 digits, and by chance every 31st has the right check digit.
_USCC = re.compile(rf"(?<![0-9a-z])9 ?[123](?:[ \-]?{_USCC_MARK}){{16}}(?![0-9a-z])")


def read_uscc(text: str) -> str | None:
    """Return a 统一社会信用代码 in upper case, or None when its form or check digit is wrong."""
    code = re.sub(r"[\s\-]", "", fold(text[:64]).text).upper()
    return code if len(code) == 18 and stdnum_uscc.is_valid(code) else None


def find_usccs(text: str) -> Iterator[Found]:
    """Find social credit codes with a right check digit, also written in groups."""
    for match in _USCC.finditer(text):
        if value := read_uscc(match.group()):
            yield found_in(ClueKind.USCC, value, match, 0.98)


_REGISTRATION = re.compile(
    r"(?:注册号|执照号?|执照编号|登记号)[^0-9]{0,6}(?P<code>[0-9]{15})(?![0-9])"
)
# 食品经营许可证 JY and 食品生产许可证 SC, fourteen digits each (食品生产许可管理办法 art. 29), and
# the producer licence of cosmetics (粤妆20160001).
_PERMIT = re.compile(r"(?<![0-9a-z])(?:jy[1-3]|sc[1-2])(?: ?[0-9]){13}(?![0-9a-z])")
_REGIONS = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_COSMETICS = re.compile(rf"{_REGIONS}妆20[0-9]{{6}}(?![0-9])")
_LONG_NUMBER = re.compile(r"[0-9](?: ?[0-9]){7}")
_OTHER_LICENCE = re.compile(r"[0-9a-z一-鿿][0-9a-z一-鿿\-/]{5,39}")


def find_licences(text: str) -> Iterator[Found]:
    """Find 15-digit registration numbers after a cue, and food and cosmetics licences."""
    if not _LONG_NUMBER.search(text):
        return
    for match in _REGISTRATION.finditer(text):
        if registration_is_valid(match["code"]):
            yield Found(
                kind=ClueKind.LICENCE,
                value=match["code"],
                start=match.start("code"),
                end=match.end("code"),
                confidence=0.95,
            )
    for match in _PERMIT.finditer(text):
        yield found_in(ClueKind.LICENCE, match.group().replace(" ", "").upper(), match, 0.85)
    for match in _COSMETICS.finditer(text):
        yield found_in(ClueKind.LICENCE, match.group(), match, 0.85)


def read_licence(text: str) -> tuple[ClueKind, str, float] | None:
    """Read the licence field of a seller page: kind, value and confidence.

    Since 2015 the number of a 营业执照 is the 统一社会信用代码, so that one comes back as USCC.
    Licences of other registers and countries are kept as written, in upper case.
    """
    if code := read_uscc(text):
        return ClueKind.USCC, code, 0.97
    value = re.sub(r"\s", "", fold(text[:64]).text)
    if registration_is_valid(value):
        return ClueKind.LICENCE, value, 0.95
    if _OTHER_LICENCE.fullmatch(value) and sum(mark.isdigit() for mark in value) >= 5:
        return ClueKind.LICENCE, value.upper(), 0.7
    return None


_ICP = re.compile(
    rf"(?P<region>{_REGIONS}) ?icp ?(?P<kind>[备证])案? ?(?P<number>[0-9]{{6,10}})(?:号|(?![0-9]))"
)


_POLICE = re.compile(rf"(?P<region>{_REGIONS})公网安备 ?(?P<number>[0-9]{{11,14}})号?")


def find_icps(text: str) -> Iterator[Found]:
    """Find filings of web sites: ICP, and with the police (公安备案).

    An ICP filing's suffix of one site (-1) is left off: all sites of one filer meet.
    """
    for match in _POLICE.finditer(text):
        value = f"{match['region']}公网安备{match['number']}号"
        yield found_in(ClueKind.ICP, value, match, 0.95)
    for match in _ICP.finditer(text):
        value = f"{match['region']}ICP{match['kind']}{match['number']}号"
        yield found_in(ClueKind.ICP, value, match, 0.95)


def find_patents(text: str) -> Iterator[Found]:
    """Find numbers of patents that the goods are said to have.

    One with a wrong check digit stays, as unsure: it is misread or invented.
    """
    for number in find_patent_numbers(text):
        if number.called is not Called.PATENT or number.check is None or number.protection is None:
            continue
        sure = patent_check_digit(number.digits) == number.check
        yield Found(
            kind=ClueKind.PATENT,
            value=str(number),
            start=number.start,
            end=number.end,
            confidence=0.95 if sure else 0.4,
        )


_COMPANY_ENDING = (
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|公司|合伙企业|专业合作社|合作社|商行|经营部|经销部"
    r"|工作室|商店|门市部|批发部|加工厂|制造厂|厂|中心|百货店|服装店|食品店|茶行)"
)
# 兴旺鞋行, 美佳百货店: what 个体工商户 are called, told from other words by the cue alone.
_SMALL_FIRM = re.compile(
    r"[一-鿿0-9a-z·\-&]{3,40}[行店坊馆铺舖场社站庄部](?:\(个体工商户\))?(?![一-鿿0-9a-z])"
)
_COMPANY_CUE = re.compile(
    r"(?:企业名称|公司名称|主体名称|经营主体|店铺主体|商户名称|经营者名称|登记名称|执照名称|单位名称|收款单位|开票单位|户名"
    r"|company name|operated by)"
    r"[ :=\-]{1,4}(?P<name>[^\n;。|<>]{4,80})"
)
_CHINESE_COMPANY = re.compile(rf"[一-鿿0-9a-z()·\-& ]{{2,60}}{_COMPANY_ENDING}(?:\(个体工商户\))?")
_LATIN_COMPANY = re.compile(
    r"[a-z0-9][\w .,&'\-]{1,80}[ ,.](?:ltd|limited|inc|llc|gmbh|corp|corporation|company"
    r"|plc|s\.?r\.?l|b\.?v)\.?"
)


def is_company_name(name: str) -> bool:
    """Tell whether a name ends as names of companies and 个体工商户 do; a person's does not."""
    folded = fold(name.strip()[:120]).text
    return bool(_CHINESE_COMPANY.fullmatch(folded) or _LATIN_COMPANY.fullmatch(folded))


@lru_cache(maxsize=65_536)
def normalise_company(name: str) -> str:
    """Return the comparable form of a company's name; empty when nothing is left.

    Width, capitals, spaces, punctuation and brackets do not count, nor the ending （个体工商户）
    that registers add since 2022; Limited and Ltd are one.
    """
    folded = fold(name[:200]).text.removesuffix("(个体工商户)")
    folded = re.sub(r"[\W_]", "", folded)
    return folded.replace("companylimited", "coltd").replace("limited", "ltd")


def find_companies(text: str) -> Iterator[Found]:
    """Find the operator's name after a cue (企业名称：…).

    Names after 生产商, 厂家 or 品牌方 are left: an imitation names the genuine maker there.
    """
    for match in _COMPANY_CUE.finditer(text):
        named = match["name"]
        name = (
            _CHINESE_COMPANY.match(named) or _SMALL_FIRM.match(named) or _LATIN_COMPANY.match(named)
        )
        if name is not None:
            start = match.start("name")
            yield Found(
                kind=ClueKind.COMPANY,
                value=normalise_company(name.group()),
                start=start,
                end=start + name.end(),
                confidence=0.85,
            )
