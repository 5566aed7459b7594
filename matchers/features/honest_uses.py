"""Features: lawful reasons to write another's name, as lawyers give them when they see no ground.

商标法 art. 59 leaves to everybody what is descriptive or says truly what goods and services are;
who may be named so is named as the source by nobody. Each feature gives way where the page
contradicts it: who disguises a name or admits a copy is not using it honestly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.common import Words
from domain.matches import TextPlace
from matchers.features.trade_names import trade_name_of
from matchers.features.wording import admits_imitation
from matchers.goods.finding import GoodsWord, find_goods_words
from matchers.names.folding import fold
from matchers.pair import FoundName, Outcome, Pair
from matchers.wordings import Wording, wording
from reference.goods import FIRST_SERVICE_CLASS
from reference.trades import tells_trade, trade_of

SERVICE = wording(
    r"((手机|流量|电话|号|上网|大王|物联网|信用|借记|联名|购物|加油|油|会员|礼品|礼|储值|充值|话费|电影|公交|校园)卡"
    r"(?![套包夹槽座贴托针片盒]))|流量(?!计)|话费|选号|靓号|号码卡|办卡|开卡|(?<!自)代?充值|代充(?!电)"
    r"|代?缴费|缴话费|宽带(?=办理|套餐|安装|报装|缴费|续费|\s*$)|代金券|电子券|(电影|门|车|机|船|演出)票(?!夹|袋|包|盒|架|据|根|打印)|票务|点券|点卡|月卡|季卡|年卡"
    r"|兑换码|激活码",
    cues="卡 流量 话费 选号 靓号 充值 代充 缴费 宽带 代金券 电子券 票 点券 兑换码 激活码",
)
OFFERED_JOINTLY = wording(
    r"(银行|信用卡(中心)?|银联|信用社|中国(移动|联通|电信|人寿|平安|人保))\S{0,12}"
    r"(联名|联合|合作|专享|权益|积分|立减|满减|特惠|优惠|免费|买一送一|\d(\.\d)?折|[一二三四五六七八九半]折)",
    cues="联名 联合 合作 专享 权益 积分 立减 满减 特惠 优惠 免费 买一送一 折",
)
"""A bank, insurer or carrier names the partner at whose shops its customers save."""
LOOKED_UP = wording(r"查询|查件|查单|追踪|跟踪", cues="查询 查件 查单 追踪 跟踪")
JOB = wording(
    r"招聘|诚聘|急聘|招工|招人|兼职|小时工|日结|五险一金|包吃住|急招|直招|内推|岗位(?!牌|职责|标)|校招"
    r"|(?P<post>((分析|操作|理货|分拣|配送|仓管|驾驶|业务|营业|质检|收银|文|店|快递|投递|派|导购|服务|客服"
    r"|保洁|仓库|运营|采购|销售|促销|安检|程序|信贷|柜|乘务|检票|售票|推广|外卖)员"
    r"|专员|司机|骑手|小哥|实习生|学徒|店长|主管|工程师|前台|普工|操作工|搬运工|厨师|保安|月薪\S*)\s*$)",
    cues="招聘 诚聘 急聘 招工 招人 兼职 小时工 日结 五险一金 包吃住 急招 直招 内推 岗位 校招 员 "
    "司机 骑手 小哥 实习生 学徒 店长 主管 工程师 前台 普工 操作工 搬运工 厨师 保安 月薪",
)
"""A post alone is advertised at the end of a title; behind goods it says who wears or uses them."""
OF_MANY_MAKES = wording(
    r"(?P<line>家用电器|家电|电器|数码|通讯|五金|机电|建材|灯饰|农资)?"
    r"(商城|超市|商行|卖场|大卖场|批发市场|批发城|数码城|经销部?|经营部|百货|杂货店?|门市部?)$",
    cues="商城 超市 商行 卖场 批发 数码城 经销 经营部 百货 杂货 门市",
)
"""Lines of goods that no table of goods has, and shops."""
_SHOP_AFTER = re.compile(r"[\s_-]*((到店|门店)自[提取]|线上下单|同城配送|扫码点餐)?\s*$")
HANDED_OVER = wording(r"(到店|门店)自[提取]", cues="店自")
_WHO_LOOKS_UP = "G"
"""Section of GB/T 4754 whose firms look up parcels of every carrier: transport and post."""
_MISTAKEN = 3
"""Characters up to which a mark stands in a longer trade name by chance (五彩万象汇, 万象汇)."""


def own_trade_name(pair: Pair) -> Outcome | None:
    """The title gives the seller's own registered trade name.

    标题使用卖家自己的字号。
    """
    company = pair.sighting.seller.company if pair.sighting.seller else None
    trade_name = trade_name_of(company) if company else None
    title = pair.sighting.title or ""
    at = title.find(trade_name) if trade_name else -1
    if trade_name is None or at < 0 or not _titled(pair):
        return None
    place = TextPlace(
        field="title", start=at, end=at + len(trade_name), surface=trade_name, how=None
    )
    if not all(_is_apart(name, place) or _is_chance(name, trade_name) for name in _titled(pair)):
        return None
    return Outcome(
        score=_honestly(pair),
        words=Words(
            zh=f"标题含卖家自己的字号“{trade_name}”（{company}），可识别来源",
            en=f"The title gives the seller's own trade name “{trade_name}” ({company}), which "
            "tells whose offer it is",
        ),
        where=place,
    )


def service_resold(pair: Pair) -> Outcome | None:
    """What is offered is the named company's own service: a card, a plan, a top-up.

    所售系该品牌自身的卡、套餐、充值等服务，名称用于说明服务由谁提供。
    """
    if LOOKED_UP.search(pair.sighting.title or ""):
        return None  # who looks up how an application stands sells no card
    return _in_title(
        pair,
        SERVICE,
        Words(
            zh="“{}”系该品牌自身的服务，名称用于说明由谁提供",
            en="“{}” is the named company's own service; the name tells who renders it",
        ),
    )


def offered_jointly(pair: Pair) -> Outcome | None:
    """A bank, insurer or carrier offers its customers something at the named partner's.

    银行、保险、电信等与该品牌合作的优惠或联名，名称用于说明合作方。
    """
    found = OFFERED_JOINTLY.search(pair.sighting.title or "") if _titled(pair) else None
    # The name must come after the one who offers: 云栖银行立减 is the named bank's own offer.
    if found is None or any(name.hit.start < found.end(1) for name in _titled(pair)):
        return None
    return Outcome(
        score=_honestly(pair),
        words=Words(
            zh=f"“{found[0]}”系合作优惠或联名，名称用于说明合作方",
            en=f"“{found[0]}”: a joint offer; the name tells who the partner is",
        ),
        where=TextPlace(
            field="title", start=found.start(), end=found.end(), surface=found[0], how=None
        ),
    )


def dealt_in(pair: Pair) -> Outcome | None:
    """The title names a shop for goods of many makes, and the name tells one that it deals in.

    标题系经营多种品牌的商城、超市、批发等，名称说明所经销的品牌。
    """
    found, words = _shop_of_many_makes(pair.sighting.title or "")
    if found is None or not _titled(pair):
        return None
    last = max(name.hit.end for name in _titled(pair))
    goods = [word.surface for word in words if last <= word.start]
    if found["line"] and last <= found.start():
        goods.append("")
    if not goods:
        return None
    return Outcome(
        score=_honestly(pair),
        words=Words(
            zh=f"“{goods[0]}{found[0]}”一类经营者通常经销多种品牌，名称或仅说明所售品牌；核查进货凭证",
            en=f"“{goods[0]}{found[0]}”: such shops sell many makes, and the name may only tell "
            "one of them; ask for its purchase records",
        ),
        where=TextPlace(
            field="title", start=found.start(), end=found.end(), surface=found[0], how=None
        ),
    )


def parcel_looked_up(pair: Pair) -> Outcome | None:
    """A transport firm looks up parcels, and the name tells whose.

    运输、邮政企业提供查询服务，名称仅说明查询何家的单号。
    """
    if _WHO_LOOKS_UP not in map(trade_of, pair.sighting.category):
        return None
    return _in_title(
        pair,
        LOOKED_UP,
        Words(
            zh="卖家属交通运输、仓储和邮政业，“{}”服务需说明所查为何家",
            en="The seller is in transport and post; a service of “{}” must say whose parcels",
        ),
    )


def post_advertised(pair: Pair) -> Outcome | None:
    """The text advertises a post; the name tells who employs or in what trade.

    系招聘信息，名称仅说明用人单位或行业。
    """
    title = pair.sighting.title or ""
    found = JOB.search(title) if _titled(pair) else None
    if found is None or (found["post"] and _goods_in(title[: found.start()])):
        return None
    return _in_title(
        pair,
        JOB,
        Words(
            zh="“{}”系招聘用语，名称仅说明用人单位或行业",
            en="“{}” advertises a post; the name only tells who employs, or the trade",
        ),
    )


def handed_over_in_shop(pair: Pair) -> Outcome | None:
    """The goods are collected in a shop, as a dealer's in genuine goods are.

    到店自提，符合实体经销商转售正品的情形。
    """
    return _in_title(
        pair,
        HANDED_OVER,
        Words(
            zh="“{}”：实体店经营，或系转售正品，可到店核查进货凭证",
            en="“{}”: a shop that can be visited, perhaps a dealer in genuine goods; ask for its "
            "purchase records",
        ),
    )


def other_trade(pair: Pair) -> Outcome | None:
    """The seller's trade is another than that of the registration.

    卖家所属行业与注册人的行业不同。
    """
    registered = _trades(pair.right.goods)
    sellers = _trades(pair.sighting.category) if registered else {}
    if not sellers or sellers.keys() & registered.keys():
        return None
    if not all(map(tells_trade, (*sellers, *registered))):
        return None
    mine, theirs = "、".join(sellers.values()), "、".join(registered.values())
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"卖家属{mine}，权利用于{theirs}，行业不同",
            en=f"The seller's trade is {mine}, the right is for {theirs}: another trade",
        ),
    )


@lru_cache(maxsize=64)
def _shop_of_many_makes(title: str) -> tuple[re.Match[str] | None, Sequence[GoodsWord]]:
    """Return what says so at the end of a title, and the goods before it."""
    rest = _SHOP_AFTER.sub("", title)
    found = OF_MANY_MAKES.search(rest)
    return found, _goods_in(rest[: found.start()]) if found else ()


def _goods_in(title: str) -> list[GoodsWord]:
    """Return the words of goods, without those of services."""
    return [word for word in find_goods_words(title) if word.nice_class < FIRST_SERVICE_CLASS]


def _in_title(pair: Pair, wording: Wording, words: Words) -> Outcome | None:
    """Return an outcome where the title holds both the name and a wording."""
    found = wording.search(pair.sighting.title or "") if _titled(pair) else None
    if found is None:
        return None
    return Outcome(
        score=_honestly(pair),
        words=Words(zh=words.zh.format(found[0]), en=words.en.format(found[0])),
        where=TextPlace(
            field="title", start=found.start(), end=found.end(), surface=found[0], how=None
        ),
    )


def _honestly(pair: Pair) -> float:
    """Return how much an honest reason counts: little beside a disguise or an admission."""
    plain = all(name.is_plain for name in _titled(pair))
    return 1.0 if plain and admits_imitation(pair) is None else 0.3


def _titled(pair: Pair) -> tuple[FoundName, ...]:
    return pair.titled


def _is_apart(name: FoundName, place: TextPlace) -> bool:
    return name.hit.end <= place.start or place.end <= name.hit.start


def _is_chance(name: FoundName, trade_name: str) -> bool:
    """Tell whether a mark is only a short part of a clearly longer trade name."""
    length = len(fold(name.hit.name).symbols)
    return length <= _MISTAKEN and name.hit.surface in trade_name and len(trade_name) > length + 1


def _trades(names: tuple[str, ...]) -> dict[str, str]:
    """Return section ▶ the name given, of those names that are trades."""
    found = ((trade_of(name), name) for name in names)
    return {section: name for section, name in found if section}
