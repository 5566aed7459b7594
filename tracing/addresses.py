"""Addresses brought to one comparable writing, and joined by the place they name.

The writing is string work; the place is told by `tracing.placing`. 西湖区 without its city names
two places and joins to neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from domain.tracing import ClueKind
from reference.division_names import short_name
from reference.divisions import Level, every_division
from reference.folding import fold
from tracing.found import Found
from tracing.placing import place_address

_DIVISION = re.compile(r"[省市区县旗州盟镇乡]")
_EXACT_PLACE = re.compile(r"[0-9]|[一二三四五六七八九十]+[号栋幢楼层室]|[村组仓库厂场]")
_PARCEL_PERSON = re.compile(r"[一-鿿]{1,4}(?:收|先生|女士|小姐)?")
_PLACE_SUFFIX = re.compile(r"[省市区县镇乡村路街巷弄道号楼栋幢座室层园仓厂库场城里]")
_PHONE = re.compile(r"(?:\+?86[ \-]?)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_CUE = re.compile(
    r"(?:退货地址|退换货?地址|寄回地址|寄回|退货寄到|寄到|发货地址|发货地|仓库地址|仓库|经营地址"
    r"|经营场所|注册地址|住所|联系地址|公司地址|地址|厂址|工厂|店址|门店|实体店|档口|位于"
    r"|return address|address)"
    # The next label ends it: text taken from a page runs on without a mark.
    r"(?:[ :=\-]{1,4}|在)(?P<address>"
    r"(?:(?!联系|电话|手机|邮编|邮箱|微信|QQ|qq|客服|网址|本店|店铺|公司名称|退货|退换|寄回|发货"
    r"|(?:仓库|经营|注册|公司)地址|return address|phone|tel[ :.]|e-?mail|wechat)"
    r"[^\n;；。|<>]){6,120})"
)


@lru_cache(maxsize=65_536)
def normalise_address(text: str) -> str | None:
    """Return the comparable writing of an address, or None for one without an exact place.

    Chinese: no spaces and punctuation, no 中国, province in full where it is named, 栋 for 幢, 座
    and 号楼, no 室 at the end, no name and phone of the one who takes parcels in. A region alone
    (浙江省杭州市) is no address. Others: words in small letters, one space between them.
    """
    folded, phones = _PHONE.subn(" ", fold(text[:200]).text)
    if not re.search(r"[一-鿿]", folded):
        return _normalise_latin(folded)
    parts = [part for part in re.split(r"[\s,，、;:|/]+", folded) if part]
    while len(parts) > 1 and _PARCEL_PERSON.fullmatch(parts[-1]) and not _is_place(parts[-1]):
        parts.pop()
    # A parcel label may put the person first; without a phone that word is a region (杭州 西湖区…).
    if phones and len(parts) > 1 and _PARCEL_PERSON.fullmatch(parts[0]) and not _is_place(parts[0]):
        parts = parts if parts[0] in _provinces() else parts[1:]
    joined = re.sub(r"[^\w\-#]", "", re.sub(r"\([^)]{0,12}收\)$", "", "".join(parts)))
    if found := _province().fullmatch(joined):
        joined = _with_province(found["name"], found["rest"])
    joined = re.sub(r"(?:号楼|幢|座)", "栋", joined.replace("#", "号"))
    joined = re.sub(r"(?<=[0-9])室$", "", joined)
    if len(joined) < 8 or not _DIVISION.search(joined) or not _EXACT_PLACE.search(joined):
        return None
    return joined


def _is_place(part: str) -> bool:
    # 张三收 is a person; 东区 and 三号 are places.
    return bool(_PLACE_SUFFIX.search(part.removesuffix("收")))


@cache
def _provinces() -> Mapping[str, str]:
    """Return short name ▶ full name of the provinces of today."""
    return {
        short_name(one.name): one.name
        for one in every_division()
        if one.level is Level.PROVINCE and one.until is None
    }


@cache
def _province() -> re.Pattern[str]:
    return re.compile(
        rf"(?:中国|中华人民共和国)?(?P<name>{'|'.join(_provinces())})"
        r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?(?P<rest>.*)",
        re.DOTALL,
    )


def _with_province(name: str, rest: str) -> str:
    full = _provinces()[name]
    if full.endswith("市"):
        # 上海上海市浦东新区 and 上海市浦东新区 are one place.
        return full + rest.removeprefix(full).removeprefix("市辖区")
    return full + rest


def _normalise_latin(folded: str) -> str | None:
    words = re.findall(r"\w+", folded)
    joined = " ".join(words)
    return joined if len(words) >= 3 and len(joined) >= 12 and re.search("[0-9]", joined) else None


_HEAD = re.compile(r".{0,24}[省市区县旗州盟]")
_WITHOUT_KIND = 12
"""Code points at the head of an address that may name its divisions without 市 and 区."""


def address_key(value: str) -> str:
    """Return what two normalised addresses must share to be one place.

    Codes stand for the divisions at its head, so that 杭州西湖区…, 浙江省杭州市西湖区… and the same
    with a past name are one; several codes where the names leave several open.
    """
    found = _HEAD.match(value)
    head = found[0] if found is not None else value[:_WITHOUT_KIND]
    codes, length = _read_head(head)
    return codes + value[length:]


@lru_cache(maxsize=65_536)
def _read_head(head: str) -> tuple[str, int]:
    """Return the codes that the head of an address names, and how much of it they take."""
    place = place_address(head)
    end, wide = 0, len(place.candidates) == 1
    for one in place.named:
        if one.start > end:
            break
        end = one.end
        wide = wide or one.level <= Level.PREFECTURE
    if not end or not wide:
        return "", 0
    return "|".join(place.candidates), end


def find_addresses(text: str) -> Iterator[Found]:
    """Find addresses after a cue (退货地址：…) up to the end of their line."""
    for match in _CUE.finditer(text):
        if value := normalise_address(match["address"]):
            yield Found(
                kind=ClueKind.ADDRESS,
                value=value,
                start=match.start("address"),
                end=match.end("address"),
                confidence=0.8,
            )
