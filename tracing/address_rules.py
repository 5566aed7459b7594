"""What the parts of an address look like: the endings and numbers that tell their kind."""

from __future__ import annotations

import re

from tracing.address_kinds import PartKind

HAN = r"[\u4e00-\u9fff]"
NUMERAL = r"(?:[0-9]+|[一二三四五六七八九十百]+|两(?=[幢栋]))"
MARKS = re.compile(r"[^\w#]+|_+")
NOISE = re.compile(
    r"电话联系|电联系?|请?联系电话|null|(?<![0-9])1[3-9][0-9]{9}(?![0-9])"
    r"|^(?:退货|收货|发货|寄件|联系|详细|公司|仓库)?地址|^(?:收[件货]|寄件|联系)人(?=[^\w])|收(?:件人?)?$|(?<=[0-9])一(?=[0-9])"
    r"|(?<=_)[0-9]{6}(?![0-9])|(?<=[市区县])[0-9]{3}[A-Z]{2}$|市辖区|其[它他]区|(?<=[面边旁口近侧])的|工号"
    r"|(?:节假日|工作日|周[一末日]|[上下]午|晚上|白天|全天)*(?:均可|都可以?|正常)?(?:再|不)?(?:派[送件]|送货)"
    r"|(?:麻烦|务必|到了|到付|退回|货到|送[到货]|派[送件]前|提前|打电话|电话通知|不要|请[不勿先打在放送电]|谢谢|急件|加急|尽快"
    r"|放(?:门卫|传达|物业|保安|前台|快递|丰巢|菜鸟|驿站|代收))[\u4e00-\u9fff]{0,16}$"
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
CODE = re.compile(
    r"(?P<code>[A-Za-z]*[0-9]+[A-Za-z0-9]*|[A-Za-z](?![A-Za-z])|[一二三四五六七八九十]+(?=[号室](?![\u4e00-\u9fff])))(?P<kind>[号室]?)"
)
ROOMS = re.compile(r"(?<![0-9-])([0-9]{2,5})-([0-9]{2,5})(?![0-9-])(?:[号室房铺]|(?<=[0-9]{3}))")
PARTED_ROOM = re.compile(r"(?:[0-9]{3,5}|[0-9]{2}[A-Z])-[0-9]{1,2}(?![0-9A-Za-z室-])号?")
"""1502-2: a room that was parted."""
LISTED_ROOMS = re.compile(r"[0-9]{1,5}(?:、[0-9]{1,5})+[号室]?")
LETTERED_HOUSE = re.compile(r"[A-Za-z][0-9]{1,2}号?(?![0-9A-Za-z])")
"""安琪儿灯具城C3: of a market, a building; a room is A1435 there."""
LETTERED_ROOM = re.compile(r"[A-Z]-?[0-9]{1,4}(?![0-9A-Za-z-])[号室]?")
"""7楼C-11: of a floor, a room."""
NO_ROAD = re.compile(rf"{HAN}[东南西北中]?[路街](?!道)")
"""白云山中路: 山中路 is no road's name, so 白云 is no district."""
DISTANCE = re.compile(r"[0-9]{1,4}(?:多?米|公里)(?!路|街)")
STRETCH = re.compile(rf"{NUMERAL}段")
"""中山大街5段: a stretch of a road, numbered."""
GROUP = re.compile(rf"{NUMERAL}(?:组(?!团)|[队社](?![\u4e00-\u9fff]))")
WITHIN = re.compile(
    rf"[东南西北]大?[0-9一二三四五六七八九十]?[门区座苑](?!域)|[东南西北]大?楼|(?:{NUMERAL}|[A-Za-z])组团|{NUMERAL}[园苑]|(?P<area>(?:{NUMERAL}|[A-Za-z])[区期])|[A-Za-z]馆"
)
AREA = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z][0-9]?)区")
NUMBERED_NAME = re.compile(
    r"[0-9一二三四五六七八九十]{1,4}号(?:仓库?|库|厂房|馆|电梯|柜|桥|公寓楼?|网点|窗口)|[0-9]{1,4}(?:小区|酒店|[Ss]店)"
)
"""速8酒店, 1号仓库: a number that is part of a name."""
NAME_GOES_ON = re.compile(r"[0-9]{1,4}(?:小区|酒店|医院|[Ss]店)")
"""速8酒店: a number inside a name."""
LOCKER = re.compile(r"(?:[0-9]+号柜)?(?:丰巢|菜鸟驿站|速递易)(?:快递柜?)?")
WITHIN_NAMED = re.compile(
    r"[东南西北]大?[门楼区](?![\u4e00-\u9fff])|[东南西北][0-9一二三四五六七八九十]区|[东南西北]大?门(?=[口对旁附])|[东南西北]大门"
    r"|丰巢|菜鸟驿站|速递易|(?:办公室|收银部|财务部|门卫室?|保安室|传达室|停车场|地下室)(?![\u4e00-\u9fff])"
)
DISTRICT = re.compile(
    rf"{HAN}{{1,3}}?(?<![小园业发社片校厂])(?<!高新)[区县](?!域|城|政府|[东南西北]?[路街])"
)
"""A district misspelt, or known by another name: after a city it is one all the same."""
CITY = re.compile(rf"{HAN}{{2,3}}市(?![场民区])")
"""A city misspelt after its province."""
ITS_OFFICE = re.compile(
    r"[市县区]?(?:第?[一二三四五六]?(?:人民|中医)?医院|中心医院)|新村|疾控中心|(?:人民)?(?:政府|法院|检察院)|党校|公安局|图书馆|体育"
)
"""慈溪人民医院, 浦东新村: what is named after a division and lies in one."""
ITS_ZONE = re.compile(r"(?:经济|技术|高新|产业)*开发区")
STUMP = re.compile(
    rf"{HAN}(?:[路街苑](?!道)|[一二三四五六七八九十][东南西北中]路|[0-9])|[东南西北]?[一二三四五六七八九十](?:小?区|苑|园)"
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
            rf"[0-9]{{1,3}}号?(?:大街|大道|路|街(?![区坊])|巷)|{NUMERAL}号(?:大街|大道|路|街)"
            r"|(?:[GSgs]?[0-9]{2,4}|[一二三四五六七八九零〇]{3})(?:国道|省道|县道)"
        ),
    ),
    (PartKind.UNIT, re.compile(rf"(?:{NUMERAL}|[A-Za-z]|[东西南北中])单元")),
    (
        PartKind.FLOOR,
        re.compile(
            rf"[负地下]*(?:[0-9]+-)?{NUMERAL}[A-Z]?(?:楼(?!栋)|层)|[0-9]+[Ff](?![0-9A-Za-z])"
            r"|[BbLl]-?[0-9]层|[底顶夹]层"
        ),
    ),
    (
        PartKind.BUILDING,
        re.compile(
            rf"第?(?:[甲乙丙丁]?[A-Za-z]?-?{NUMERAL}(?:-[0-9]+)*[A-Za-z]?|[A-Za-z])(?:号楼|#楼?|[撞橦憧]|幢(?:楼(?!下))?|栋(?:楼(?!下))?|座|排)|[A-Za-z]楼"
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
_SIDE = r"[东南西北]{1,2}"
_HINTS = (
    rf"{_SIDE}(?:侧|角(?!度)|边|首|面(?=[0-9])|[向往]?[0-9]+(?:多?米|公里)(?:处|左右)?)",
    r"[向往][东南西北左右前后里]{1,2}(?:走|行|约|大约)*[0-9]+(?:多?米|公里)(?:处|左右)?",
    r"[左右前后]{1,2}[0-9]+(?:米|公里)|直走|进去|往里|[左右](?:手?[侧边]|手$|转|拐)",
    r"(?:[丁十]字|三?岔)路口|红绿灯(?:处|旁|路口)?|(?<![进出])[进出入]口(?:处|(?![\u4e00-\u9fff]))"
    r"|(?:[转拐]角|[转拐]弯|尽头)处?(?![\u4e00-\u9fff]{2}[路街])",
    r"[东南西北正大斜]{0,2}(?:(?:交叉|交汇|交界|交接|相交|汇合)(?:路?口|处)*|交口|(?:(?<![\u4e00-\u9fff])|(?<=[路街道]))路口"
    r"|门口|门[前外](?![大路街])|旁边|旁侧?|对[面过门]|隔壁|附近|周边|一带|楼(?:[上下](?!村)|[前后](?!面))|边上|[前后里外侧]面"
    r"|[里外前后]边|中间(?![\u4e00-\u9fff])|背后|[内外]侧|[侧面边](?![\u4e00-\u9fff]))(?!路)",
    r"第[一二三四五六七八九十](?:家|个(?:路口|红绿灯|门))|朝[东南西北](?:靠[东南西北]侧?)?|以[东南西北](?![\u4e00-\u9fff]{2})|沿[街线](?![\u4e00-\u9fff])|靠近(?=[\u4e00-\u9fff])",
    r"(?<=[路街道巷门弄])口|(?<=村)村[东南西北口头]|(?<=[路米])路[东南西北](?![\u4e00-\u9fff])|(?<=镇)镇[东南西北](?!.?[路街村])",
    r"院内|内(?![\u4e00-\u9fff])|(?<=[区园厂场厦城地])[内边里](?=[\u4e00-\u9fff]{3})|(?<=[路街道心园技楼厦场城院])[东南西北](?=[0-9])",
)
HINT = re.compile("|".join(_HINTS))
TOWN = re.compile(
    rf"{HAN}{{1,6}}?(?:街道办事处|街道办|街道|(?<=..)镇(?![东西南北中]?[路街村])|乡(?![路村镇]|街道|大道)|苏木)(?<!小镇)(?<!水乡)"
)
TOWN_KINDS = ("街道办事处", "街道办", "街道", "镇", "乡", "苏木")
ZONE = re.compile(rf"{HAN}{{0,8}}?(?:开发区|高新区|经开区|产业集聚区|产业聚集区|保税区)(?!管委会)")
HAMLET = re.compile(
    rf"(?:(?!村){HAN}){{1,3}}?[畈洼坞埭浜岙垟坑宅屯寨峪][头口里]?(?=(?!村|社区|[东南西北中新]?[路街区桥]|工业|小区|新村|花园|公寓|家园|市场|学校|[大中小]学)(?:(?![路街村]){HAN}){{2}})"
)
"""下骆宅|紫金二区: characters that end names of hamlets and little else."""
NUMBERED_ROAD = re.compile(
    rf"(?:(?![路街道]){HAN}){{1,4}}[0-9]{{1,2}}(?:路|街(?![道区]))|{HAN}{{2,3}}[一二三四五六七八九十]{{1,2}}弄|{HAN}{{2,4}}(?<!街)道(?=[0-9]+号)"
    rf"|{HAN}{{2,3}}[一二三四五六七八九十]{{1,2}}道(?=[0-9]|[一二三四五六七八九十]{{1,2}}路)"
)
ENDED: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (PartKind.TOWN, TOWN),
    (PartKind.ZONE, ZONE),
    (
        PartKind.COMMUNITY,
        re.compile(
            rf"{HAN}{{1,6}}?(?:村民?委员?会?|社区(?!卫生|服务|医院|警务)|居委会|(?<!新)(?<!度假)村(?!桥|[东西南北中]?(?:路|街|大道|大街)|镇|小区|村民?委))"
        ),
    ),
    (
        PartKind.ROAD,
        re.compile(
            rf"{HAN}{{1,14}}?(?:大道|大街|公路|国道|省道|胡同|(?<![公铁])路(?!桥|街道|头村|边|村|社区|居委)|(?<!步行)(?<!商业)(?<!美食)(?<!天)(?<!条)街(?!道|街道|坊|区|头村|边|路(?!口)|村|社区|居委|[东南西北中][路街])"
            rf"|巷(?!口|村|社区|居委|[东南西北中][路街])|弄(?!堂)|组(?!团|织)|线(?=[0-9交与和]|{HAN}{{2}}段)|(?<={HAN}{{2}})段(?=[0-9]))|[东南西北][一二三四]?环(?=[0-9交与和])|[东南西北中]段"
        ),
    ),
)
ROAD_KIND = re.compile(r"[东南西北中]?[一二三四五六七八九十]?(?:大道|大街|公路|路|街|巷|弄|胡同)$")
COMMON_ROAD = re.compile(
    r"(?:门[内外]|[年化]宫|[车汽]站|体育[馆场]|科技|软件|工商|风情|中心|时代|文化|玉器|服装|建材|电子)$"
)
"""Words that many towns have a road of, so that the town's name belongs to the road's."""
