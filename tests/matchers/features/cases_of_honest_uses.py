"""Cases of what sellers claim to be, and of lawful reasons to write another's name."""

from __future__ import annotations

from typing import Any

from domain.common import RightId
from domain.rights import Authorisation
from tests.matchers.features.cases import hit, miss


def sold_by(company: str, *trades: str) -> dict[str, Any]:
    """Make a case of a company and its trades."""
    return {"sighting": {"seller": {"company": company}, "category": trades}}


def trades(of_seller: str, *of_mark: str) -> dict[str, Any]:
    return {"sighting": {"category": (of_seller,)}, "right": {"goods": of_mark}}


AUTHORISED = (
    Authorisation(right_id=RightId("right-云栖虎"), platform="shop.example", seller_key="s1"),
)
DEALER = "石家庄伟荣手机经营部"
TRANSPORT = "交通运输、仓储和邮政业"

CASES = [
    hit("claims_to_be_official", "专卖店", "云栖虎专卖店", surface="专卖店"),
    hit("claims_to_be_official", "a branch", "云栖虎(城西店)", surface="(城西店)"),
    hit("claims_to_be_official", "a numbered branch", "云栖虎三店", surface="三店"),
    hit("claims_to_be_official", "after-sales", "云栖虎售后维修", surface="售后维修"),
    hit("claims_to_be_official", "in English", "云栖虎 Official Store", surface="Official Store"),
    miss("claims_to_be_official", "it is so", "云栖虎专卖店", authorisations=AUTHORISED),
    miss("claims_to_be_official", "denied", "云栖虎 非官方"),
    miss("claims_to_be_official", "ordinary after-sales", "云栖虎 卫衣 售后无忧"),
    miss("claims_to_be_official", "in another's branch", "阿三烤鱼(云栖虎店)"),
    hit("claims_to_be_official", "its own branch", "云栖虎(云栖虎店)", surface="(云栖虎店)"),
    miss("claims_to_be_official", "a size in brackets", "云栖虎 (加大)"),
    miss("claims_to_be_official", "another's claim", "专卖店", sighting={"brand": "云栖虎"}),
    hit("own_trade_name", "beside the mark", "云栖虎 伟荣手机", **sold_by(DEALER), surface="伟荣"),
    hit(
        "own_trade_name",
        "a short mark inside a longer trade name",
        "五彩万象汇",
        right={"name": "万象汇"},
        **sold_by("济宁五彩万象汇游乐园有限公司"),
        surface="五彩万象汇",
    ),
    miss("own_trade_name", "the mark itself", "云栖虎", **sold_by("杭州云栖虎贸易有限公司")),
    miss("own_trade_name", "one character more", "大云栖虎", **sold_by("杭州大云栖虎贸易有限公司")),
    miss("own_trade_name", "not in the title", "云栖虎 手机", **sold_by(DEALER)),
    miss("own_trade_name", "only its line of business", "云栖虎 手机", **sold_by("*荣*手机经营部")),
    miss("own_trade_name", "a masked name", "云栖虎 仁", **sold_by("*仁*")),
    hit("service_resold", "a card", "云栖虎流量卡领取", surface="流量卡"),
    hit("service_resold", "a joint card", "中岳银行云栖虎联名卡", surface="联名卡"),
    hit("service_resold", "a top-up", "云栖虎会员充值", surface="充值"),
    miss("service_resold", "an application looked up", "云栖虎信用卡进度查询"),
    miss("service_resold", "goods for a card", "云栖虎 手机卡套"),
    miss("service_resold", "not in the title", "充值", sighting={"brand": "云栖虎"}),
    hit("service_resold", "a plan for the house", "云栖虎宽带办理", surface="宽带"),
    miss("service_resold", "goods that are charged", "云栖虎 快充充电器"),
    hit("offered_jointly", "a bank's", "中岳银行云栖虎满减", surface="银行云栖虎满减"),
    hit(
        "offered_jointly",
        "a carrier's",
        "中国移动积分换云栖虎权益",
        surface="中国移动积分换云栖虎权益",
    ),
    miss("offered_jointly", "the named one's own", "云栖虎保险立减"),
    miss("offered_jointly", "a thing that moves", "移动电源 云栖虎充电宝 优惠"),
    miss("offered_jointly", "nobody offers", "云栖虎 满减"),
    hit("dealt_in", "many makes of goods", "云栖虎水果超市", surface="超市"),
    hit("dealt_in", "goods are collected", "云栖虎手机商行 到店自提", surface="商行"),
    hit("dealt_in", "a line of goods", "云栖虎家用电器商行", surface="家用电器商行"),
    miss("dealt_in", "no goods are told", "云栖虎便民超市"),
    miss("dealt_in", "no such shop", "云栖虎水果店"),
    miss("dealt_in", "goods for a shop", "云栖虎 超市货架"),
    miss("dealt_in", "not in the title", "水果超市", sighting={"brand": "云栖虎"}),
    hit("named_as_place", "a branch", "阿三烤鱼(云栖虎店)", surface="(云栖虎店)"),
    hit("named_as_place", "a building", "阿三烤鱼云栖虎广场店", surface="云栖虎广场"),
    hit("named_as_place", "what a building offers", "云栖虎大厦停车缴费", surface="云栖虎大厦"),
    hit("named_as_place", "a mall", "阿三烤鱼云栖虎购物中心店", surface="云栖虎购物中心"),
    hit("named_as_place", "beside it", "阿三烤鱼(云栖虎酒店对面)", surface="云栖虎酒店对面"),
    hit("named_as_place", "a street", "阿三烤鱼云栖虎路店", surface="云栖虎路"),
    miss("named_as_place", "the building alone", "云栖虎广场"),
    miss("named_as_place", "its own branch", "云栖虎(云栖虎店)"),
    miss("named_as_place", "a shop for its goods", "运动鞋专卖(云栖虎店)"),
    miss("named_as_place", "another word", "云栖虎路由器"),
    miss("named_as_place", "shoes for a dance", "新款云栖虎广场舞鞋"),
    miss("named_as_place", "tools for a garden", "正品云栖虎花园铲"),
    miss("named_as_place", "another brand", "正品云栖虎北面冲锋衣"),
    miss("named_as_place", "disguised", "阿三烤鱼(云棲琥店)"),
    hit("parcel_looked_up", "by a carrier", "云栖虎快递查询", **sold_by("甲", TRANSPORT)),
    hit("parcel_looked_up", "of the division", "云栖虎单号追踪", **sold_by("甲", "邮政业")),
    miss("parcel_looked_up", "by a stranger", "云栖虎网点查询", **sold_by("甲", "金融业")),
    miss("parcel_looked_up", "trade not known", "云栖虎快递查询"),
    miss("parcel_looked_up", "no look-up", "云栖虎物流", **sold_by("甲", TRANSPORT)),
    hit("post_advertised", "an offer of work", "云栖虎招聘", surface="招聘"),
    hit("post_advertised", "a post at the end", "云栖虎快递分拣员", surface="分拣员"),
    hit("post_advertised", "by the hour", "云栖虎餐厅兼职", surface="兼职"),
    hit("post_advertised", "a rider", "云栖虎外卖骑手", surface="骑手"),
    miss("post_advertised", "who wears it", "云栖虎围裙工作服 服务员"),
    miss("service_resold", "what makes the connection", "云栖虎 宽带路由器"),
    miss("post_advertised", "clothes for a post", "云栖虎 快递员工作服"),
    hit("handed_over_in_shop", "collected", "云栖虎电器 到店自提", surface="到店自提"),
    miss("handed_over_in_shop", "meals made there", "云栖虎快餐_预点餐自提"),
    hit("other_trade", "a school", "云栖虎", **trades("教育", "餐饮业")),
    miss("other_trade", "the same", "云栖虎", **trades("餐饮业", "住宿和餐饮业")),
    miss("other_trade", "a dealer sells anything", "云栖虎", **trades("批发和零售业", "金融业")),
    miss("other_trade", "not known", "云栖虎", **trades("餐饮业")),
    miss("other_trade", "no trade's name", "云栖虎", **trades("服饰 > 卫衣", "餐饮业")),
]
