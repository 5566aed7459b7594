"""Features and the ground: the goods on sale beside those of the registration.

A mark is protected for goods identical or similar to those it is registered for (商标法 art. 57
items 1 and 2); only a well-known mark registered in China reaches beyond (art. 13 para. 3).
"""

from __future__ import annotations

from functools import lru_cache

from domain.common import Words
from domain.matches import NameHow, TextPlace
from domain.rights import GeographicalIndication, Mark, OfficialSign, Patent, Right, RightKind
from matchers.goods.reading import Goods, Guess, read_goods_of, readable
from matchers.goods.similarity import Degree, Similarity, goods_of_right, similarity
from matchers.goods.tables import lexicon
from matchers.names.folding import fold, is_han
from matchers.names.words import is_ordinary_name
from matchers.pair import FoundName, Outcome, Pair, SeenListing
from reference.goods import CLASS_NAMES, similar_groups

GROUND_FROM = 0.8
"""How sure it must be that goods are dissimilar before they alone decide. Of 116 titles labelled by
hand, from which no word was learnt, 57 were sure to .7 and more, and the class of all was right."""
WORDS_OF_GROUND = 2
"""Different words that must tell so: one may be a name or a flavour."""
_COINED = 0.3
"""Of a coined name on other goods: nobody but its holder chose it, and goods are often misread."""
_SCORES = {Degree.IDENTICAL: 1.0, Degree.HIGH: 0.9, Degree.AVERAGE: 0.6}
_TELLS = {
    Degree.IDENTICAL: Words(zh="商品相同", en="the same goods"),
    Degree.HIGH: Words(zh="同一类似群", en="the same similar group"),
    Degree.AVERAGE: Words(zh="商品关联", en="related goods"),
}


def same_goods(pair: Pair) -> Outcome | None:
    """The goods are the same as, or similar to, those of the registration.

    商品与核定使用的商品相同或者类似。
    """
    if isinstance(pair.right, GeographicalIndication):
        return None  # its name says the product already
    found = _compare(pair)
    if found is None or found.degree not in _SCORES:
        return None
    offered, covered = _offered(found.guess), _covered(found.right.classes)
    tells = _TELLS[found.degree]
    return Outcome(
        score=round(_SCORES[found.degree] * found.sure, 4),
        words=Words(
            zh=f"{offered.zh}，权利核定于{covered.zh}，{tells.zh}",
            en=f"{offered.en}; the right covers {covered.en}: {tells.en}",
        ),
        where=_place(found.guess),
    )


def other_goods(pair: Pair) -> Outcome | None:
    """The goods are of another kind than those of the registration.

    商品与核定使用的商品不类似。
    """
    found = _compare(pair)
    if found is None or found.degree is not Degree.NONE or isinstance(pair.right, OfficialSign):
        return None
    if _means_another(pair):
        score = 1.0
    elif _is_well_known(pair.right):
        return None
    else:
        score = found.sure * (_COINED if _bears_the_name(pair) else 1.0)
    return Outcome(
        score=round(score, 4),
        words=_words_of_difference(found),
        where=_place(found.guess),
    )


def well_known_beyond_goods(pair: Pair) -> Outcome | None:
    """A mark recorded as well-known in China stands on goods of another kind, where it may mislead.

    登记为驰名商标的标志被用于不相同、不相类似的商品，可能误导公众。
    """
    found = _compare(pair) if _is_well_known(pair.right) else None
    if found is None or found.degree is not Degree.NONE or _means_another(pair):
        return None
    unlike = _words_of_difference(found)
    zh = (
        f"{unlike.zh}；登记为驰名商标，不类似的商品上复制、摹仿并误导公众、可能损害其利益的，同样禁止"
        "（《商标法》2019年文本第十三条第三款）。驰名须个案认定（第十四条）：请权利人提交已在中国注册和驰名的证据"
    )
    en = (
        f"{unlike.en}. It is recorded as well-known: a copy or imitation that misleads the public "
        "and may harm the holder is forbidden on such goods too (Trademark Law, 2019 text, "
        "art. 13(3)). That is recognised case by case (art. 14): ask the holder for proof that it "
        "is registered in China and well-known"
    )
    return Outcome(score=found.sure, words=Words(zh=zh, en=en), where=_place(found.guess))


def goods_ground(pair: Pair) -> Words | None:
    """Return why a mark is no ground against these goods; None where it may be one.

    Only where the words tell for certain: the guess is sure, rests on several words, and no
    picture shows the mark or the holder's own goods.
    """
    if not isinstance(pair.right, Mark) or _is_well_known(pair.right) or pair.pictures:
        return None
    found = _compare(pair)
    if found is None or found.degree is not Degree.NONE or found.sure < GROUND_FROM:
        return None
    if len(found.guess.said) < WORDS_OF_GROUND:
        return None
    return _words_of_difference(found)


