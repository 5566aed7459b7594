"""How people call the platforms that are known by name: replies and complaints name them so."""

from __future__ import annotations

from reference.folding import fold

_CALLED: dict[str, tuple[str, ...]] = {
    "taobao": (
        "淘宝",
        "淘宝网",
        "天猫",
        "天猫商城",
        "天猫超市",
        "tmall",
        "taobao.com",
        "tmall.com",
    ),
    "1688": ("阿里巴巴", "阿里巴巴1688", "阿里1688", "1688.com", "诚信通"),
    "jd": ("京东", "京东商城", "京东到家", "jd.com"),
    "pinduoduo": ("拼多多", "pdd", "多多", "yangkeduo", "pinduoduo.com"),
    "aliexpress": ("速卖通", "全球速卖通", "aliexpress.com"),
    "amazon": ("亚马逊", "亚马逊中国", "amazon.com", "amazon.cn"),
    "ebay": ("易贝", "ebay.com"),
    "shopee": ("虾皮",),
    "lazada": ("来赞达",),
}
"""By the name under which the platform's shops are kept. Shops of Tmall and Taobao have accounts of
one kind (旺旺) and stand under one name."""
_KEYS = {called: key for key, names in _CALLED.items() for called in (key, *names)}
_TAIL = ("电商平台", "平台", "app", "电商")


def platform_named(text: str) -> str:
    """Return the name under which a platform's shops are kept; what is not known stands as it is.

    淘宝网, 淘宝平台 and Taobao are one; a host (shop.example) is its own name.
    """
    typed = text.strip()
    folded = fold(typed).text.strip().casefold()
    for tail in ("", *_TAIL):
        if folded.endswith(tail) and (key := _KEYS.get(folded.removesuffix(tail).strip())):
            return key
    return typed
