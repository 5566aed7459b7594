"""Cases of wording, prices, brand fields, resale and other circumstances."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.listings import Availability, Offer
from domain.money import Money
from domain.pictures import Picture
from domain.rights import PriceBand, RightKind
from tests.matchers.features.cases import hit, miss

ADMITS, FAR_BELOW, BRAND = "admits_imitation", "price_far_below", "brand_contradicts"
IN_BAND = "price_in_band"
SECOND_HAND, PROOF, WORKED = "second_hand", "resale_with_proof", "worked_upon"
STOCK, HISTORY = "stock_beyond_supply", "seller_upheld_before"


def yuan(amount: str) -> Money:
    return Money.from_decimal(Decimal(amount), "CNY")


def priced(
    low: str, unit: str | None, price: str, high: str | None = None, **right: Any
) -> dict[str, Any]:
    """Make a case of a holder's prices for a unit and a listing's price."""
    band = PriceBand(low=yuan(low), high=yuan(high) if high else None, unit=unit)
    return {"right": {"price_band": band} | right, "sighting": {"price": price}}


def sized(low: str, unit: str, price: str, **attributes: str) -> dict[str, Any]:
    case = priced(low, unit, price)
    return case | {"sighting": {"price": price, "attributes": attributes}}


def stocked(quantity: int, kind: RightKind = RightKind.TIME_HONOURED_BRAND) -> dict[str, Any]:
    offer = Offer(availability=Availability.IN_STOCK, quantity=quantity)
    return {"right": {"kind": kind}, "sighting": {"offer": offer}}


def branded(brand: str) -> dict[str, Any]:
    return {"sighting": {"brand": brand}}


_IN_PICTURE = {"pictures": (Picture(url="https://shop.example/1.jpg", text="顶级\n高仿"),)}

_WORDING = [
    hit(ADMITS, "高仿", "云栖虎 高仿 卫衣", surface="高仿"),
    hit(ADMITS, "signs between", "云栖虎 高*仿 卫衣", surface="高*仿"),
    hit(ADMITS, "a letter for it", "云栖虎 g仿 卫衣", surface="g仿"),
    hit(ADMITS, "full width", "云栖虎 Ｇ仿 卫衣", surface="Ｇ仿"),
    hit(ADMITS, "A货", "云栖虎 A货 卫衣", surface="A货"),
    hit(ADMITS, "超A级", "云栖虎 超A级 卫衣", surface="超A"),
    hit(ADMITS, "顶级复刻", "云栖虎 顶级复刻 卫衣", surface="顶级复刻"),
    hit(ADMITS, "1:1", "云栖虎 1:1 卫衣", surface="1:1"),
    hit(ADMITS, "1比1", "云栖虎 1比1 卫衣", surface="1比1"),
    hit(ADMITS, "尾单", "云栖虎 外贸尾单", surface="尾单"),
    hit(ADMITS, "平替", "云栖虎 平替", surface="平替"),
    hit(ADMITS, "in a picture", "云栖虎", sighting=_IN_PICTURE, surface="高仿"),
    hit(ADMITS, "described", "云栖虎", sighting={"description": "a replica"}, surface="replica"),
    hit(ADMITS, "in an attribute", "云栖虎", sighting={"attributes": {"版本": "纯原品质"}}),
    hit(ADMITS, "the name's own 同款", "云栖虎同款卫衣", surface="云栖虎同款"),
    hit(ADMITS, "同款 first", "同款云栖虎卫衣", surface="同款云栖虎"),
    hit(ADMITS, "inspired by the mark", "perfume inspired by 云栖虎"),
    hit(ADMITS, "a dupe", "云栖虎 dupe"),
    hit(ADMITS, "quality of a copy", "云栖虎 AAA+ quality bag"),
    miss(ADMITS, "a celebrity's", "云栖虎 明星同款 卫衣"),
    miss(ADMITS, "inspired by something else", "云栖虎 bag inspired by nature"),
    miss(ADMITS, "an order number", "云栖虎 提供原单号"),
    miss(ADMITS, "a scale", "云栖虎 模型 1:18"),
    miss(ADMITS, "a ratio to mix", "云栖虎 清洁剂 1:1稀释"),
    miss(ADMITS, "a ratio said so", "云栖虎 模型 比例1:1"),
    miss(ADMITS, "imitation flowers", "云栖虎 高仿真花"),
    miss(ADMITS, "imitation leather", "云栖虎 高仿皮包"),
    miss(ADMITS, "denied", "云栖虎 拒绝高仿"),
    miss(ADMITS, "denied in English", "云栖虎 not a replica"),
    miss(ADMITS, "a warning", "云栖虎 谨防山寨"),
    miss(ADMITS, "natural jade", "云栖虎 翡翠A货手镯"),
    miss(ADMITS, "slang for handsome", "云栖虎 又美又飒超A 风衣"),
    miss(ADMITS, "batteries", "云栖虎 AAA batteries"),
    miss(ADMITS, "what supporters wear", "云栖虎 replica jersey"),
    miss(ADMITS, "the maker's reissue", "云栖虎 官方复刻 板鞋"),
    miss(ADMITS, "part of a word", "云栖虎 duped"),
]
_PRICES = [
    hit(FAR_BELOW, "a tenth", "云栖虎", **priced("200", "双", "20")),
    hit(FAR_BELOW, "one pair of earphones, no number", "云栖虎 耳机", **priced("299", "副", "39")),
    miss(FAR_BELOW, "a fair price of one", "云栖虎 耳机", **priced("299", "副", "329")),
    hit(FAR_BELOW, "two for less than one", "云栖虎 耳机 2副", **priced("299", "副", "199")),
    hit(FAR_BELOW, "no unit", "云栖虎", **priced("200", None, "20")),
    hit(FAR_BELOW, "by weight", "云栖虎 5kg", **priced("40", "kg", "60")),
    hit(FAR_BELOW, "斤 for kg", "云栖虎 10斤", **priced("40", "kg", "60")),
    hit(FAR_BELOW, "several packs", "云栖虎 150g*2", **priced("800", "斤", "100")),
    hit(FAR_BELOW, "bottles", "云栖虎 500ml×6瓶", **priced("1499", "瓶", "1800")),
    hit(FAR_BELOW, "pairs of crabs", "云栖虎 4对8只", **priced("60", "只", "99")),
    hit(
        FAR_BELOW,
        "crabs by the 斤",
        "云栖虎 公4.0两 母3.0两 4对8只",
        **priced("200", "斤", "199"),
    ),
    hit(FAR_BELOW, "in an attribute", "云栖虎", **sized("40", "kg", "60", 净含量="5kg")),
    miss(FAR_BELOW, "a sale", "云栖虎", **priced("200", "双", "120")),
    miss(FAR_BELOW, "a small pack", "云栖虎 100g", **priced("200", "kg", "20")),
    miss(FAR_BELOW, "the least of several", "云栖虎 100g/500g/1kg", **priced("200", "kg", "20")),
    miss(FAR_BELOW, "a weight that is not told", "云栖虎", **priced("200", "kg", "20")),
    miss(FAR_BELOW, "a unit that is not known", "云栖虎", **priced("200", "亩", "20")),
    miss(FAR_BELOW, "a deposit", "云栖虎 定金", **priced("200", "双", "20")),
    miss(FAR_BELOW, "a sample", "云栖虎 小样", **priced("200", "瓶", "20")),
    miss(
        FAR_BELOW, "a bottle without its drink", "云栖虎 空酒瓶 收藏", **priced("200", "瓶", "20")
    ),
    miss(FAR_BELOW, "no price", "云栖虎", right=priced("200", "双", "1")["right"]),
    miss(FAR_BELOW, "no band", "云栖虎", sighting={"price": "20"}),
    miss(FAR_BELOW, "a price of nothing", "云栖虎", **priced("200", "双", "0")),
    miss(
        FAR_BELOW,
        "shampoo under a mark for liquor: the band is not for it",
        "云栖虎 洗发水 500ml",
        **priced("899", "瓶", "29", nice_classes=(33,)),
    ),
    miss(
        FAR_BELOW,
        "socks under a mark for shoes, of one class",
        "云栖虎 棉袜 袜子 3双",
        **priced("299", "双", "29", goods=("2507",)),
    ),
    hit(
        FAR_BELOW,
        "the goods of the band",
        "云栖虎 白酒 500ml",
        **priced("899", "瓶", "99", nice_classes=(33,)),
    ),
    hit(IN_BAND, "between the holder's prices", "云栖虎", **priced("200", "双", "300", "500")),
    hit(IN_BAND, "the lowest is one", "云栖虎", **priced("200", None, "200", "500")),
    hit(IN_BAND, "two for twice as much", "云栖虎 2双", **priced("200", "双", "600", "500")),
    miss(IN_BAND, "two for the price of one", "云栖虎 2双", **priced("200", "双", "300", "500")),
    miss(IN_BAND, "above", "云栖虎", **priced("200", "双", "501", "500")),
    miss(IN_BAND, "no highest price is known", "云栖虎", **priced("200", "双", "300")),
    miss(
        IN_BAND,
        "a band for other goods",
        "云栖虎 洗发水",
        **priced("20", "瓶", "29", "99", nice_classes=(33,)),
    ),
    hit(STOCK, "more than anybody makes", "云栖虎", **stocked(88_000)),
    miss(STOCK, "what shops write who do not count", "云栖虎", **stocked(99_999)),
    miss(STOCK, "no limited goods", "云栖虎", **stocked(88_000, RightKind.MARK)),
    miss(STOCK, "a store's stock", "云栖虎", **stocked(800)),
]
_BRANDS = [
    hit(BRAND, "none", "云栖虎卫衣", **branded("无品牌"), surface="无品牌"),
    hit(BRAND, "other", "云栖虎卫衣", **branded("Other/其他")),
    hit(BRAND, "OEM", "云栖虎卫衣", sighting={"attributes": {"品牌": "OEM"}}, surface="OEM"),
    hit(BRAND, "another's", "云栖虎卫衣", **branded("青石岗")),
    miss(BRAND, "the mark's", "云栖虎卫衣", **branded("云栖虎")),
    miss(BRAND, "perhaps the mark's in Latin", "云栖虎卫衣", **branded("Yunqihu")),
    miss(BRAND, "not stated", "云栖虎卫衣"),
    miss(BRAND, "no mark in the title", "卫衣", **branded("无品牌")),
    miss(BRAND, "a common name", "大宝卫衣", right={"name": "大宝"}, **branded("青石岗")),
    miss(
        BRAND,
        "a mark that many bear",
        "云栖虎卫衣",
        right={"kind": RightKind.COLLECTIVE_MARK},
        **branded("青石岗"),
    ),
]
_HONEST = [
    hit(SECOND_HAND, "二手", "二手云栖虎卫衣", surface="二手"),
    hit(SECOND_HAND, "九成新", "云栖虎卫衣 九成新"),
    hit(SECOND_HAND, "99新", "云栖虎 安抚巾 99新", surface="99新"),
    hit(SECOND_HAND, "used", "used 云栖虎 jacket", surface="used"),
    hit(SECOND_HAND, "pre-owned", "云栖虎 bag pre-owned"),
    miss(SECOND_HAND, "said not to be", "云栖虎卫衣 非二手"),
    miss(SECOND_HAND, "new", "云栖虎卫衣 全新"),
    miss(SECOND_HAND, "houses", "云栖虎 二手房翻新"),
    miss(SECOND_HAND, "what it is used for", "云栖虎 bag used for travel"),
    miss(SECOND_HAND, "the year of a style", "云栖虎 95新款"),
    hit(PROOF, "a receipt", "云栖虎卫衣 附购物小票", surface="购物小票"),
    hit(PROOF, "bought in a shop", "云栖虎卫衣 专柜代购", surface="专柜代购"),
    hit(PROOF, "described", "云栖虎", sighting={"description": "original receipt"}),
    miss(PROOF, "a printer", "云栖虎 小票打印机"),
    miss(PROOF, "denied", "云栖虎 不提供购物小票"),
    miss(PROOF, "beside an admission", "云栖虎 高仿 附购物小票"),
    miss(PROOF, "beside a disguise", "云七虎 附购物小票"),
    hit(WORKED, "repair", "云栖虎包包维修翻新", surface="维修"),
    hit(WORKED, "cleaning", "专业清洗云栖虎鞋", surface="专业清洗"),
    hit(WORKED, "buying up", "云栖虎 手机 高价回收", surface="高价回收"),
    hit(WORKED, "teaching", "云栖虎 相机教程", surface="教程"),
    hit(WORKED, "in English", "云栖虎 repair service"),
    miss(WORKED, "promised with the goods", "云栖虎 吹风机 终身维修"),
    miss(WORKED, "a machine", "云栖虎 清洗机"),
    miss(WORKED, "far away", "云栖虎 大容量多功能家用小型吸尘器 另有教程"),
    miss(WORKED, "no name in the title", "包包维修", sighting={"brand": "云栖虎"}),
]
_HISTORY = [
    hit(HISTORY, "another listing", "云栖虎", upheld=("2",)),
    miss(HISTORY, "only this one", "云栖虎", upheld=("1",)),
    miss(HISTORY, "none", "云栖虎"),
]
CASES = [*_HISTORY, *_WORDING, *_PRICES, *_BRANDS, *_HONEST]
