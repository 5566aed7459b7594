"""Companies whose legal representatives (法定代表人) have one name: perhaps one person's.

A name is no identity, so such a lead joins no network; it tells whose files to compare.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import combinations

from domain.common import Words
from domain.tracing import (
    ClueKind,
    Lead,
    LeadReason,
    LeadState,
    LeadType,
    Node,
    lead_id_of,
    node_text,
)
from reference.divisions import full_name
from tracing.bonds import Key
from tracing.clue_table import ClueTable
from tracing.person_weights import COMMON_SURNAMES
from tracing.weights import COMPANY, LinkingAlgorithm, score_of
from tracing.words import KIND_WORDS

_CONTACTS = (ClueKind.PHONE, ClueKind.EMAIL)
_PLACED = re.compile(r"[0-9]{6}(?=[^0-9|])")

_Shown = Mapping[Node, Set[Key]]
"""What each company shows of itself by which places and contacts are compared."""


def find_namesakes(
    table: ClueTable, algorithm: LinkingAlgorithm, decided: Mapping[str, LeadState]
) -> list[Lead]:
    """Return leads between companies whose representatives have one name.

    A name in more companies than `record_limit` leads nowhere. Rows with one credit code, or with
    one name where a code is missing, are one company told twice.
    """
    namesakes = {
        key[1]: [clue.owner for clue in by_side[COMPANY]]
        for key, by_side in table.entries.items()
        if key[0] is ClueKind.PERSON and 2 <= len(by_side[COMPANY]) <= algorithm.record_limit
    }
    shown = _shown(table, {owner for owners in namesakes.values() for owner in owners})
    leads = []
    for name, owners in sorted(namesakes.items()):
        firms = len({min(_codes_or_names(table, shown, one)) for one in owners})
        for a, b in combinations(owners, 2):
            if _is_one_firm(table, shown, a, b):
                continue
            reasons = tuple(_reasons(name, firms, shown[a], shown[b], algorithm))
            score = score_of((one.weight for one in reasons), algorithm.prior)
            state = decided.get(lead_id_of(a, b, LeadType.SAME_PERSON))
            if score >= algorithm.suggest_from or state is not None:
                leads.append(
                    Lead(
                        a=a,
                        b=b,
                        type=LeadType.SAME_PERSON,
                        score=score,
                        reasons=tuple(sorted(reasons, key=lambda one: -one.weight)),
                        state=state or LeadState.SUGGESTED,
                    )
                )
    return leads


def _shown(table: ClueTable, owners: Set[Node]) -> _Shown:
    shown: defaultdict[Node, set[Key]] = defaultdict(set)
    compared = {ClueKind.COMPANY, ClueKind.ADDRESS, *_CONTACTS}
    for key, by_side in table.entries.items() if owners else ():
        if key[0] in compared:
            for clue in by_side.get(COMPANY, ()):
                if clue.owner in owners:
                    shown[clue.owner].add(key)
    return shown


def _is_one_firm(table: ClueTable, shown: _Shown, a: Node, b: Node) -> bool:
    codes, others = table.usccs.get(a), table.usccs.get(b)
    if codes and others:
        return bool(codes & others)
    return bool(_names(shown[a]) & _names(shown[b]))


def _codes_or_names(table: ClueTable, shown: _Shown, one: Node) -> Set[str]:
    return table.usccs.get(one) or _names(shown[one]) or {node_text(one)}


def _names(keys: Set[Key]) -> Set[str]:
    return {text for kind, text in keys if kind is ClueKind.COMPANY}


def _reasons(
    name: str, firms: int, one: Set[Key], other: Set[Key], algorithm: LinkingAlgorithm
) -> Iterator[LeadReason]:
    weights = algorithm.persons
    short, common = len(name) == 2, name[0] in COMMON_SURNAMES
    crowd = weights.crowd * math.log(max(1, firms - 1))
    yield LeadReason(
        clue_kind=ClueKind.PERSON,
        value=name,
        weight=weights.names[short, common] + crowd,
        words=_name_words(firms, common=short and common),
    )
    for kind in (*_CONTACTS, ClueKind.ADDRESS):
        if same := sorted(text for at, text in one & other if at is kind):
            yield LeadReason(
                clue_kind=kind, value=same[0], weight=weights.contact, words=_same_words(kind)
            )
    places, others = _places(one), _places(other)
    if len(places) == len(others) == 1 and not _addresses(one) & _addresses(other):
        yield from _place_reason(min(places), min(others), algorithm)


def _place_reason(place: str, other: str, algorithm: LinkingAlgorithm) -> Iterator[LeadReason]:
    weights = algorithm.persons
    told = next(
        (
            (weight, words)
            for weight, words, is_so in (
                (weights.district, _ONE_DISTRICT, place == other),
                (weights.city, _ONE_CITY, place[:4] == other[:4]),
                (weights.elsewhere, _ELSEWHERE, place[:2] != other[:2]),
            )
            if is_so
        ),
        None,
    )
    if told is not None:
        weight, words = told
        value = " / ".join(dict.fromkeys((full_name(place), full_name(other))))
        yield LeadReason(clue_kind=ClueKind.ADDRESS, value=value, weight=weight, words=words)


def _addresses(keys: Set[Key]) -> Set[str]:
    return {text for kind, text in keys if kind is ClueKind.ADDRESS}


def _places(keys: Set[Key]) -> Set[str]:
    """Return the codes of the districts that addresses lie in, where each tells one."""
    found = (_PLACED.match(text) for text in _addresses(keys))
    return {one[0] for one in found if one is not None}


_ONE_DISTRICT = Words(
    zh="两家企业登记在同一区县", en="Both companies are registered in one district"
)
_ONE_CITY = Words(zh="两家企业登记在同一城市", en="Both companies are registered in one city")
_ELSEWHERE = Words(
    zh="两家企业登记在不同省份，更可能只是同名",
    en="The companies are registered in two provinces: rather two people of one name",
)


def _same_words(kind: ClueKind) -> Words:
    name = KIND_WORDS[kind]
    return Words(
        zh=f"两家企业登记的{name.zh}也相同，但可能是代理机构的",
        en=f"Both register the same {name.en} too, perhaps an agent's",
    )


def _name_words(firms: int, *, common: bool) -> Words:
    """Say that a name is shared, how common it is and how many known companies share it."""
    zh = "两家企业登记的法定代表人姓名相同，可能为同一人，也可能只是同名，须核对身份"
    en = (
        "Both companies have a legal representative of the same name: one person or two; compare "
        "the identities"
    )
    if common:
        zh, en = f"{zh}；该姓名属常见姓名", f"{en}; the name is a common one"
    if firms > 2:
        zh = f"{zh}；已知企业中共有{firms}家的法定代表人为此姓名"
        en = f"{en}; {firms} of the companies known have a representative of this name"
    return Words(zh=zh, en=en)
