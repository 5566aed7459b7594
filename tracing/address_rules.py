"""What the parts of an address look like: the endings and numbers that tell their kind."""

from __future__ import annotations

import re

from tracing.address_kinds import PartKind

HAN = r"[\u4e00-\u9fff]"
NUMERAL = r"(?:[0-9]+|[一二三四五六七八九十百]+)"
MARKS = re.compile(r"[^\w#]+|_+")
NOISE = re.compile(
    r"电话联系|电联系?|请?联系电话|货到[^0-9]{0,8}|null|^地址|收(?:件人?)?$|(?<=[0-9])一(?=[0-9])|(?<=_)[0-9]{6}(?![0-9])|市辖区|其[它他]区"
)
DOUBLED = re.compile(rf"({HAN}{{3,}})\\1")
AND = re.compile(r"[与和](?=.{1,8}[路街道线巷])")
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
ROOMS = re.compile(r"(?<![0-9-])([0-9]{3,5})-([0-9]{3,5})(?![0-9-])[号室房铺]?")
NO_ROAD = re.compile(rf"{HAN}[东南西北中]?[路街](?!道)")
"""白云山中路: 山中路 is no road's name, so 白云 is no district."""
DISTANCE = re.compile(r"[0-9]{1,4}(?:多?米|公里)(?!路|街)")
GROUP = re.compile(rf"{NUMERAL}组(?!团)")
WITHIN = re.compile(
    rf"[东南西北]大?[0-9一二三四五六七八九十]?[门区座苑楼](?!域)|{NUMERAL}(?:组团|[园苑])|(?P<area>(?:{NUMERAL}|[A-Za-z])[区期])"
)
AREA = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z][0-9]?)区")
NUMBERED_NAME = re.compile(
    r"[0-9一二三四五六七八九十]{1,4}号(?:仓库?|厂房|馆|电梯|柜|桥|公寓)|[0-9]{1,4}(?:小区|酒店|[Ss]店)"
)
"""速8酒店, 1号仓库: a number that is part of a name."""
NAME_GOES_ON = re.compile(r"[0-9]{1,4}(?:小区|酒店|[Ss]店)")
"""速8酒店: a number inside a name."""
LOCKER = re.compile(r"(?:[0-9]+号柜)?(?:丰巢|菜鸟驿站|速递易)(?:快递柜?)?")
WITHIN_NAMED = re.compile(
    r"[东南西北]大?[门楼区](?![\u4e00-\u9fff])|[东南西北]大?门(?=[口对旁附])|[东南西北]大门"
    r"|丰巢|菜鸟驿站|速递易|(?:办公室|收银部|财务部|门卫室?|保安室|传达室|停车场|地下室)(?![\u4e00-\u9fff])"
)
DISTRICT = re.compile(
    rf"{HAN}{{1,3}}?(?<![小园业发社片校厂])(?<!高新)[区县](?!域|城|政府|[东南西北]?[路街])"
)
"""A district misspelt, or known by another name: after a city it is one all the same."""
ITS_ZONE = re.compile(r"(?:经济|技术|高新|产业)*开发区")
WRONG_KIND = re.compile(r"新?[区县](?!域|政府)")
GATE = re.compile(r"[0-9]+号?门(?![面市诊])")
AISLE = re.compile(r"[0-9]+街(?!道)|[一二三四五六七八九十]+街(?=[0-9]|$)")
"""A row of stalls in a market: 国际商贸城四区9楼7街."""
ESTATE = re.compile(r"(?:小区|[园苑区]|新村|公寓|花城|家园|庄园|一村|[二三四五]村|公司|集团)$")
MARKET = re.compile(r"(?:市场|商城|大厦|[^路]楼|中心|[^\W\d_]贸城|广场|酒店|[纺皮革配材]城)$")
NUMBERED: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (
        PartKind.ROAD,
        re.compile(
            rf"[0-9]{{1,3}}号?(?:大街|大道|路|街|巷)|{NUMERAL}号(?:大街|大道|路|街)"
            r"|(?:[GSgs]?[0-9]{2,4}|[一二三四五六七八九零〇]{3})(?:国道|省道|县道)"
        ),
    ),
    (PartKind.UNIT, re.compile(rf"(?:{NUMERAL}|[A-Za-z]|[东西南北中])单元")),
    (
        PartKind.FLOOR,
        re.compile(
            rf"[负地下]*(?:[0-9]+-)?{NUMERAL}[A-Z]?(?:楼(?!栋)|层)|[0-9]+[Ff](?![0-9A-Za-z])"
        ),
    ),
    (
        PartKind.BUILDING,
        re.compile(
            rf"(?:[A-Za-z]?-?{NUMERAL}(?:-[0-9]+)*[A-Za-z]?|[A-Za-z])(?:号楼|#楼?|撞|幢(?:楼(?!下))?|栋(?:楼(?!下))?|座|排)"
        ),
    ),
    (
        PartKind.ROOM,
        re.compile(r"[A-Za-z]?[0-9]+[A-Za-z]?(?:室|号?房间?|户|档口?|办公室|店(?!面))"),
    ),
)
NUMBERS_BEGIN = re.compile(
    r"[0-9#]|[A-Za-z](?![A-Za-z])|[A-Za-z]{2,}(?=[0-9])"
    r"|[一二三四五六七八九十百负]+(?:号|幢|栋|单元|楼|层|室|弄|座|排|组|区|期)"
)
LATIN_WORD = re.compile(r"[A-Za-z]{2}")
HINT = re.compile(
    r"[东南西北]{1,2}(?:侧|角(?!度)|边)|[向往]?[东南西北左右前后]{1,2}[0-9]+(?:米|公里)|[丁十]字路口|(?<=[路街道巷门])口"
    r"|[东南西北正大斜]{0,2}(?:门口|旁边|旁|对面|对过|隔壁|附近|[左右]手?[侧边]|交叉路?口|交口|交汇处?口?|交界处?"
    r"|(?<![\u4e00-\u9fff])路口|楼下|边上|后面|前面|[侧面边](?![\u4e00-\u9fff]))(?!路)"
    r"|院内|内(?![\u4e00-\u9fff])|(?<=[路街道])[东南西北](?=[0-9])"
)
TOWN = re.compile(
    rf"{HAN}{{1,6}}?(?:街道办事处|街道办|街道|镇(?![东西南北中]?[路街村])|乡(?![路村镇])|苏木)(?<!小镇)(?<!水乡)"
)
ZONE = re.compile(rf"{HAN}{{0,8}}?(?:开发区|高新区|经开区|产业集聚区|产业聚集区|保税区)(?!管委会)")
NUMBERED_ROAD = re.compile(
    rf"{HAN}{{1,4}}[0-9]{{1,2}}(?:路|街(?!道))|{HAN}{{2,3}}[一二三四五六七八九十]{{1,2}}弄|{HAN}{{2,4}}(?<!街)道(?=[0-9]+号)"
    rf"|{HAN}{{2,3}}[一二三四五六七八九十]{{1,2}}道(?=[0-9]|[一二三四五六七八九十]{{1,2}}路)"
)
ENDED: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (PartKind.TOWN, TOWN),
    (PartKind.ZONE, ZONE),
    (
        PartKind.COMMUNITY,
        re.compile(
            rf"{HAN}{{1,6}}?(?:村民?委员?会?|社区|居委会|(?<!新)(?<!度假)村(?!桥|[东西南北中]?[路街]|镇|小区))"
        ),
    ),
    (
        PartKind.ROAD,
        re.compile(
            rf"{HAN}{{1,14}}?(?:大道|大街|公路|国道|省道|胡同|(?<!公)路(?!桥|街道|村|社区)|(?<!步行)(?<!商业)(?<!美食)(?<!天)街(?!道|坊|区|路|村|社区)"
            r"|巷(?!口|村|社区)|弄(?!堂)|组(?!团|织)|线(?=[0-9交与和]))|[东南西北][一二三四]?环(?=[0-9交与和])|[东南西北中]段"
        ),
    ),
)
ROAD_KIND = re.compile(r"[东南西北中]?[一二三四五六七八九十]?(?:大道|大街|公路|路|街|巷|弄|胡同)$")
COMMON_ROAD = re.compile(r"(?:科技|软件|工商|风情|中心|时代|文化|玉器|服装|建材|电子)$")
"""Words that many towns have a road of, so that the town's name belongs to the road's."""
