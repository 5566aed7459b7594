"""Which bureau should take a matter up: the places that sources name, and the rules of competence.

市场监督管理投诉举报处理暂行办法 art. 25: a report belongs to the place of the act. Art. 27(2): one
on a seller of a platform to its actual place of business; the bureau of the platform's domicile may
act where it was reported to first. Art. 27(1): the seller of a site of its own belongs to its
domicile. Art. 30: bureaus that disagree have seven working days. 行政处罚法 arts. 22 and 25: the
place of the act, and among several competent bureaus the one that opened the case first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.common import Words
from reference.bureaus import Bureau, bureau_of
from reference.divisions import Level, division, full_name, lies_in
from reference.platform_operators import OPERATORS
from tracing.placing import place_address


class PlaceRole(StrEnum):
    """What stands at a place; the earlier, the more it tells of where business is really done."""

    WAREHOUSE = "warehouse"
    """Goods of the seller are stored there."""
    SENDER = "sender"
    """A parcel of the seller was sent from there."""
    RETURN = "return"
    """Goods are to be sent back there."""
    SHIPS_FROM = "ships_from"
    """A listing says that it ships from there."""
    DISCLOSED = "disclosed"
    """The platform or another source gave it as the seller's address."""
    SHOP = "shop"
    """The shop itself publishes it as its address."""
    REGISTERED = "registered"
    """The company behind the seller is registered there."""


