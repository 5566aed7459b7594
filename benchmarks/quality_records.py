"""Whether every event of the EPCIS 2.0 examples that GS1 publishes becomes a record."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from domain.common import Refusal, digest
from tracing import FileFacts, read_records


def run(folder: Path) -> None:
    """Read every example; print what was refused."""
    examples = sorted((folder / "tracing" / "epcis").rglob("*.jsonld"))
    if not examples:
        print(f"no EPCIS examples under {folder}: nothing measured")
        return
    counts: Counter[str] = Counter()
    for path in examples:
        with path.open("rb") as file:
            facts = FileFacts(
                name=path.name,
                source="epcis",
                retrieved_at=datetime.now(UTC),
                sha256=digest(path.read_bytes()),
                zone=UTC,
            )
            for read in read_records(file, facts):
                counts["refused" if isinstance(read, Refusal) else "records"] += 1
                if isinstance(read, Refusal):
                    print(f"   refused {read}")
        counts["events"] += path.read_text("utf-8").count('"eventTime"')
    print(f"{len(examples)} documents, {counts['events']} events:", end=" ")
    print(f"{counts['records']} records, {counts['refused']} refused")