def of_other_goods(pair: Pair) -> bool:
    """Tell whether the goods are known to be none of those that the registration names.

    Related goods are others too: socks beside shoes, where the register names shoes.
    """
    found = _compare(pair)
    if found is None or found.degree in (Degree.IDENTICAL, Degree.HIGH):
        return False
    covered, guess = found.right, found.guess
    named = covered.open_classes if guess.group in similar_groups() else covered.classes
    return guess.nice_class not in named


# Several questions are asked of a pair, one after the other.
@lru_cache(maxsize=4)
def _compare(pair: Pair) -> Similarity | None:
    if isinstance(pair.right, Patent):
        return None  # what its number stands on is looked at by the features of patents
    covered = goods_of_right(pair.right)
    return similarity(_goods_without_name(pair), covered) if covered.classes else None


def _goods_without_name(pair: Pair) -> Goods:
    """Return what is sold; a mark that is a word for goods (小米, 苹果) is left out."""
    names = [name for name in pair.titled if _is_word_of_goods(name)]
    if not names or _names_its_product(pair.right):
        return _goods_of(pair.listing)
    title, category, attributes = readable(pair.sighting)
    for name in names:
        blank = " " * (name.hit.end - name.hit.start)
        title = title[: name.hit.start] + blank + title[name.hit.end :]
    return read_goods_of(title, category, attributes)


@lru_cache(maxsize=4)
def _goods_of(listing: SeenListing) -> Goods:
    return read_goods_of(*readable(listing.sighting))


def _is_word_of_goods(name: FoundName) -> bool:
    word = name.hit.surface.casefold()
    return word in lexicon().words or word in lexicon().phrases


def _names_its_product(right: Right) -> bool:
    """Tell whether the name of an indication holds what it is for (西湖龙井; not 香槟)."""
    product = right.product if isinstance(right, GeographicalIndication) else None
    return isinstance(right, GeographicalIndication) and right.name.endswith(product or right.name)


def _is_well_known(right: Right) -> bool:
    """Tell whether a mark may reach beyond its goods; an office not named may be China's."""
    return right.kind is RightKind.WELL_KNOWN_MARK and right.office in (None, "CN")


def _words_of_difference(found: Similarity) -> Words:
    offered, covered = _offered(found.guess), _covered(found.right.classes)
    return Words(
        zh=f"{offered.zh}，权利核定于{covered.zh}，不类似",
        en=f"{offered.en}; the right covers {covered.en}: not similar",
    )


@lru_cache(maxsize=8)
def _offered(guess: Guess) -> Words:
    said_zh = "、".join(f"“{word}”" for word in _surfaces(guess))
    said_en = ", ".join(f"“{word}”" for word in _surfaces(guess))
    kind = CLASS_NAMES[guess.nice_class]
    group = similar_groups().get(guess.group)
    code = f" {guess.group}" if group else ""
    name = group.name.split("（")[0].split("，")[0] if group else kind.zh
    return Words(
        zh=f"商品似为第{guess.nice_class}类{code} {name}（据{said_zh}）",
        en=f"The goods seem to be of class {guess.nice_class}{code}, {kind.en} (by {said_en})",
    )


def _surfaces(guess: Guess) -> tuple[str, ...]:
    return tuple(dict.fromkeys(placed.word.surface for placed in guess.words))[:3]


@lru_cache(maxsize=4_096)
def _covered(classes: frozenset[int]) -> Words:
    numbers = sorted(classes)
    listed = "、".join(map(str, numbers[:6])) + ("等" if len(numbers) > 6 else "")
    others = " and others" if len(numbers) > 6 else ""
    return Words(
        zh=f"第{listed}类",
        en=f"class{'es' * (len(numbers) > 1)} {', '.join(map(str, numbers[:6]))}{others}",
    )


def _place(guess: Guess) -> TextPlace | None:
    """Return where the weightiest word stands, if that is a field a page shows with places."""
    first = guess.words[0]
    if first.field != "title":
        return None
    word = first.word
    return TextPlace(field="title", start=word.start, end=word.end, surface=word.surface, how=None)


def _means_another(pair: Pair) -> bool:
    """Tell whether the name may be a word of its own beside these goods, wherever it stands."""
    return bool(pair.names) and all(map(_may_mean_another, pair.names))


def _bears_the_name(pair: Pair) -> bool:
    """Tell whether the name is there, hidden or not, or a picture shows the mark.

    Beside other goods a name with characters more, less or other than the mark's is another name
    (岭听涛茶馆, not 云岭听涛).
    """
    return bool(pair.pictures) or any(name.hit.how is not NameHow.TYPO for name in pair.names)


def _may_mean_another(name: FoundName) -> bool:
    """Tell whether a plain name is so short or so common that it means other things too."""
    return name.is_plain and _is_common(name.hit.name)


@lru_cache(maxsize=16_384)
def _is_common(name: str) -> bool:
    symbols = fold(name).symbols
    return (len(symbols) == 2 and all(map(is_han, symbols))) or is_ordinary_name(name)
