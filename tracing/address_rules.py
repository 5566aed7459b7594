"""What the parts of an address look like: the endings and numbers that tell their kind."""

from __future__ import annotations

import re

from tracing.address_kinds import PartKind

HAN = r"[\u4e00-\u9fff]"
NUMERAL = r"(?:[0-9]+|[一二三四五六七八九十百]+|两(?=[幢栋]))"
MARKS = re.compile(r"[^\w#]+|_+")
NOISE = re.compile(
    r"电话联系|电联系?|请?联系电话|货到[^0-9]{0,8}|null|^地址|收(?:件人?)?$|(?<=[0-9])一(?=[0-9])"
    r"|(?<=_)[0-9]{6}(?![0-9])|市辖区|其[它他]区|(?<=[面边旁口近侧])的|工号"
    r"|(?:节假日|工作日|周末|[上下]午|晚上)?(?:正常|再)?派[送件]"
    r"|(?:麻烦|务必|到了|到付|退回)[\u4e00-\u9fff]{2,12}$"
)
"""What people write for the courier, and what forms leave behind."""
DOUBLED = re.compile(rf"({HAN}{{2,}})\1")
AND = re.compile(r"[与和](?=.{1,8}[路街道线巷环])")
COUNTRY = re.compile(
    r"中华人民共和国|中国(?!银行|移动|联通|电信|建设|农业|工商|邮政|石|人|轻|小|皮|铁)"
)
_NAME_FOLLOWS = rf"(?={HAN}{{2}})(?![号楼幢栋座区室层期排门弄组单馆苑店户一二三四五六七八九十])"
NAMED_LETTER = rf"[A-Za-z](?![A-Za-z]){_NAME_FOLLOWS}"
NAME_BEGINS = re.compile(rf"{NAMED_LETTER}|[A-Z]{{2,}}[0-9]+{_NAME_FOLLOWS}")
"""天堂e谷, NB568电商产业园: letters that begin a name or go on with it."""
LANE = re.compile(rf"{NUMERAL}弄")
NUMBER = re.compile(
    r"(?:附|北?[甲乙丙丁](?=[0-9])|第)?(?:[0-9]+(?:[A-Za-z](?![0-9]))?(?:[-、~—][0-9]+)*|[一二三四五六七八九十百]+(?=号))号?"
    r"(?:院|之[0-9一二三]+|附[0-9]+号)?"
)
BEFORE_ROOM = re.compile(r"[0-9]{1,2}[A-Za-z](?=[0-9]{3,4})")
CODE = re.compile(r"(?P<code>[A-Za-z]*[0-9]+[A-Za-z0-9]*|[A-Za-z](?![A-Za-z]))(?P<kind>[号室]?)")
ROOMS = re.compile(r"(?<![0-9-])([0-9]{3,5})-([0-9]{3,5})(?![0-9-])[号室房铺]?")
PARTED_ROOM = re.compile(r"(?:[0-9]{3,5}|[0-9]{2}[A-Z])-[0-9]{1,2}(?![0-9A-Za-z室-])号?")
"""1502-2: a room that was parted."""
LISTED_ROOMS = re.compile(r"[0-9]{1,5}(?:、[0-9]{1,5})+[号室]?")
LETTERED_HOUSE = re.compile(r"[A-Za-z][0-9]{1,2}(?![0-9A-Za-z])")
"""安琪儿灯具城C3: of a market, a building; a room is A1435 there."""
LETTERED_ROOM = re.compile(r"[A-Z]-?[0-9]{1,4}(?![0-9A-Za-z-])[号室]?")
"""7楼C-11: of a floor, a room."""
NO_ROAD = re.compile(rf"{HAN}[东南西北中]?[路街](?!道)")
"""白云山中路: 山中路 is no road's name, so 白云 is no district."""
DISTANCE = re.compile(r"[0-9]{1,4}(?:多?米|公里)(?!路|街)")
STRETCH = re.compile(rf"{NUMERAL}段")
"""中山大街5段: a stretch of a road, numbered."""
GROUP = re.compile(rf"{NUMERAL}组(?!团)")
WITHIN = re.compile(
    rf"[东南西北]大?[0-9一二三四五六七八九十]?[门区座苑](?!域)|[东南西北]大?楼|{NUMERAL}(?:组团|[园苑])|(?P<area>(?:{NUMERAL}|[A-Za-z])[区期])|[A-Za-z]馆"
)
AREA = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z][0-9]?)区")
NUMBERED_NAME = re.compile(
    r"[0-9一二三四五六七八九十]{1,4}号(?:仓库?|库|厂房|馆|电梯|柜|桥|公寓|网点|窗口)|[0-9]{1,4}(?:小区|酒店|[Ss]店)"
)
"""速8酒店, 1号仓库: a number that is part of a name."""
NAME_GOES_ON = re.compile(r"[0-9]{1,4}(?:小区|酒店|医院|[Ss]店)")
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
ITS_OFFICE = re.compile(r"[市县区]?(?:第?[一二三四五六]?(?:人民|中医)?医院|中心医院)|新村")
"""慈溪人民医院, 浦东新村: what is named after a division and lies in one."""
ITS_ZONE = re.compile(r"(?:经济|技术|高新|产业)*开发区")
STUMP = re.compile(
    rf"{HAN}(?:[路街苑](?!道)|[0-9])|[东南西北]?[一二三四五六七八九十](?:小?区|苑|园)"
)
"""What is left of a road's or an estate's name when too much was taken for a town."""
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
            rf"第?(?:[A-Za-z]?-?{NUMERAL}(?:-[0-9]+)*[A-Za-z]?|[A-Za-z])(?:号楼|#楼?|撞|幢(?:楼(?!下))?|栋(?:楼(?!下))?|座|排)"
        ),
    ),
    (
        PartKind.ROOM,
        re.compile(r"[A-Za-z]?[0-9]+[A-Za-z]?(?:室|号?房间?|户|档口?|办公室|店(?!面))"),
    ),
)
NUMBERS_BEGIN = re.compile(
    rf"[0-9#]|[甲乙丙丁][0-9]|第[0-9]|(?!{NAMED_LETTER})[A-Za-z](?![A-Za-z])|[A-Za-z]{{2,}}(?=[0-9])"
    r"|第?[一二三四五六七八九十百负两]+(?:号|幢|栋|单元|楼|层|室|弄|座|排|组|区|期)"
)
LATIN_WORD = re.compile(r"[A-Za-z]{2}")
HINT = re.compile(
    r"[东南西北]{1,2}(?:侧|角(?!度)|边)|[向往]?[东南西北左右前后]{1,2}[0-9]+(?:米|公里)|[丁十]字路口|(?<=[路街道巷门])口"
    r"|[东南西北正大斜]{0,2}(?:门口|旁边|旁|对面|对过|隔壁|附近|[左右]手?[侧边]|交叉路?口|交口|交汇处?口?|交界处?"
    r"|(?<![\u4e00-\u9fff])路口|楼下|边上|后面|前面|[侧面边](?![\u4e00-\u9fff]))(?!路)"
    r"|第[一二三四五]个(?:路口|红绿灯)|[出进入]口处|朝[东南西北](?:靠[东南西北]侧?)?|(?<=[区园厂场厦城地])[内边](?=[\u4e00-\u9fff]{3})"
    r"|院内|内(?![\u4e00-\u9fff])|(?<=[路街道心园技楼厦场城院])[东南西北](?=[0-9])|(?<=镇)镇[东南西北](?!.?[路街村])"
)
TOWN = re.compile(
    rf"{HAN}{{1,6}}?(?:街道办事处|街道办|街道|(?<=..)镇(?![东西南北中]?[路街村])|乡(?![路村镇])|苏木)(?<!小镇)(?<!水乡)"
)
TOWN_KINDS = ("街道办事处", "街道办", "街道", "镇", "乡", "苏木")
ZONE = re.compile(rf"{HAN}{{0,8}}?(?:开发区|高新区|经开区|产业集聚区|产业聚集区|保税区)(?!管委会)")
NUMBERED_ROAD = re.compile(
    rf"(?:(?![路街道]){HAN}){{1,4}}[0-9]{{1,2}}(?:路|街(?!道))|{HAN}{{2,3}}[一二三四五六七八九十]{{1,2}}弄|{HAN}{{2,4}}(?<!街)道(?=[0-9]+号)"
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
            rf"{HAN}{{1,14}}?(?:大道|大街|公路|国道|省道|胡同|(?<![公铁])路(?!桥|街道|村|社区)|(?<!步行)(?<!商业)(?<!美食)(?<!天)街(?!道|坊|区|路|村|社区)"
            rf"|巷(?!口|村|社区)|弄(?!堂)|组(?!团|织)|线(?=[0-9交与和]|{HAN}{{2}}段)|(?<={HAN}{{2}})段(?=[0-9]))|[东南西北][一二三四]?环(?=[0-9交与和])|[东南西北中]段"
        ),
    ),
)
ROAD_KIND = re.compile(r"[东南西北中]?[一二三四五六七八九十]?(?:大道|大街|公路|路|街|巷|弄|胡同)$")
COMMON_ROAD = re.compile(r"(?:科技|软件|工商|风情|中心|时代|文化|玉器|服装|建材|电子)$")
"""Words that many towns have a road of, so that the town's name belongs to the road's."""
