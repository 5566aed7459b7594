"""Cases of geographical indications: how they are named, and what speaks for and against.

The indications are made up: crabs of Suzhou, peaches of Wuxi, tea of Zhenjiang.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from domain.common import RightId
from domain.rights import Authorisation
from tests.matchers.features.cases import Case, hit, miss

GI: dict[str, Any] = {"gi": True}
WHOLE_LIST = GI | {"users_complete": True}
PEACH = GI | {"name": "阳溪水蜜桃", "product": None, "area": ("320200",)}
TEA = GI | {"name": "云溪翠芽", "product": None, "area": ("321100",)}
COINED = GI | {"name": "云溪山碧螺春", "product": None, "area": ("320500",)}
NO_AREA = GI | {"name": "昆山大闸蟹", "product": None, "area": ()}
STANDARD = GI | {"standard": "GB/T 19957-2005"}
SEASON = GI | {"season_from": "09-15", "season_to": "12-31"}
OVER_NEW_YEAR = GI | {"season_from": "11-01", "season_to": "02-28"}
RICE = GI | {"name": "云溪大米", "product": None, "season_from": "09-15", "season_to": "11-30"}
TARO = GI | {"name": "云溪香沙芋", "product": None, "area": ("321200",)}
PEONY = GI | {"name": "亳白芍", "product": None, "area": ("341600",)}
OF_JILIN = GI | {"name": "云溪大米", "product": None, "area": ("220283",)}
CRAB = "云溪湖大闸蟹"
PARTY = "苏州云溪湖渔业专业合作社"
OF_SELLER = (Authorisation(right_id=RightId("gi"), platform="shop.example", seller_key="s1"),)
LISTED = (Authorisation(right_id=RightId("gi"), party=PARTY),)
ENDED = (Authorisation(right_id=RightId("gi"), party=PARTY, valid_to=date(2025, 12, 31)),)


def attributes(**values: str) -> dict[str, Any]:
    return {"attributes": values}


def on(month: int, day: int) -> dict[str, Any]:
    """Make a sighting of a day in 2026, by the clock of China."""
    return {"fetched_at": datetime(2026, month, day, 4, tzinfo=UTC)}


APART = [
    hit("indication_apart", "apart", "鲜活大闸蟹 产自云溪湖", right=GI, surface="云溪湖"),
    hit("indication_apart", "words between", "云溪湖风味大闸蟹", right=GI, surface="云溪湖"),
    hit("indication_apart", "another word for it", "云溪湖红膏蟹 4对", right=GI, surface="云溪湖"),
    hit("indication_apart", "a word of one character", "云溪湖 鲜蟹 大母蟹", right=GI),
    hit("indication_apart", "the lake left out", "云溪大闸蟹", right=GI, surface="云溪"),
    hit("indication_apart", "traditional", "雲溪湖大螃蟹", right=GI, surface="雲溪湖"),
    hit("indication_apart", "signs inside the place", "云·溪·湖 螃蟹", right=GI),
    hit("indication_apart", "a wider word for the goods", "云溪 明前茶叶 绿茶", right=TEA),
    hit("indication_apart", "a kind of the goods", "云溪湖大米 稻花香", right=RICE),
    miss("indication_apart", "another kind of tea", "云溪 红茶", right=TEA),
    miss("indication_apart", "tea, told to be of another kind", "云溪茶叶 红茶礼盒", right=TEA),
    hit("indication_apart", "of its kind and of another", "云溪茶叶 绿茶 红茶礼盒", right=TEA),
    miss("indication_apart", "other goods of the place", "云溪湖大米", right=GI),
    miss("indication_apart", "a word that only holds the product", "云溪 茶杯", right=TEA),
    miss("indication_apart", "the whole name", CRAB, right=GI),
    miss("indication_apart", "the product alone", "鲜活大闸蟹", right=GI),
    miss("indication_apart", "the place alone", "云溪湖旅游 酒店", right=GI),
    miss(
        "indication_apart",
        "too far apart in a long text",
        sighting={"description": "云溪湖" + "水" * 140 + "大闸蟹"},
        right=GI,
    ),
    hit("indication_translated", "lake", "Yunxi Lake hairy crab 8 pcs", right=GI),
    hit("indication_translated", "pinyin and Chinese", "YUNXIHU 大闸蟹", right=GI),
    hit("indication_translated", "Chinese and English", "云溪湖 hairy crab", right=GI),
    miss("indication_translated", "other goods", "Yunxi Lake rice", right=GI),
    miss("indication_translated", "another lake", "Yunnan Lake crab", right=GI),
    hit("indication_by_place", "the city", "苏州大闸蟹 鲜活", right=GI, surface="苏州"),
    hit(
        "indication_by_place",
        "the shop",
        "大闸蟹",
        right=GI,
        sighting={"seller": {"name": "云溪湖生鲜"}},
    ),
    hit(
        "indication_by_place", "the origin", "大闸蟹", right=GI, sighting=attributes(产地="云溪湖")
    ),
    hit("indication_by_place", "a town", "巴城 大闸蟹", right=NO_AREA, surface="巴城"),
    hit(
        "indication_by_place",
        "the city, stated as origin",
        "大闸蟹 8只",
        right=GI,
        sighting=attributes(产地="江苏苏州"),
    ),
    hit(
        "indication_by_place",
        "a pavilion of the city",
        "大闸蟹 8只",
        right=GI,
        sighting={"seller": {"name": "中国特产·苏州馆"}},
    ),
    miss(
        "indication_by_place",
        "a shop of the city",
        "大闸蟹 8只",
        right=GI,
        sighting={"seller": {"name": "苏州百货商行"}},
    ),
    hit("indication_by_place", "a coined product alone", "碧螺春 明前 100g", right=COINED),
    miss("indication_by_place", "a street named for it", "碧螺春路 茶馆 绿茶", right=COINED),
    hit("indication_by_place", "its city for a character", "亳州 白芍片 500g", right=PEONY),
    miss("indication_by_place", "another city's", "杭州 白芍片 500g", right=PEONY),
    miss("indication_by_place", "the province's name alone", "吉林大米 5kg", right=OF_JILIN),
    hit("indication_by_place", "the county of Jilin", "吉林舒兰 稻花香", right=OF_JILIN),
    miss("indication_by_place", "a coined product elsewhere", "广西 碧螺春 100g", right=COINED),
    miss(
        "indication_by_place",
        "a coined product whose page states another origin",
        "碧螺春 明前 100g",
        right=COINED,
        sighting=attributes(产地="广西柳州"),
    ),
    hit(
        "indication_by_place",
        "a coined product of no more than China",
        "碧螺春 明前 100g",
        right=COINED,
        sighting=attributes(产地="中国大陆"),
    ),
    miss("indication_by_place", "a common product alone", "绿茶 明前 100g", right=COINED),
    hit("indication_by_place", "a word of one area's own", "香沙芋 5斤 现挖", right=TARO),
    miss("indication_by_place", "that word elsewhere", "广西 香沙芋 5斤", right=TARO),
    miss("indication_by_place", "another word of its family", "香芋 5斤 现挖", right=TARO),
    miss("indication_by_place", "a flavour", "无锡 水蜜桃味软糖", right=PEACH),
    miss("indication_by_place", "the province is too wide", "江苏大闸蟹", right=GI),
    miss("indication_by_place", "another city", "扬州 青虾", right=GI),
    hit("indication_neighbour", "one character off", "阳山水蜜桃 8个", right=PEACH, surface="阳山"),
    hit("indication_neighbour", "the next city", "苏州水蜜桃", right=PEACH, surface="苏州"),
    miss("indication_neighbour", "made from the goods", "苏州水蜜桃汁", right=PEACH),
    miss("indication_neighbour", "an everyday word", "阳光水蜜桃", right=PEACH),
    miss("indication_neighbour", "another province", "成都水蜜桃", right=PEACH),
    miss("indication_neighbour", "goods that grow everywhere", "苏州大米", right=RICE),
    miss("indication_neighbour", "the indication itself", "阳溪水蜜桃", right=PEACH),
    miss("name_disguised", "a town said to be one", "云溪镇 翠芽", right=TEA),
    miss("name_disguised", "in one word", "阳溪镇水蜜桃", right=PEACH),
    hit("name_disguised", "signs inside the place", "阳*溪镇水蜜桃", right=PEACH),
]
WORDING = [
    hit("indication_style", "风味 beside the place", "云溪湖风味大闸蟹", right=GI, surface="风味"),
    hit("indication_style", "同款 before the name", "同款云溪湖大闸蟹", right=GI),
    hit("indication_style", "style", "云溪湖大闸蟹 style", right=GI, surface="style"),
    hit("indication_style", "style with a hyphen", "Yunxi Lake-style crab", right=GI),
    hit("indication_style", "式 closes the place", "云溪湖式大闸蟹", right=GI, surface="式"),
    hit("indication_style", "as good as", "媲美云溪湖大闸蟹", right=GI, surface="媲美"),
    miss("indication_style", "plain", "云溪湖大闸蟹 8只", right=GI),
    miss("indication_style", "式 of another word", "云溪湖大闸蟹 新式包装", right=GI),
    miss("indication_style", "a size", "云溪湖大闸蟹大号", right=GI),
    miss("indication_style", "far away", "云溪湖大闸蟹 鲜活礼盒八只装 风味佳", right=GI),
    miss("indication_style", "a mark is no indication", "同款云栖虎"),
]
USERS = [
    hit("seller_not_listed", "others are", CRAB, right=WHOLE_LIST, authorisations=LISTED),
    hit("seller_not_listed", "a hint of a list in parts", CRAB, right=GI, authorisations=LISTED),
    miss("seller_not_listed", "a neighbour's", "阳山水蜜桃", right=PEACH, authorisations=LISTED),
    miss("seller_not_listed", "nobody is listed", CRAB, right=GI),
    miss("seller_not_listed", "is listed itself", CRAB, right=GI, authorisations=OF_SELLER),
    miss(
        "seller_not_listed",
        "the producer is listed",
        CRAB,
        right=GI,
        authorisations=LISTED,
        sighting=attributes(生产商=PARTY),
    ),
    hit(
        "producer_listed",
        "with its address behind",
        CRAB,
        right=GI,
        authorisations=LISTED,
        sighting=attributes(生产企业=f"{PARTY}(苏州市)"),
    ),
    miss(
        "producer_listed",
        "its listing has ended",
        CRAB,
        right=GI,
        authorisations=ENDED,
        sighting=attributes(生产商=PARTY),
    ),
    miss(
        "producer_listed",
        "another producer",
        CRAB,
        right=GI,
        authorisations=LISTED,
        sighting=attributes(生产商="安徽某渔业公司"),
    ),
]
ORIGINS = [
    hit("origin_outside", "dispatch", CRAB, right=GI, sighting={"ships_from": "安徽"}),
    hit(
        "origin_outside",
        "grown outside, sent from inside",
        CRAB,
        right=GI,
        sighting=attributes(产地="安徽", 发货地="苏州"),
    ),
    hit("origin_outside", "origin", CRAB, right=GI, sighting=attributes(产地="安徽省马鞍山市")),
    hit("origin_outside", "abroad", CRAB, right=GI, sighting=attributes(原产国="泰国")),
    hit(
        "origin_outside",
        "the name tells the area",
        "昆山大闸蟹",
        right=NO_AREA,
        sighting=attributes(产地="安徽"),
    ),
    miss(
        "origin_outside",
        "the name's own place",
        "昆山大闸蟹",
        right=NO_AREA,
        sighting=attributes(产地="江苏昆山"),
    ),
    miss(
        "origin_outside",
        "no area, and no division",
        CRAB,
        right=GI | {"area": ()},
        sighting=attributes(产地="安徽"),
    ),
    miss("origin_outside", "inside", CRAB, right=GI, sighting={"ships_from": "苏州"}),
    miss(
        "origin_outside",
        "one of its warehouses is inside",
        CRAB,
        right=GI,
        sighting=attributes(发货地="上海") | {"ships_from": "苏州"},
    ),
    miss(
        "origin_outside",
        "grown inside, sent from outside",
        CRAB,
        right=GI,
        sighting=attributes(产地="苏州", 发货地="上海"),
    ),
    miss("origin_outside", "the wider place", CRAB, right=GI, sighting={"ships_from": "江苏"}),
    miss("origin_outside", "all of China", CRAB, right=GI, sighting=attributes(产地="中国大陆")),
    miss("origin_outside", "not stated", CRAB, right=GI),
    miss("origin_outside", "a mark has no area", "云栖虎", sighting={"ships_from": "安徽"}),
    hit("origin_inside", "inside", CRAB, right=GI, sighting={"ships_from": "江苏苏州"}),
    hit("origin_inside", "a county of it", CRAB, right=GI, sighting=attributes(产地="昆山市")),
    miss("origin_inside", "outside", CRAB, right=GI, sighting={"ships_from": "安徽"}),
    miss(
        "origin_inside",
        "grown outside, sent from inside",
        CRAB,
        right=GI,
        sighting=attributes(产地="安徽", 发货地="苏州"),
    ),
]
SEASONS = [
    hit("sold_out_of_season", "fresh by nature", CRAB, right=SEASON, sighting=on(6, 1)),
    hit(
        "sold_out_of_season",
        "said to be just cut",
        "云溪大米 现割新米",
        right=RICE,
        sighting=on(6, 1),
    ),
    miss("sold_out_of_season", "rice keeps", "云溪大米", right=RICE, sighting=on(6, 1)),
    miss("sold_out_of_season", "in season", CRAB, right=SEASON, sighting=on(10, 1)),
    miss("sold_out_of_season", "days before it", CRAB, right=SEASON, sighting=on(9, 8)),
    miss("sold_out_of_season", "over New Year", CRAB, right=OVER_NEW_YEAR, sighting=on(1, 15)),
    hit(
        "sold_out_of_season", "outside, over New Year", CRAB, right=OVER_NEW_YEAR, sighting=on(7, 1)
    ),
    miss("sold_out_of_season", "frozen", f"{CRAB} 速冻", right=SEASON, sighting=on(6, 1)),
    miss("sold_out_of_season", "sold in advance", f"{CRAB} 预售", right=SEASON, sighting=on(6, 1)),
    miss("sold_out_of_season", "no season told", CRAB, right=GI, sighting=on(6, 1)),
]
STANDARDS = [
    hit(
        "standard_not_met",
        "another",
        CRAB,
        right=STANDARD,
        sighting=attributes(产品标准号="SC/T 3032-2007"),
    ),
    hit(
        "standard_not_met",
        "a company's own",
        CRAB,
        right=STANDARD,
        sighting=attributes(执行标准="Q/ABC 0001S-2021"),
    ),
    hit("standard_not_met", "left blank", CRAB, right=STANDARD, sighting=attributes(执行标准="无")),
    miss(
        "standard_not_met",
        "its own",
        CRAB,
        right=STANDARD,
        sighting=attributes(产品标准号="GB/T19957"),
    ),
    miss(
        "standard_not_met",
        "its own among others",
        f"{CRAB} SC/T 3032 GB/T 19957-2005",
        right=STANDARD,
    ),
    miss("standard_not_met", "a standard of food safety", f"{CRAB} GB 2763-2021", right=STANDARD),
    miss("standard_not_met", "nothing said of standards", CRAB, right=STANDARD),
    miss(
        "standard_not_met",
        "none registered",
        CRAB,
        right=GI,
        sighting=attributes(执行标准="SC/T 3032"),
    ),
    miss("standard_not_met", "a model is no standard", f"{CRAB} T20 Q235", right=STANDARD),
]
PROCESSING = [
    hit("processed_goods", "juice", "阳溪水蜜桃汁 300ml", right=PEACH),
    hit("processed_goods", "a flavour", "阳溪水蜜桃味苏打水", right=PEACH),
    hit("processed_goods", "braised", "阳溪 红烧水蜜桃", right=PEACH),
    hit("processed_goods", "young trees", "阳溪水蜜桃树苗 苗木", right=PEACH | {"name": "阳溪桃"}),
    miss("processed_goods", "fresh", "阳溪水蜜桃 8个", right=PEACH),
    miss(
        "processed_goods",
        "the product itself is made",
        "云溪酱鸭",
        right=PEACH | {"name": "云溪酱鸭"},
    ),
    miss(
        "processed_goods",
        "tea behind a tea's own word",
        "云溪龙井茶 250g",
        right=PEACH | {"name": "云溪龙井", "product": "龙井"},
    ),
    miss(
        "processed_goods",
        "the register tells the product with it",
        "云溪雪芽膏",
        right=PEACH | {"name": "云溪雪芽", "product": "雪芽膏"},
    ),
    hit(
        "processed_goods",
        "tea of a fruit is another sort",
        "阳溪水蜜桃茶",
        right=PEACH,
    ),
]
CASES: list[Case] = [*APART, *WORDING, *USERS, *ORIGINS, *SEASONS, *STANDARDS, *PROCESSING]