_OF_GOODS = frozenset(
    {PlaceRole.WAREHOUSE, PlaceRole.SENDER, PlaceRole.RETURN, PlaceRole.SHIPS_FROM}
)
_ORDER = {role: place for place, role in enumerate(PlaceRole)}
_GROUND_OF_GOODS = Words(
    zh="货物在此存放、发出或收退：违法行为发生地（《行政处罚法》第二十二条），也是平台内经营者实际经营地的证据"
    "（《市场监督管理投诉举报处理暂行办法》第二十七条第二款）",
    en="Goods are stored, sent or taken back here: place of the act (Administrative Penalty Law "
    "art. 22) and evidence of the actual place of business of a seller on a platform (Interim "
    "Measures on Complaints and Reports art. 27(2))",
)
_GROUND_OF_ADDRESS = Words(
    zh="登记或公示的住所；是否为实际经营地（《市场监督管理投诉举报处理暂行办法》第二十七条第二款）须现场核实",
    en="A registered or published address; whether business is really done here (Interim Measures "
    "on Complaints and Reports art. 27(2)) has to be checked on the spot",
)
_NO_PLACE = Words(
    zh="尚无任何可定位的地址：先向平台调取经营者登记信息和发货、退货地址（《电子商务法》第二十五条、第二十七条）",
    en="No address that can be placed yet: ask the platform for the seller's file and its dispatch "
    "and return addresses first (E-Commerce Law arts. 25 and 27)",
)
_SEVERAL = Words(
    zh="线索指向不止一个局：都有管辖权的，由最先立案的管辖（《行政处罚法》第二十五条）；有争议的，"
    "七个工作日内协商，协商不成报共同上一级指定（《市场监督管理投诉举报处理暂行办法》第三十条）",
    en="The places belong to more than one bureau: of several competent ones the first to open the "
    "case acts (Administrative Penalty Law art. 25); bureaus that disagree have seven working days "
    "before their common superior decides (Interim Measures art. 30)",
)
_APART = Words(
    zh="登记住所与货物所在地不在同一辖区：登记地可能只是注册地址，以实际经营地为准",
    en="Registered in one district, goods in another: the registration may be an address on paper; "
    "where business is really done counts",
)
_ON_PAPER = Words(
    zh="只有登记或公示的地址，没有货物存放、发出的线索：查到发货地前，实际经营地不能确定",
    en="Only registered or published addresses, and nothing on where the goods lie: until the "
    "place of dispatch is found, the actual place of business is not certain",
)
_PLATFORM_TOO = Words(
    zh="电子商务平台经营者住所地的局先收到举报的，也可以处理（第二十七条第二款）；"
    "自建网站的经营者，由其住所地的局处理（第二十七条第一款）",
    en="The bureau of the platform's own domicile may act too where the report reached it first "
    "(art. 27(2)); the seller of a web site of its own belongs to the bureau of its domicile "
    "(art. 27(1))",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """An address that a source gives for a seller or its goods."""

    role: PlaceRole
    text: str
    """As the source has it."""
    named_by: str
    """The seller or record that gives it, as `platform/seller_key` or `source/key`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """A bureau that may take a matter up, and on what ground."""

    bureau: Bureau
    area: str
    """Full name of its division."""
    ground: Words
    places: tuple[KnownPlace, ...]
    """What points there, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """Who should take a matter up, and what is not certain about it."""

    options: tuple[Competence, ...]
    """The best ground first; empty where no address could be placed."""
    unsure: tuple[Words, ...]
    platforms: tuple[Words, ...]
    """The bureaus of the platforms' own domiciles, which may act besides; the rule first."""
    unplaced: tuple[KnownPlace, ...]
    """Addresses that name no division, or one without a bureau."""


def find_jurisdiction(places: Iterable[KnownPlace], platforms: Iterable[str] = ()) -> Jurisdiction:
    """Tell which bureaus the places of a matter belong to; the order of places does not matter.

    `platforms`: those that the sellers of the matter are on, by name or host.
    """
    by_code: defaultdict[str, set[KnownPlace]] = defaultdict(set)
    bureaus: dict[str, Bureau] = {}
    unplaced: list[KnownPlace] = []
    for place in sorted(set(places), key=_order):
        code = place_address(place.text).adcode
        bureau = bureau_of(code) if code else None
        if code is None or bureau is None:
            unplaced.append(place)
        else:
            bureaus[code] = bureau
            by_code[code].add(place)
    found = _narrowed(by_code)
    options = sorted((_competence(bureaus[code], found[code]) for code in found), key=_rank)
    return Jurisdiction(
        options=tuple(options),
        unsure=_doubts(options, unplaced),
        platforms=(_PLATFORM_TOO, *map(_bureau_of_platform, sorted(set(platforms)))),
        unplaced=tuple(unplaced),
    )


def _narrowed(by_code: dict[str, set[KnownPlace]]) -> dict[str, set[KnownPlace]]:
    """Give what names a wide division to the one narrower place in it, if there is just one.

    金华市 beside an address in 义乌市 speaks for Yiwu; beside two counties it stays with the city.
    """
    codes = sorted(by_code, key=_level, reverse=True)
    kept = {code: set(found) for code, found in by_code.items()}
    for wide in codes:
        inside = [one for one in kept if one != wide and lies_in(one, wide)]
        if len(inside) == 1:
            kept[inside[0]] |= kept.pop(wide)
    return kept


def _competence(bureau: Bureau, found: set[KnownPlace]) -> Competence:
    places = tuple(sorted(found, key=_order))
    of_goods = any(place.role in _OF_GOODS for place in places)
    return Competence(
        bureau=bureau,
        area=full_name(bureau.adcode),
        ground=_GROUND_OF_GOODS if of_goods else _GROUND_OF_ADDRESS,
        places=places,
    )


def _doubts(options: Sequence[Competence], unplaced: Sequence[KnownPlace]) -> tuple[Words, ...]:
    if not options:
        return (_NO_PLACE,)
    doubts: list[Words] = []
    if len(options) > 1:
        doubts.append(_SEVERAL)
    roles = [{place.role for place in one.places} for one in options]
    if not any(found & _OF_GOODS for found in roles):
        doubts.append(_ON_PAPER)
    elif any(PlaceRole.REGISTERED in found and not found & _OF_GOODS for found in roles):
        doubts.append(_APART)
    first = options[0]
    if _level(first.bureau.adcode) < Level.COUNTY and first.bureau.note is None:
        doubts.append(
            Words(
                zh=f"地址只到{first.area}，未到区县：承办的县级局待定",
                en=f"The addresses name {first.area} but no county: which county's bureau acts is "
                "open",
            )
        )
    doubts += [one.bureau.note for one in options if one.bureau.note is not None]
    if unplaced:
        doubts.append(
            Words(
                zh=f"另有{len(unplaced)}个地址无法确定所在区划",
                en=f"Addresses that could not be placed: {len(unplaced)}",
            )
        )
    return tuple(dict.fromkeys(doubts))


def _bureau_of_platform(name: str) -> Words:
    """Name the bureau of a platform's operator, or say that it is not known here."""
    operator = OPERATORS.get(name)
    if operator is None:
        return Words(
            zh=f"{name}：平台经营者及其住所此处未掌握，可在平台首页公示的营业执照信息中查明"
            "（《电子商务法》第十五条）",
            en=f"{name}: its operator and domicile are not known here; see the licence that its "
            "home page shows (E-Commerce Law art. 15)",
        )
    bureau = bureau_of(operator.adcode) if operator.adcode else None
    if bureau is None:
        return Words(
            zh=f"{operator.called}（{operator.company}）：平台经营者在境外，境内没有其住所地的局",
            en=f"{operator.called} ({operator.company}): the operator is abroad and no bureau here "
            "is that of its domicile",
        )
    wide = _level(bureau.adcode) < Level.COUNTY
    zh = "；承办的区县级局须核实" if wide else ""
    en = "; which county's bureau acts has to be checked" if wide else ""
    return Words(
        zh=f"{operator.called}（{operator.company}）：{bureau.name.zh}{zh}（住所以公示的营业执照为准）",
        en=f"{operator.called} ({operator.company}): {bureau.name.en}{en} (go by the licence that "
        "the platform publishes)",
    )


def _rank(one: Competence) -> tuple[int, int, int, str]:
    """The most telling place first, then how many different kinds of place agree."""
    roles = {place.role for place in one.places}
    strongest = min(_ORDER[role] for role in roles)
    return strongest, -len(roles), -_level(one.bureau.adcode), one.bureau.adcode


def _order(place: KnownPlace) -> tuple[int, str, str]:
    return _ORDER[place.role], place.text, place.named_by


def _level(adcode: str) -> int:
    found = division(adcode)
    return 0 if found is None else int(found.level)
