"""Why a value is a hub, or none, in a sentence for a person."""

from __future__ import annotations

from domain.common import Words
from domain.hubs import SharedValue
from tracing.weights import LINKING_V1


def words_of_shared(shared: SharedValue) -> Words:
    """Say what linking goes by when it takes a shared value for a hub or for one operator's own."""
    count = shared.sellers
    if count < 2:
        return Words(
            zh="目前没有两家以上店铺显示该信息",
            en="No two shops show it at present",
        )
    if shared.platform_limit > 0:
        return Words(
            zh=f"{count}家店铺显示该信息，占某一平台店铺的半数以上：应为平台自身的客服电话、备案或公司信息",
            en=f"{count} shops show it, more than half of one platform's: the platform's own "
            "hotline, filing or company",
        )
    zh, en = _chance(shared.owned)
    belief = LINKING_V1.beliefs.get(shared.kind)
    if shared.hub_since is None:
        return Words(
            zh=f"{count}家店铺显示该信息，属于同一经营者的可能性{zh}",
            en=f"{count} shops show it; it is one operator's with a chance of {en}",
        )
    if belief is not None and belief.by_cohesion and count > 2:
        return Words(
            zh=f"{count}家店铺显示该信息，彼此之间却几乎没有其他更少见的共同点；属于同一经营者的可能性{zh}",
            en=f"{count} shops show it and have next to nothing rarer in common; it is one "
            f"operator's with a chance of {en}",
        )
    return Words(
        zh=f"{count}家店铺显示该信息，超出一个经营者通常的数量；属于同一经营者的可能性{zh}",
        en=f"{count} shops show it, more than one operator commonly has; it is one operator's with "
        f"a chance of {en}",
    )


def _chance(owned: float) -> tuple[str, str]:
    percent = round(100 * owned)
    if percent < 1:
        return "不到1%", "less than 1%"
    if percent > 99:
        return "超过99%", "more than 99%"
    return f"约{percent}%", f"about {percent}%"
