"""How people write what a register table asks for: headings, kinds and offices in Chinese.

The names of the form itself (INTERFACES.md) are always taken. A heading or word that may mean two
things is not among these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.rights import RightKind

_HEADINGS: Mapping[str, str] = {
    "right_id": "权利编号 权利标识",
    "kind": "权利类型 权利种类 类型",
    "name": "名称 权利名称 商标名称 专利名称 地理标志名称 标志名称",
    "other_names": "其他名称 别名",
    "number": "注册号 商标注册号 登记号 专利号",
    "office": "登记机关 注册机关",
    "nice_classes": "尼斯分类 国际分类 商标类别",
    "goods": "核定商品 核定使用商品 商品/服务 商品服务",
    "holder": "权利人 注册人 商标注册人 专利权人",
    "valid_from": "有效期自 有效期起 生效日期 授权起始日期",
    "valid_to": "有效期至 有效期止 到期日 到期日期 截止日期 授权截止日期",
    "filed_on": "申请日 申请日期",
    "logos": "商标图样 标志图样 图样",
    "photos": "正品照片",
    "area": "保护范围 地域范围 产地范围 授权地域",
    "product": "产品 产品名称",
    "standard": "标准号 质量标准",
    "price_low": "最低价",
    "price_high": "最高价",
    "price_currency": "币种",
    "price_unit": "计价单位",
    "notes": "备注",
    "party": "被授权人 被许可人",
    "uscc": "统一社会信用代码",
    "platform": "平台",
    "seller_key": "店铺id 店铺账号",
}
_COLUMN_OF = {word: column for column, words in _HEADINGS.items() for word in words.split()}
_KINDS: Mapping[RightKind, str] = {
    RightKind.MARK: "商标 注册商标",
    RightKind.WELL_KNOWN_MARK: "驰名商标 中国驰名商标",
    RightKind.TIME_HONOURED_BRAND: "老字号 中华老字号",
    RightKind.CERTIFICATION_MARK: "证明商标 地理标志证明商标",
    RightKind.COLLECTIVE_MARK: "集体商标 地理标志集体商标",
    RightKind.GI: "地理标志 地理标志产品 地理标志保护产品 农产品地理标志",
    RightKind.OFFICIAL_SIGN: "官方标志",
    RightKind.SPECIAL_SIGN: "特殊标志",
    RightKind.OLYMPIC_SIGN: "奥林匹克标志",
    RightKind.INVENTION_PATENT: "发明 发明专利",
    RightKind.UTILITY_MODEL: "实用新型 实用新型专利",
    RightKind.DESIGN: "外观设计 外观设计专利",
}
KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_OFFICES = {
    "CN": "中国 国家知识产权局 国家知识产权局商标局 商标局 CNIPA",
    "EM": "欧盟 欧盟知识产权局 EUIPO",
    "US": "美国 USPTO",
    "GB": "英国 UKIPO",
    "JP": "日本",
    "KR": "韩国",
    "HK": "香港 中国香港",
    "MO": "澳门 中国澳门",
    "TW": "台湾 中国台湾",
    "WO": "WIPO 世界知识产权组织",
}
OFFICE_OF = {word: code for code, words in _OFFICES.items() for word in words.split()}
"""WIPO ST.3 codes by what people call the office, in capitals."""
WITHOUT_END = frozenset(("长期", "长期有效", "永久"))
"""For the end of a term: there is none."""


def columns_of(headings: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that headings mean; one named by another heading already stays itself."""
    written = [heading.casefold() for heading in headings]
    columns: list[str] = []
    for heading in written:
        column = _COLUMN_OF.get(heading, heading)
        is_taken = column in columns or (column != heading and column in written)
        columns.append(heading if is_taken else column)
    return tuple(columns)
