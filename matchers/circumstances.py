"""Features: the kind of goods beside that of the registration."""

from __future__ import annotations

from domain.common import Words
from domain.rights import GeographicalIndication, Patent, Right, RightKind
from matchers.goods import classes_of, share_goods, widen
from matchers.names.folding import fold, is_han
from matchers.names.words import is_ordinary_name
from matchers.pair import FoundName, Outcome, Pair, goods_words


def other_goods(pair: Pair) -> Outcome | None:
    """The goods are of another kind than those of the registration.

    商品与核定使用的商品不类似。
    """
    right = pair.right
    if right.kind is RightKind.WELL_KNOWN_MARK:
        return None  # 商标法 art. 13: a well-known mark reaches beyond its own goods
    if isinstance(right, Patent):
        return None  # a patent's number on other goods is what speaks against the seller
    text = goods_words(pair.sighting)
    found, registered_for = classes_of(text), _classes_of_right(right)
    if not found or not registered_for or share_goods(text, right.goods):
        return None
    if widen(found) & widen(registered_for):
        return None
    listed, registered = _write(found), _write(registered_for)
    return Outcome(
        # Two characters, or an everyday word, beside other goods mean something else there.
        score=1.0 if pair.names and all(map(_may_mean_another, pair.names)) else 0.25,
        words=Words(
            zh=f"商品似属第{listed}类，权利核定于第{registered}类",
            en=f"The goods seem to be of class {listed}; the right is registered in {registered}",
        ),
    )


def _classes_of_right(right: Right) -> tuple[int, ...]:
    """Return the classes a right is registered in; an indication's may show in its product."""
    if right.nice_classes or not isinstance(right, GeographicalIndication):
        return right.nice_classes
    return classes_of(" ".join((right.product or "", right.name, *right.goods)))


def _may_mean_another(name: FoundName) -> bool:
    """Tell whether a plain name is so short or so common that it means other things too."""
    symbols = fold(name.hit.name).symbols
    short = len(symbols) == 2 and all(map(is_han, symbols))
    return name.is_plain and (short or is_ordinary_name(name.hit.name))


def _write(classes: tuple[int, ...]) -> str:
    return "、".join(map(str, sorted(classes)))
