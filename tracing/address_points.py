"""Where the name of a point of interest ends: estates, markets, parks, offices, shops."""

from __future__ import annotations

import re

_ESTATES = (
    "小区|新村|花园|花苑|公寓|家园|嘉园|佳园|雅园|景园|御园|山庄|别墅|豪庭|华庭|名庭|嘉庭|豪苑|名苑"
    "|佳苑|嘉苑|雅苑|锦苑|景苑|水苑|新苑|馨苑|公馆|华府|名府|首府|观府|名邸|花城|名城|康城|丽都|名都|水岸|海岸"
    "|半岛|名居|雅居|新居|人家|世家|名家|住宅区|生活区|宿舍|府邸|豪园|丽园|绿园|名园|华苑|晶城|水郡|名郡|商住楼"
)
_MARKETS = (
    "市场|商城|商场|广场(?!舞)|大厦|大楼|商贸城|轻纺城|家具城|家私城|皮革城|建材城|汽配城|电子城|服装城|鞋城|鞋都|珠宝城"
    "|科技城|机电城|五金城|茶城|童装城|模具城|灯具城|小商品城|太阳城|阳光城|汽车城|商业城|鞋业城|食品城|装饰城|水产城|电脑城|数码城|文化城|影视城|美食城|娱乐城|奥体城|都市城|幸福城|自在城|箱包城|礼品城|花鸟城|电器城|原料城|国际城|商厦|超市(?!店)|写字楼|商务楼"
    "|综合楼|办公楼|银泰城|科创中心|金融中心|商务中心|商业中心|购物中心|创业中心|创新中心|物流中心|总部中心|电商中心"
    "|体育中心|文化中心|会展中心|客运中心|服务中心|国际中心|批发部|商业街|步行街|美食街"
)
_PARKS = (
    "工业园区?|工业区|工业城|科技园区?|产业园区?|创业园区?|创意园区?|软件园区?|物流园区?|电商园区?|产业基地|园区|厂区|校区"
    "|科创园|海创园|青创园|众创园|双创园|智慧园|经济园"
)
_OFFICES = (
    r"公司(?!.{0,8}(?:分|支)公司)|集团(?!.{0,8}公司)|学校|中学|小学(?!校)|(?<!大)大学(?!城|生|.{0,8}(?:校区|医院|学院|附))"
    "|学院(?!路|.{0,6}校区)|医院(?!.{0,6}院区)|卫生院|幼儿园|酒店|宾馆|饭店|银行(?!.{0,10}支行)|支行|营业厅|营业部"
    "|派出所|邮局|邮政局|研究院|研究所|加油站|火车站|汽车站|客运站|火车南站|机场|公园|管委会|办事处|人民政府|镇政府|区政府|市政府"
    "|监狱|法院|检察院|公安局|税务局|航站楼|汽车东站|汽车南站|农场"
    r"|(?<=[^\W\d_]{2})(?:厂(?![区房门内路街长家宿])|局(?![部前内])|馆(?![驿前内])|(?<!车)站(?![前点台内路房])|事务所|卫生所)"
)
_KINDS = "|".join((_ESTATES, _MARKETS, _PARKS, _OFFICES))
_ENDING = re.compile(_KINDS)
_GLUED = re.compile(
    r"(?:分店|总店|旗舰店|[^\W\d_]{2}(?<![酒饭鞋])店|[^\W\d_])$|[东南西北中]?[一二三四五六七八九十]?(?:大道|路|街|巷|弄)|有限|股份|分公司|支公司|支行"
    r"|大?(?:小区|花园|花苑|公寓|家园|山庄|别墅|市场|商城|商场|广场|大厦|大楼|超市|酒店|宾馆|饭店|宿舍|工业园|工业区"
    r"|园区|厂区|校区|公司|集团|新村|幼儿园|小学|中学|学校|医院|分院|学院|机场|农场)|区$|社区|国际|总部|附中|大门"
)
"""What stays with the name before it: 万达广场店, 工业园区管委会."""


_COURT = re.compile(r"(?:[^\W\d_]{4,}?)(?=[^\W\d_东南西北名花佳嘉雅锦家]{2}[苑居](?:小区)?$)")
"""国泰名筑|和平苑: a court of two characters after an estate's own name."""


def point_end(text: str, at: int, stop: int) -> int | None:
    """Return where the first name with an ending of its kind ends between two places, or None."""
    for found in _ENDING.finditer(text, at, stop):
        if found.end() == stop or (
            found.end() - at >= 3 and _GLUED.match(text, found.end(), stop) is None
        ):
            if found.end() < stop or (court := _COURT.match(text, at, stop)) is None:
                return found.end()
            return court.end()
    court = _COURT.match(text, at, stop)
    return court.end() if court else None


def begins_ending(text: str, at: int) -> bool:
    """Tell whether an ending stands at a place, so that the words before belong to a name."""
    return _ENDING.match(text, at) is not None
