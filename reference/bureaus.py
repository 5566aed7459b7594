"""The market supervision bureau (市场监督管理局) of a division: who takes a matter up there.

Since the reform of 2018 every division from province to county has one bureau, named for it. It is
named here by that rule, not from a list: letters are addressed by people, who see the rule's limits
in `Bureau.note`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pypinyin import lazy_pinyin

from domain.common import Words
from reference.division_names import short_name
from reference.divisions import Division, Level, division, today, wider

_OUTSIDE = ("71", "81", "82")
"""台湾, 香港, 澳门: the mainland's bureaus have no competence there."""
_KINDS = {
    "高新技术产业开发区": "High-tech Development Zone",
    "高新技术开发区": "High-tech Development Zone",
    "经济技术开发区": "Economic and Technological Development Zone",
    "经济开发区": "Economic Development Zone",
    "开发区": "Development Zone",
    "工业园区": "Industrial Park",
    "园区": "Park",
    "示范区": "Demonstration Zone",
    "管理区": "Administrative Zone",
    "特别行政区": "Special Administrative Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "自治区": "Autonomous Region",
    "地区": "Prefecture",
    "林区": "Forestry District",
    "新区": "New Area",
    "省": "Province",
    "市": "City",
    "区": "District",
    "县": "County",
    "旗": "Banner",
    "盟": "League",
}
_ESTABLISHED = {
    "内蒙古": "Inner Mongolia",
    "西藏": "Xizang",
    "香港": "Hong Kong",
    "澳门": "Macao",
    "陕西": "Shaanxi",
    "呼和浩特": "Hohhot",
    "乌鲁木齐": "Urumqi",
    "拉萨": "Lhasa",
    "朝阳": "Chaoyang",
    "乐清": "Yueqing",
    "六安": "Lu'an",
    "番禺": "Panyu",
    "丽水": "Lishui",
    "亳州": "Bozhou",
}
"""Names whose letters are set by use, or that a reader of single characters gets wrong."""
_ZONE_NOTE = Words(
    zh="开发区是否另设市场监管机构、以谁的名义执法，各地不一；"
    "发函前请核实，未另设的由所在地县级局管辖",
    en="Whether a development zone has a bureau of its own, and in whose name it acts, differs "
    "from place to place: check before writing; where it has none, the county's is competent",
)
_SHENZHEN_NOTE = Words(
    zh="深圳各区为市局派出机构（监管局），以市局名义或本机构名义执法，发函前请核实",
    en="Branches of the city's bureau serve the districts of Shenzhen: check before writing",
)
_UNDIVIDED_NOTE = Words(
    zh="该市不设区县，镇街由市局派出机构（分局）监管",
    en="This city has no counties: branches of its bureau serve the towns",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A market supervision bureau."""

    adcode: str
    name: Words
    note: Words | None = None
    """What the rule cannot know of it."""


def bureau_of(adcode: str) -> Bureau | None:
    """Name the bureau of a division, a past one by what it is today; None where there is none.

    None for codes of no table, for past divisions that were split, and for Hong Kong, Macao and
    Taiwan. A district's bureau bears the city's name before its own, a county's or a county-level
    city's its own alone.
    """
    codes = today(adcode)
    found = division(codes[0]) if len(codes) == 1 else None
    if found is None or found.adcode[:2] in _OUTSIDE:
        return None
    city = _city_of(found)
    named = city is None or found.name.startswith(short_name(city.name))
    zh = found.name if named or city is None else city.name + found.name
    en = f"{english_name(found)} Administration for Market Regulation"
    return Bureau(
        adcode=found.adcode,
        name=Words(
            zh=f"{zh}市场监督管理局", en=f"{en}, {_pinyin(city.name)}" if city is not None else en
        ),
        note=_note(found),
    )


def english_name(one: Division) -> str:
    """Write a division's name in pinyin with its kind in English: Xihu District."""
    kind = next((kind for kind in _KINDS if one.name.endswith(kind)), "")
    name = one.name.removesuffix(kind) if one.level is Level.ZONE else one.name
    return f"{_pinyin(name)} {_KINDS.get(kind, '')}".strip()


def english_full_name(adcode: str) -> str:
    """Write a division with those that hold it: Xihu District, Hangzhou City, Zhejiang Province.

    A code of no table as it is.
    """
    found = division(adcode)
    if found is None:
        return adcode
    above = [one for code in reversed(wider(found.adcode)) if (one := division(code))]
    return ", ".join(english_name(one) for one in (found, *above))


def _city_of(one: Division) -> Division | None:
    """Return the city whose name a district's or a zone's bureau bears, if any."""
    if one.level < Level.COUNTY or one.name[-1] not in "区" or one.name.endswith("林区"):
        return None
    above = wider(one.adcode)
    return division(above[-1]) if above else None


def _note(one: Division) -> Words | None:
    if one.level is Level.ZONE:
        return _ZONE_NOTE
    if one.level is Level.COUNTY and one.adcode.startswith("4403"):
        return _SHENZHEN_NOTE
    return _UNDIVIDED_NOTE if one.adcode in ("441900", "442000", "460400", "620200") else None


def _pinyin(name: str) -> str:
    short = short_name(name)
    if short in _ESTABLISHED:
        return _ESTABLISHED[short]
    syllables = lazy_pinyin(short)
    return "".join(
        f"'{one}" if at and one[0] in "aeo" else one for at, one in enumerate(syllables)
    ).capitalize()
