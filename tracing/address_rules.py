"""What the parts of an address look like: kinds, and the endings and numbers that tell them."""

from __future__ import annotations

import re
from enum import Enum

from reference.divisions import Level


class PartKind(Enum):
    """What a part of an address is."""

    COUNTRY = "country"
    PROVINCE = "prov"
    CITY = "city"
    DISTRICT = "district"
    ZONE = "devZone"
    """A development zone."""
    TOWN = "town"
    COMMUNITY = "community"
    ROAD = "road"
    ROAD_NUMBER = "roadno"
    SIDE_ROAD = "subRoad"
    SIDE_ROAD_NUMBER = "subroadno"
    POINT = "poi"
    """A building, market, firm or estate known by name."""
    POINT_WITHIN = "subpoi"
    BUILDING = "houseno"
    UNIT = "cellno"
    FLOOR = "floorno"
    ROOM = "roomno"
    PERSON = "person"
    """Who is found inside a building."""
    HINT = "assist"
    """门口, 对面: a help to find the place."""
    REDUNDANT = "redundant"
    """Marks between parts, and divisions said twice."""


HAN = r"[\u4e00-\u9fff]"
NUMERAL = r"(?:[0-9]+|[一二三四五六七八九十百]+)"
MARKS = re.compile(r"[^\w#]+|_+")
NOISE = re.compile(
    r"电话联系|电联系?|请?联系电话|丰巢(?:快递)?柜?|快递柜|货到[^0-9]{0,8}|市辖区|其[它他]区"
)
AND = re.compile(r"[与和](?=.{1,8}[路街道])")
COUNTRY = re.compile(
    r"中华人民共和国|中国(?!银行|移动|联通|电信|建设|农业|工商|邮政|石|人|轻|小|皮|铁)"
)
LANE = re.compile(rf"{NUMERAL}弄")
NUMBER = re.compile(
    r"附?(?:[0-9]+[A-Za-z]?(?:[-、~—][0-9]+)*|[一二三四五六七八九十百]+(?=号))号?"
    r"(?:院|之[0-9一二三]+|附[0-9]+号)?"
)
BEFORE_ROOM = re.compile(r"[0-9]{1,2}[A-Za-z](?=[0-9]{3,4})")
CODE = re.compile(r"(?P<code>[A-Za-z]*[0-9]+[A-Za-z0-9]*|[A-Za-z](?![A-Za-z]))(?P<kind>[号室]?)")
GROUP = re.compile(rf"{NUMERAL}组(?!团)")
WITHIN = re.compile(
    rf"[东南西北]大?[0-9一二三四五六七八九十]?[门区座苑](?!域)|{NUMERAL}[区期]|[A-Za-z]区|{NUMERAL}组团"
)
NUMBERED: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (PartKind.ROAD, re.compile(r"[0-9]{1,3}号?(?:大街|大道|路|街|国道|省道|县道)")),
    (PartKind.UNIT, re.compile(rf"(?:{NUMERAL}|[A-Za-z]|[东西南北中])单元")),
    (
        PartKind.FLOOR,
        re.compile(
            rf"[负地下]*(?:[0-9]+-)?{NUMERAL}[A-Z]?(?:楼(?!栋)|层)|[0-9]+[Ff](?![0-9A-Za-z])"
        ),
    ),
    (
        PartKind.BUILDING,
        re.compile(rf"(?:[A-Za-z]?-?{NUMERAL}[A-Za-z]?|[A-Za-z])(?:号楼|#楼?|幢楼?|栋楼?|座)"),
    ),
    (PartKind.ROOM, re.compile(r"[A-Za-z]?[0-9]+[A-Za-z]?(?:室|号?房(?!间)|号?铺)")),
)
NUMBERS_BEGIN = re.compile(
    r"[0-9A-Za-z#]|[一二三四五六七八九十百负]+(?:号|幢|栋|单元|楼|层|室|弄|座|排|组|区)"
)
LATIN_WORD = re.compile(r"[A-Za-z]{2}")
HINT = re.compile(
    r"[东南西北正大斜]{0,2}(?:门口|旁边|旁|对面|对过|隔壁|附近|交叉路?口|交汇处?口?|交界处?|路口|楼下|边上|后面|前面"
    r"|[侧面边角](?![\u4e00-\u9fff])|[0-9]+米)|院?内(?![\u4e00-\u9fff])|口(?=$|[^\u4e00-\u9fff]|[\u4e00-\u9fff]{4})"
)
TOWN = re.compile(
    rf"{HAN}{{1,6}}?(?:街道办事处|街道办|街道|镇(?![东西南北中]?[路街村])|乡(?![路村])|苏木)"
)
ZONE = re.compile(rf"{HAN}{{0,8}}?(?:开发区|高新区|经开区|产业集聚区|产业聚集区|保税区)(?!管委会)")
NUMBERED_ROAD = re.compile(rf"{HAN}{{1,4}}[0-9]{{1,2}}(?:路|街(?!道))")
ENDED: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (PartKind.TOWN, TOWN),
    (PartKind.ZONE, ZONE),
    (
        PartKind.COMMUNITY,
        re.compile(
            rf"{HAN}{{1,6}}?(?:村民?委员?会?|社区|居委会|(?<!新)(?<!度假)村(?![东西南北中]?[路街]|镇|小区))"
        ),
    ),
    (
        PartKind.ROAD,
        re.compile(
            rf"{HAN}{{1,6}}?(?:大道|大街|公路|国道|省道|胡同|(?<!公)路(?!口|桥|街道)|街(?!道|坊|区)"
            r"|巷(?!口)|弄(?!堂)|组(?!团|织))|[东南西北中]段"
        ),
    ),
    (
        PartKind.POINT,
        re.compile(
            rf"{HAN}{{1,12}}?(?:小区|大厦|广场|花园|公寓|公司|市场|商城|大楼|学校|中学|小学|大学(?!.{{0,6}}(?:校区|医院|附))"
            r"|学院|医院|酒店|宾馆|饭店|银行(?!.{0,8}支行)|新村|家园|[名花佳雅嘉]苑|嘉园|山庄|别墅|超市|商厦|幼儿园"
            r"|工业园区?|工业区|科技园|创业园|产业园|物流园|园区|[^\W\d]苑|豪庭|公馆)"
            rf"(?:小区)?(?:{NUMERAL}期)?"
        ),
    ),
)
ROAD_KIND = re.compile(r"[东南西北中]?[一二三四五六七八九十]?(?:大道|大街|公路|路|街|巷|弄|胡同)$")
AFTER_ROAD = {PartKind.ROAD, PartKind.COMMUNITY, PartKind.ZONE, PartKind.TOWN}
POINTS = {PartKind.POINT, PartKind.POINT_WITHIN}
INDOORS = {PartKind.UNIT, PartKind.FLOOR, PartKind.ROOM}
DIVISIONS = {
    Level.PROVINCE: PartKind.PROVINCE,
    Level.PREFECTURE: PartKind.CITY,
    Level.COUNTY: PartKind.DISTRICT,
    Level.ZONE: PartKind.ZONE,
}
DIVIDED = {PartKind.PROVINCE, PartKind.CITY, PartKind.DISTRICT, PartKind.TOWN}
MUNICIPALITIES = ("11", "12", "31", "50")
