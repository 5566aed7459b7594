"""Splink 5 on DuckDB beside the linker of this project, set up as its documentation does.

u is trained by random sampling, the prior from deterministic rules, m by expectation maximisation
over several blocking rules, so that each column is trained in a pass that does not block on it.
Exact agreements are adjusted by the frequency of the value, which is its guard against hubs.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

Columns = Mapping[str, Sequence[str | None]]
"""Values of each column; columns of pyarrow will do."""
THRESHOLDS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999)
MOST_MEMORY = "8GB"
"""What DuckDB may take before it writes to disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a user of Splink decides for one kind of rows."""

    comparisons: Sequence[Any]
    blocking: Sequence[Any]
    sure: Sequence[Any]
    """Rules after which two rows are nearly always one."""
    recall: float
    """A guess of the part of all matches that `sure` finds."""
    passes: Sequence[Any]


SELLERS = Plan(
    comparisons=(
        compare.DamerauLevenshteinAtThresholds("phone", 1),
        compare.ExactMatch("wechat"),
        compare.DamerauLevenshteinAtThresholds("qq", 1),
        compare.ExactMatch("email"),
        compare.JaroWinklerAtThresholds("address", [0.95, 0.88]),
        compare.JaroWinklerAtThresholds("company", [0.95, 0.88]),
        compare.ExactMatch("uscc"),
        compare.JaroWinklerAtThresholds("shop_name", [0.9]),
        compare.ExactMatch("picture"),
        compare.ExactMatch("text"),
    ),
    blocking=tuple(
        block_on(column)
        for column in ("phone", "wechat", "qq", "email", "address", "company", "uscc")
    ),
    sure=(block_on("uscc"), block_on("phone", "address"), block_on("wechat", "phone")),
    recall=0.5,
    passes=(block_on("uscc"), block_on("phone"), block_on("address"), block_on("wechat")),
)
PEOPLE = Plan(
    # The settings of its own tutorial for this very table.
    comparisons=(
        compare.NameComparison("first_name"),
        compare.NameComparison("surname"),
        compare.DateOfBirthComparison("dob", input_is_string=True),
        compare.ExactMatch("city"),
        compare.EmailComparison("email"),
    ),
    blocking=(
        block_on("first_name", "city"),
        block_on("surname"),
        block_on("dob"),
        block_on("email"),
    ),
    sure=(
        block_on("first_name", "dob"),
        "levenshtein(r.surname, l.surname) <= 2 and r.dob = l.dob",
        block_on("email"),
    ),
    recall=0.7,
    passes=(block_on("first_name", "surname"), block_on("dob")),
)
_BY_FREQUENCY = frozenset(
    ("phone", "wechat", "qq", "email", "address", "company", "uscc", "shop_name", "picture", "text")
) | {"city", "first_name", "surname"}


class Splinking:
    """One run of Splink over columns; row numbers are the ids."""

    def __init__(self, columns: Columns, plan: Plan) -> None:
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._rows = len(next(iter(columns.values())))
        connection = duckdb.connect(config={"memory_limit": MOST_MEMORY})
        connection.execute("SET enable_progress_bar = false")
        api = DuckDBAPI(connection)
        table = pa.table({"unique_id": list(range(self._rows)), **columns})
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[_adjusted(comparison) for comparison in plan.comparisons],
            blocking_rules_to_generate_predictions=list(plan.blocking),
        )
        self._linker = Linker(api.register(table), settings, log_level=logging.ERROR)
        training = self._linker.training
        training.estimate_probability_two_random_records_match(list(plan.sure), recall=plan.recall)
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in plan.passes:
            try:
                training.estimate_parameters_using_expectation_maximisation(rule)
            except ValueError as error:
                # Where few rows agree a probability may run to nothing; the other passes stay.
                print(f"      a training pass of Splink ended early: {error}")
        self.predictions = self._linker.inference.predict(threshold_match_probability=THRESHOLDS[0])

    def groups(self, threshold: float) -> list[int]:
        """Return the group of each row: connected components over the threshold."""
        clusters = self._linker.clustering.cluster_pairwise_predictions_at_threshold(
            self.predictions, threshold_match_probability=threshold
        )
        found = list(range(self._rows))
        for record in clusters.as_record_list():
            found[record["unique_id"]] = record["cluster_id"]
        return found


def _adjusted(comparison: Any) -> Any:
    name = comparison.create_output_column_name()
    if name in _BY_FREQUENCY:
        return comparison.configure(term_frequency_adjustments=True)
    return comparison
