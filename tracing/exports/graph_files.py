"""GraphML and GEXF for Gephi and its like, written by networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracing.exports.points import Exported

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) cannot hold."""


def write_graphml(export: Exported) -> Iterator[str]:
    """Write GraphML 1.0."""
    import networkx

    for line in networkx.generate_graphml(_graph(export)):
        yield line + "\n"


def write_gexf(export: Exported) -> Iterator[str]:
    """Write GEXF 1.2."""
    import networkx

    for line in networkx.generate_gexf(_graph(export)):
        yield line + "\n"


def _graph(export: Exported) -> Any:
    """Make a graph of texts and numbers; a value that is not known is left out."""
    # Loaded by who writes graphs alone: it would cost every command a tenth of a second.
    import networkx

    graph = networkx.MultiGraph()
    for point in export.points:
        values = {
            "label": point.name,
            "kind": point.kind,
            "origin": point.origin,
            "key": point.key,
            "company": point.company,
            "uscc": point.uscc,
            "address": point.address,
            "adcode": point.adcode,
            "phones": " ".join(point.phones),
            "emails": " ".join(point.emails),
            "url": point.url,
            "network": point.network,
        }
        graph.add_node(
            _clean(point.node), **{name: _clean(value) for name, value in values.items() if value}
        )
    for link in export.links:
        graph.add_edge(
            _clean(link.a),
            _clean(link.b),
            key=link.lead_id,
            type_of_lead=link.type,
            state=link.state,
            weight=link.score,
            reasons=_clean("; ".join(link.reasons)),
        )
    return graph


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)
