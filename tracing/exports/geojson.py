"""Places as GeoJSON (RFC 7946): points in WGS-84 that say how far they may be off.

No address is looked up on a map: every point is that of the district or county that an address
names (`reference.centres`), and `accuracy` says so in both languages.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from domain.common import Words, derive_id
from reference.bureaus import english_full_name
from reference.centres import Centre, centre_of
from reference.divisions import full_name
from tracing.exports.points import Exported, Point
from tracing.hot_spots import HotSpot, SpotKind

HOT_SPOTS_MEDIA_TYPE = "application/geo+json"
_KINDS = {
    SpotKind.WAREHOUSE: Words(zh="仓库", en="Warehouse"),
    SpotKind.MARKET: Words(zh="市场、商城、园区或楼宇", en="Market, mall, park or building"),
    SpotKind.STREET: Words(zh="道路", en="Street"),
    SpotKind.COUNTY: Words(zh="区县", en="District or county"),
}
_OF_ITSELF = Words(
    zh="点位为本区划政府驻地附近的一点，不是实际地址",
    en="The point stands near the seat of the division, not at the address",
)
_OF_WIDER = Words(
    zh="点位为上一级区划（{name}）政府驻地附近的一点，不是实际地址",
    en="The point stands near the seat of the wider division ({name}), not at the address",
)


def write_divisions(export: Exported) -> Iterator[str]:
    """Write one feature a division with all points of a graph in it, as one piece of text."""
    places: defaultdict[str, list[Point]] = defaultdict(list)
    for point in export.points:
        if point.adcode is not None:
            places[point.adcode].append(point)
    yield from _collection(
        "suyuan",
        (
            _feature(
                adcode,
                adcode,
                {
                    "name": full_name(adcode),
                    "name_en": english_full_name(adcode),
                    "sellers": sum(point.kind == "seller" for point in found),
                    "points": [
                        {"node": point.node, "kind": point.kind, "name": point.name}
                        for point in found
                    ],
                },
            )
            for adcode, found in sorted(places.items())
        ),
    )


def write_hot_spots(spots: Iterable[HotSpot]) -> Iterator[str]:
    """Write one feature a hot spot, in the order given; values are plain, for map programs."""
    yield from _collection("suyuan-hot-spots", map(_of_spot, spots))


def _of_spot(spot: HotSpot) -> dict[str, Any]:
    kind = _KINDS[spot.kind]
    return _feature(
        derive_id("spot", spot.kind.value, spot.name, spot.adcode),
        spot.adcode,
        {
            "kind": spot.kind.value,
            "kind_zh": kind.zh,
            "kind_en": kind.en,
            "name": spot.name,
            "division_zh": full_name(spot.adcode),
            "division_en": english_full_name(spot.adcode),
            "sellers": len(spot.sellers),
            "listings": spot.listings,
            "upheld": spot.upheld,
            "cases": spot.cases,
            "shops": "; ".join(map(str, spot.sellers)),
            "known_from": "; ".join(role.value for role in spot.roles),
        },
    )


def _feature(feature_id: str, adcode: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a feature at the point of a division; unlocated (section 3.2) where none is known."""
    centre = centre_of(adcode)
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": None
        if centre is None
        else {"type": "Point", "coordinates": [centre.longitude, centre.latitude]},
        "properties": {"adcode": adcode, **properties, **_accuracy(adcode, centre)},
    }


def _accuracy(adcode: str, centre: Centre | None) -> dict[str, Any]:
    if centre is None:
        return {}
    words = _OF_ITSELF if centre.adcode == adcode else _OF_WIDER
    return {
        "point_of": centre.adcode,
        "radius_m": centre.radius_km * 1000,
        "accuracy_zh": words.zh.format(name=full_name(centre.adcode)),
        "accuracy_en": words.en.format(name=english_full_name(centre.adcode)),
    }


def _collection(name: str, features: Iterable[dict[str, Any]]) -> Iterator[str]:
    # `name` is what map programs call the layer.
    whole = {"type": "FeatureCollection", "name": name, "features": list(features)}
    yield json.dumps(whole, ensure_ascii=False) + "\n"
