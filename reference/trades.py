"""Trades of businesses: the sections of GB/T 4754-2017 and names by which they go.

Letters and names of sections and divisions were typed for this project after the standard's own
list; divisions whose name begins like another's are found by their beginning.
"""

from __future__ import annotations

from functools import cache

_NAMES = {
    "A": "农、林、牧、渔业 农业 林业 畜牧业 渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业 房屋建筑业 土木工程建筑业 建筑安装业 建筑装饰",
    "F": "批发和零售业 批发业 零售业",
    "G": "交通运输、仓储和邮政业 铁路运输业 道路运输业 水上运输业 航空运输业 多式联运 装卸搬运 "
    "仓储业 装卸搬运和仓储业 邮政业",
    "H": "住宿和餐饮业 住宿业 餐饮业",
    "I": "信息传输、软件和信息技术服务业 电信、广播电视和卫星传输服务 互联网和相关服务 "
    "软件和信息技术服务业",
    "J": "金融业 货币金融服务 资本市场服务 保险业 其他金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业 租赁业 商务服务业",
    "M": "科学研究和技术服务业 研究和试验发展 专业技术服务业 科技推广和应用服务业",
    "N": "水利、环境和公共设施管理业 水利管理业 生态保护和环境治理业 公共设施管理业 土地管理业",
    "O": "居民服务、修理和其他服务业 居民服务业 机动车、电子产品和日用产品修理业 其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作 卫生 社会工作",
    "R": "文化、体育和娱乐业 新闻和出版业 广播、电视、电影 文化艺术业 体育 娱乐业",
    "S": "公共管理、社会保障和社会组织",
}
_TELLING = frozenset("ABDEGHJKNOPQR")
"""Sections that say what a business lives on; dealers, makers, software and consulting firms, and
firms of every trade that call themselves technology, may sell anything."""


def trade_of(name: str) -> str | None:
    """Return the letter of the section that a trade's name belongs to, None when not known."""
    wanted = name.strip()
    section = _section_by_name().get(wanted)
    if section is None and wanted.endswith("制造业"):
        return "C"
    return section


def tells_trade(section: str) -> bool:
    """Tell whether a section says what its businesses offer."""
    return section in _TELLING


@cache
def _section_by_name() -> dict[str, str]:
    return {name: section for section, names in _NAMES.items() for name in names.split()}
