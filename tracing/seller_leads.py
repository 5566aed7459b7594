"""Leads between sellers, told from their bonds: one sentence for each line that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from rapidfuzz.distance import OSA

from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Lead, LeadReason, LeadState, LeadType, lead_id_of
from tracing.bonds import KINDS, NUMBER, Bonds
from tracing.linkage.stars import stood_for
from tracing.weights import SELLER, LinkingAlgorithm, score_of
from tracing.words import OTHER_LEGAL_PERSON, agreement_words, closeness_words

Shown = Mapping[tuple[ClueKind, str], Mapping[str, Sequence[Clue]]]
"""Clues by what they are joined by, then by side."""


class SellerLeads:
    """Tells what binds two sellers."""

    def __init__(
        self, sellers: Sequence[SellerRef], shown: Shown, bonds: Bonds, algorithm: LinkingAlgorithm
    ) -> None:
        self._sellers, self._shown, self._bonds = sellers, shown, bonds
        self._algorithm = algorithm
        self._starts, self._values = bonds.holdings.of_rows()
        self._begins, self._sums = bonds.agreements.pairs()
        self._counts = bonds.holdings.counts
        self._clues: dict[int, dict[object, Clue]] = {}

    def leads(self, decided: Mapping[str, LeadState]) -> list[Lead]:
        """Return the leads worth showing, and the decided ones.

        Of many shops that all share the same, each is joined to the first of them.
        """
        lines = self._bonds.agreements
        ones, others = lines.one[self._begins[:-1]], lines.other[self._begins[:-1]]
        # A little below the limit: the exact sum is taken from the reasons.
        scores = 1 / (1 + np.exp(-(self._sums + self._algorithm.prior)))
        many = self._algorithm.star_from
        worth = scores >= self._algorithm.suggest_from - 1e-6
        worth &= ~stood_for(lines, self._bonds.holdings, many=many)
        asked: Sequence[int] = range(len(worth)) if decided else np.flatnonzero(worth).tolist()
        leads = []
        for pair in asked:
            a, b = self._sellers[ones[pair]], self._sellers[others[pair]]
            state = decided.get(lead_id_of(a, b, LeadType.SAME_OPERATOR)) if decided else None
            if not worth[pair] and state is None:
                continue
            reasons = self._reasons(pair, int(ones[pair]), int(others[pair]))
            score = score_of((reason.weight for reason in reasons), self._algorithm.prior)
            if score >= self._algorithm.suggest_from or state is not None:
                leads.append(
                    Lead(
                        a=a,
                        b=b,
                        type=LeadType.SAME_OPERATOR,
                        score=score,
                        reasons=reasons,
                        state=state or LeadState.SUGGESTED,
                    )
                )
        return leads

    def _reasons(self, pair: int, one: int, other: int) -> tuple[LeadReason, ...]:
        lines = self._bonds.agreements
        reasons = [
            self._reason(int(lines.source[line]), one, other, float(lines.weights[line]))
            for line in range(self._begins[pair], self._begins[pair + 1])
        ]
        return tuple(sorted(reasons, key=lambda r: (-r.weight, r.clue_kind, r.value)))

    def _reason(self, source: int, one: int, other: int, weight: float) -> LeadReason:
        kind = self._bonds.slot(source)
        if kind is None:
            return self._agreement(source, one, other, weight)
        left, right = self._of(one, kind), self._of(other, kind)
        if shared := sorted(set(left) & set(right), key=lambda value: self._counts[value]):
            return self._agreement(shared[0], one, other, weight)
        texts = self._bonds.holdings.texts
        first, second = max(
            ((texts[a], texts[b]) for a, b in product(left, right)),
            key=lambda two: (OSA.normalized_similarity(*two), two),
        )
        against = weight < 0
        return LeadReason(
            clue_kind=kind,
            value=f"{first} / {second}",
            weight=weight,
            words=OTHER_LEGAL_PERSON if against else closeness_words(kind),
        )

    def _agreement(self, value: int, one: int, other: int, weight: float) -> LeadReason:
        holdings = self._bonds.holdings
        kind, text = KINDS[holdings.kinds[value]], holdings.texts[value]
        if value not in self._clues:
            entries = self._shown[kind, text][SELLER]
            self._clues[value] = {clue.owner: clue for clue in entries}
        of = self._clues[value]
        clues = (of[self._sellers[one]], of[self._sellers[other]])
        words = agreement_words((SELLER, SELLER), clues, kind, int(self._counts[value]))
        return LeadReason(clue_kind=kind, value=text, weight=weight, words=words)

    def _of(self, row: int, slot: ClueKind) -> list[int]:
        """Return the values of a row whose agreements are counted together."""
        once = self._algorithm.once
        kinds = {NUMBER[kind] for kind, together in once.items() if together is slot}
        kinds = kinds or {NUMBER[slot]}
        values = self._values[self._starts[row] : self._starts[row + 1]]
        return [int(at) for at in values if int(self._bonds.holdings.kinds[at]) in kinds]
