"""Where the name of a point of interest ends: estates, markets, parks, offices, shops."""

from __future__ import annotations

import re

_ESTATES = (
    "小区|新[村邨]|花园|花苑|公寓|家属[院楼区]|宿舍楼|安置[房区]|公租房|廉租房|拆迁房|商品房|家苑|大院|官邸|美墅"
    "|家园|嘉园|佳园|雅园|景园|御园|豪园|丽园|绿园|名园|山庄|别墅|人家|世家|名家"
    "|豪庭|华庭|名庭|嘉庭|豪苑|名苑|佳苑|嘉苑|雅苑|锦苑|景苑|水苑|新苑|馨苑|华苑|公馆|华府|名府|首府|观府|御府"
    "|名邸|府邸|丽都|名都|水都|鞋都|水岸|海岸|半岛|国际城|水郡|名郡|名居|雅居|新居|住宅区|生活区|宿舍|商住楼"
    r"|(?<=[^\W\d_]{2})[苑轩](?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_]{2})城(?![区市乡村东南西北中门关建郊隍])"
)
_MARKETS = (
    "市场|商城|商场|广场(?!舞)|大厦|大楼|商厦|超市(?!店)|写字楼|商务楼|综合楼|办公楼|批发部"
    "|(?:科创|科技|金融|商务|商业|商贸|贸易|购物|创业|创新|创意|孵化|研发|设计|物流|仓储|配送|交易|批发|总部|电商|网商"
    "|行政|便民|活动|健身|培训|教育|体育|文化|艺术|会展|展览|客运|服务|国际|世贸|国贸|广场)中心"
    "|茶城|鞋城|商业街|步行街|美食街|风情街|小吃街|菜场|农贸城|博览城|购物公园|奥特莱斯|生活馆"
)
_PARKS = (
    "工业园区?|工业区|工业城|科技园区?|产业园区?|创业园区?|创意园区?|软件园区?|物流园区?|电商园区?"
    "|(?:孵化|生态|农业|服装|印刷|食品|医药|生物|数码|创客|文创|总部|商贸|电子)园|产业城|集中区"
    "|(?:产业|工业|生产|物流|总部|培训|仓储|影视)基地|园区|厂区|校区|矿区|库区|[科海青众双]创园|智慧园|经济园"
)
_OFFICES = (
    "公司(?!.{0,8}(?:分|支)公司)|集团(?!.{0,8}公司)|银行(?!.{0,10}支行)|[分支]行|分理处|储蓄所|营业[厅部所]"
    "|邮政(?:所|支局)|学校|中学|小学(?!校)|(?<!大)大学(?!城|生|.{0,8}(?:校区|医院|学院|附))|学院(?!路|.{0,6}校区)"
    "|幼儿园|技校|职高|卫校|[附实]中|附小|研究院|研究所|设计院|医院(?!.{0,6}院区)|卫生院|卫生所|卫生服务[站中]心?|血站"
    "|酒店|宾馆|饭店|旅店|旅社|招待所|公园|机场|[农林牧渔茶]场|养殖场|监狱|看守所|戒毒所|陵园|公墓|水库"
    "|人民政府|[镇乡区县市]政府|便民中心|管委会|办事处|法院|检察院|派出所|司法所|(?:税务|工商|财政|房管)所|事务所"
    "|[交刑特]警[大中支]队|消防[大中支]队|邮局|航站楼|汽车[东南西北]站"
    r"|(?<=[^\W\d_]{2})(?:厂(?![区房门内路街长家宿])|局(?![部前内])|馆(?![驿前内])"
    r"|(?<!车)站(?![前点台内路房])|[火汽]车站)"
)
_SERVICES = (
    "诊所|门诊部|卫生室|保健院|疾控中心|党校|少年宫|文化宫|影剧?院|影城|书店|花店|药店|大药房"
    "|公安局|车管所|供电所|供销社|信用社|敬老院|福利院|消防队|警务室|居委会|加油站|收费站|服务区"
    "|商行|百货|便利店|专卖店|门市部|经营部|网吧|茶楼|会所|旅馆|客栈|民宿|酒楼|餐厅|汽修厂|码头|厂房"
    "|体育场|停车场|检测站|驾校|教堂|度假村|风景区|植物园|动物园|(?<=[^\\W\\d_]{2})[东南西北]区(?=[^\\W\\d_]{3})"
)
_ENDING = re.compile("|".join((_ESTATES, _MARKETS, _PARKS, _OFFICES, _SERVICES)))
_GLUED = re.compile(
    r"(?:分店|总店|旗舰店|[^\W\d_]{2}(?<![酒饭鞋])店|[^\W\d_])$"
    r"|[东南西北中]?[一二三四五六七八九十]?(?:大道|路|街|巷|弄)|有限|股份|分公司|支公司|支行"
    r"|大?(?:小区|花园|花苑|公寓|家园|山庄|别墅|市场|商城|商场|广场|大厦|大楼|超市|酒店|宾馆|饭店|宿舍"
    r"|工业园|工业区|园区|厂区|校区|公司|集团|新村|幼儿园|小学|中学|学校|医院|分院|学院|机场|农场)"
    r"|区$|社区|国际|总部|附中|大门"
)
"""What stays with the name before it: 万达广场店, 花园路, 中心小学."""
_COURT = re.compile(r"(?:[^\W\d_]{4,}?)(?=[^\W\d_东南西北名花佳嘉雅锦家]{2}[苑居](?:小区)?$)")
"""国泰名筑|和平苑: a court of two characters after an estate's own name."""
_SHORTEST = 3
"""Characters of a name that something else follows, at least."""


def point_end(text: str, at: int, stop: int) -> int | None:
    """Return where the first name with an ending of its kind ends between two places, or None."""
    ends = [found.end() for found in _ENDING.finditer(text, at, stop)]
    for end in ends:
        if _SHORTEST <= end - at < stop - at and not _GLUED.match(text, end, stop):
            return end
    if court := _COURT.match(text, at, stop):
        return court.end()
    return stop if stop in ends else None


def begins_ending(text: str, at: int) -> bool:
    """Tell whether an ending stands at a place, so that the words before belong to a name."""
    return _ENDING.match(text, at) is not None


def names_building(name: str) -> bool:
    """Tell whether a name ends as names of estates, markets, parks and offices do."""
    return point_end(name, 0, len(name)) == len(name)
