"""Features: what is said and asked beside the name, for and against a flag."""

from __future__ import annotations

import re

from domain.common import Words
from domain.rights import GeographicalIndication, Patent, Right, RightKind
from matchers.goods import classes_of, share_goods, widen
from matchers.names.folding import fold, is_han
from matchers.names.words import is_ordinary_name
from matchers.pair import FoundName, Outcome, Pair, goods_words

_ADMITS = re.compile(
    r"高仿|精仿|超仿|复刻|仿版|仿品|山寨|平替|同款|一比一|原单(?!号)|尾单|[Aa]货|超[Aa]"
    r"|(?<![\d:：.])1[:：]1(?![\d:：])"
    r"|\b(replica|dupes?|knock-?offs?|inspired by|mirror quality|aaa\+?|super copy|look-?alike)\b",
    re.IGNORECASE,
)
_FITS_BEFORE = re.compile(
    r"(适用于?|适配|兼容|通用于?|配套|专为|可用于"
    r"|\b(for( use with)?|fits?|compatible( with)?|suitable for|works with))"
    r"[\s:：]*(the |your )?[^。，,；;!！]{0,16}$",
    re.IGNORECASE,
)
_FITS_AFTER = re.compile(r"^\s*[a-z0-9 -]{0,12}(适用(?!于)|通用|兼容|compatible\b)", re.IGNORECASE)
_SECOND_HAND = re.compile(
    r"(?<!非)(?<!不是)(二手|闲置|中古|旧货|转卖|个人转让)|[789九八七]\s?\d?\s?成新|9[059]新"
    r"|\b(used|pre-?owned|second[- ]hand|refurbished)\b",
    re.IGNORECASE,
)
_COLOUR_AFTER = re.compile(r"系?色(?![拉素调差选环织])|[\s-]+colou?r(ed)?\b", re.IGNORECASE)
_FAR_BELOW = 0.5
"""Share of the holder's lowest price under which no regular trader sells."""
_PER_MEASURE = re.compile(r"(kg|g|斤|公斤|千克|克|吨|l|ml|升|毫升|m|米)", re.IGNORECASE)
"""Units of a band that a listing's price cannot be held against without its weight or length."""


def admits_imitation(pair: Pair) -> Outcome | None:
    """The page's own wording admits an imitation.

    页面用语自认仿冒（高仿、复刻、同款等）。
    """
    found = _ADMITS.search(pair.said)
    if found is None:
        return None
    return Outcome(
        score=0.6 if found[0] in ("同款", "平替") else 1.0,
        words=Words(
            zh=f"页面用语“{found[0]}”自认并非正品",
            en=f"The wording “{found[0]}” admits that the goods are not the original",
        ),
    )


def price_far_below(pair: Pair) -> Outcome | None:
    """The price is less than half the holder's lowest.

    价格不到权利人最低价的一半。
    """
    band, offer = pair.right.price_band, pair.sighting.offer
    if band is None or band.low is None or offer is None or offer.price is None:
        return None
    if offer.price.currency != band.low.currency or offer.price.amount_minor <= 0:
        return None
    if band.unit is not None and _PER_MEASURE.fullmatch(band.unit):
        return None
    share = offer.price.amount_minor / band.low.amount_minor if band.low.amount_minor else 1.0
    if share >= _FAR_BELOW:
        return None
    return Outcome(
        score=round(1 - share, 4),
        words=Words(
            zh=f"售价{offer.price}，仅为权利人最低价{band.low}的{share:.0%}",
            en=f"The price {offer.price} is {share:.0%} of the holder's lowest, {band.low}",
        ),
    )


def made_to_fit(pair: Pair) -> Outcome | None:
    """The name only tells what the goods fit or go with.

    名称仅说明适配对象（适用于、兼容等）。
    """
    names = pair.offered_as or pair.names_in("description", "attributes")
    if not names or not all(_tells_what_it_fits(name) for name in names):
        return None
    name = names[0]
    return Outcome(
        score=1.0 if name.is_plain else 0.5,
        words=Words(
            zh=f"“{name.hit.surface}”仅说明商品适用于何物，属正当使用",
            en=f"“{name.hit.surface}” only tells what the goods fit, which is lawful use",
        ),
        where=name.place,
    )


def second_hand(pair: Pair) -> Outcome | None:
    """The goods are sold second-hand; the right in them is exhausted.

    系二手转让，权利已用尽。
    """
    names = pair.names
    found = _SECOND_HAND.search(pair.said)
    if found is None or not names:
        return None
    word = found[0].strip()
    # Who resells the genuine article neither disguises its name nor calls it a copy.
    honest = all(name.is_plain for name in names) and not _ADMITS.search(pair.said)
    return Outcome(
        score=1.0 if honest else 0.3,
        words=Words(
            zh=f"页面称系二手转让（“{word}”），正品转售不构成侵权",
            en=f"The page says second-hand (“{word}”); reselling genuine goods is lawful",
        ),
    )


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


def named_as_colour(pair: Pair) -> Outcome | None:
    """The name only tells the colour of the goods.

    名称仅用于说明商品颜色（香槟色等）。
    """
    names = pair.offered_as
    if not names or not all(name.is_plain and _tells_colour(name) for name in names):
        return None
    name = names[0]
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"“{name.hit.surface}”仅用于说明颜色，并非标示来源",
            en=f"“{name.hit.surface}” tells the colour of the goods, not whose they are",
        ),
        where=name.place,
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


def _tells_colour(name: FoundName) -> bool:
    return _COLOUR_AFTER.match(name.text, name.hit.end) is not None


def _write(classes: tuple[int, ...]) -> str:
    return "、".join(map(str, sorted(classes)))


def _tells_what_it_fits(name: FoundName) -> bool:
    before, after = name.text[: name.hit.start], name.text[name.hit.end :]
    return bool(_FITS_BEFORE.search(before[-60:]) or _FITS_AFTER.search(after[:40]))
