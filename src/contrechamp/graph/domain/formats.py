"""What is seen, as files for other programs: GEXF for Gephi, CSV for a spreadsheet, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from .layout import Spot
from .network import Edge, Network

Label = Callable[[Edge], str]
COLUMNS = (
    "id",
    "source_id",
    "source",
    "relation",
    "libelle",
    "cible_id",
    "cible",
    "statut",
    "de",
    "a",
    "montant",
    "sorte_de_montant",
    "taxes",
    "preuves",
)


def gexf(network: Network, spots: Mapping[str, Spot], label: Label, site: str) -> str:
    """Return GEXF 1.3: directed, parallel edges kept, with positions and evidence."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        '<graph defaultedgetype="directed" mode="static">\n'
        '<attributes class="node"><attribute id="kind" title="kind" type="string"/>'
        '<attribute id="type" title="type" type="string"/>'
        '<attribute id="url" title="url" type="string"/></attributes>\n'
        '<attributes class="edge"><attribute id="relation" title="relation" type="string"/>'
        '<attribute id="status" title="status" type="string"/>'
        '<attribute id="from" title="from" type="string"/>'
        '<attribute id="to" title="to" type="string"/>'
        '<attribute id="evidence" title="evidence" type="string"/>'
        '<attribute id="amount" title="amount" type="string"/></attributes>\n<nodes>\n'
    ]
    for key, node in network.nodes.items():
        spot = spots[key]
        parts.append(
            f'<node id="{key}" label="{_safe(node.name)}">'
            f"{_values(kind=node.kind, type=node.type, url=site + node.url)}"
            f'<viz:position x="{spot.x}" y="{-spot.y}" z="0"/></node>\n'
        )
    parts.append("</nodes>\n<edges>\n")
    for key, edge in network.edges.items():
        proofs = " ".join(_absolute(source.url, site) for source in edge.evidence if source.url)
        values = _values(
            relation=edge.relation,
            status=edge.status,
            **{"from": edge.from_text, "to": edge.to_text},
            evidence=proofs,
            amount=edge.amount or "",
        )
        parts.append(
            f'<edge id="{key}" source="{edge.source}" target="{edge.target}" '
            f'label="{_safe(label(edge))}">{values}</edge>\n'
        )
    return "".join([*parts, "</edges>\n</graph>\n</gexf>\n"])


def _values(**values: str) -> str:
    inner = "".join(f'<attvalue for="{k}" value="{_safe(v)}"/>' for k, v in values.items() if v)
    return f"<attvalues>{inner}</attvalues>"


def _safe(text: str) -> str:
    return escape("".join(sign for sign in text if sign >= " "))


def table(network: Network, label: Label, site: str) -> str:
    """Return the edges as CSV, one per line, as the table under the picture."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for edge in network.edges.values():
        source, target = network.nodes[edge.source], network.nodes[edge.target]
        proofs = " ".join(_absolute(each.url, site) for each in edge.evidence if each.url)
        row = (edge.id, source.id, source.name, edge.relation, label(edge), target.id, target.name)
        dates = (
            edge.status,
            edge.from_text,
            edge.to_text,
            edge.amount or "",
            edge.amount_kind,
            edge.tax,
            proofs,
        )
        writer.writerow(map(cell, (*row, *dates)))
    return file.getvalue()


def cell(text: str) -> str:
    """Return a cell of a table. It keeps a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def as_json(network: Network, spots: Mapping[str, Spot], label: Label) -> dict[str, Any]:
    """Return what is seen as plain values."""
    return {
        "nodes": [
            {
                "id": key,
                "name": node.name,
                "kind": node.kind,
                "type": node.type,
                "url": node.url,
                "x": spots[key].x,
                "y": spots[key].y,
            }
            for key, node in network.nodes.items()
        ],
        "edges": [
            {
                "id": key,
                "source": edge.source,
                "target": edge.target,
                "relation": edge.relation,
                "label": label(edge),
                "symmetric": edge.is_symmetric,
                "from": edge.from_text or None,
                "to": edge.to_text or None,
                "amount": edge.amount,
                "amount_kind": edge.amount_kind or None,
                "tax": edge.tax or None,
                "status": edge.status,
                "url": edge.url,
                "evidence": [{"url": e.url, "quote": e.quote} for e in edge.evidence],
            }
            for key, edge in network.edges.items()
        ],
    }


def _absolute(url: str, site: str) -> str:
    return f"{site}{url}" if url.startswith("/") else url
