"""Who operates the platforms that are known by name, and where: whose bureau may act besides.

投诉举报处理暂行办法 art. 27(2): the bureau of the operator's domicile may act on a seller of its
platform where the report reached it first. Companies and districts are those that the platforms
publish with their licences (电子商务法 art. 15), typed for this project in 2026; firms move, so a
letter is addressed after a look at the licence. What is not sure is left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformOperator:
    """The company that operates a platform."""

    called: str
    """What people call the platform."""
    company: str
    adcode: str | None
    """Of its domicile, as narrow as it is sure; None where that lies abroad."""


def _operator(called: str, company: str, adcode: str | None) -> PlatformOperator:
    return PlatformOperator(called=called, company=company, adcode=adcode)


OPERATORS: Mapping[str, PlatformOperator] = MappingProxyType(
    {
        # One name holds both: their shops have accounts of one kind.
        "taobao": _operator("淘宝、天猫", "浙江淘宝网络有限公司、浙江天猫网络有限公司", "330110"),
        "1688": _operator("1688", "杭州阿里巴巴广告有限公司", "330100"),
        # Its district is a development zone that lies in two districts.
        "jd": _operator("京东", "北京京东叁佰陆拾度电子商务有限公司", "110000"),
        "pinduoduo": _operator("拼多多", "上海寻梦信息技术有限公司", "310105"),
        "amazon": _operator("亚马逊海外站", "Amazon.com Services LLC", None),
        "ebay": _operator("eBay", "eBay Inc.", None),
        "shopee": _operator("Shopee", "Shopee Singapore Private Limited", None),
        "lazada": _operator("Lazada", "Lazada Group", None),
    }
)
"""By the name under which the platform's shops are kept. AliExpress is left out: which of its
companies answers for sellers in China is not sure."""
