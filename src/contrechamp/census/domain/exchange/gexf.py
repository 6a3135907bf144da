"""GEXF 1.3 for Gephi: directed, parallel relations kept, each with where its proof is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from .bundle import Census, Statement

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>Contrechamp</creator><description>{about}</description></meta>
<graph mode="static" defaultedgetype="directed">
<attributes class="node">
<attribute id="kind" title="kind" type="string"/>
<attribute id="type" title="type" type="string"/>
</attributes>
<attributes class="edge">
<attribute id="relation" title="relation" type="string"/>
<attribute id="status" title="status" type="string"/>
<attribute id="from" title="from" type="string"/>
<attribute id="to" title="to" type="string"/>
<attribute id="evidence" title="evidence" type="string"/>
</attributes>
<nodes>
"""
FOOT = "</edges>\n</graph>\n</gexf>\n"


ABOUT = "Open Database License (ODbL) 1.0, https://opendatacommons.org/licenses/odbl/1-0/"


def render(
    census: Census,
    label: Callable[[str], str],
    positions: Mapping[str, tuple[float, float]],
) -> Iterator[str]:
    """Yield the lines of the graph, sorted by id."""
    yield HEAD.format(about=ABOUT)
    for node in census.every_node():
        key = node.key
        place = positions.get(key)
        where = f'<viz:position x="{place[0]:.3f}" y="{place[1]:.3f}"/>' if place else ""
        yield (
            f"<node id={_text(key)} label={_text(node.name)}>"
            f"<attvalues>{_value('kind', node.kind)}{_value('type', node.type)}</attvalues>"
            f"{where}</node>\n"
        )
    yield "</nodes>\n<edges>\n"
    for linked in census.every_relation():
        yield _edge(linked.statement.key, linked.statement, label)
    yield FOOT


def _edge(key: str, each: Statement, label: Callable[[str], str]) -> str:
    proof = next((proof.url for proof in each.evidence if proof.url), "")
    values = (
        ("relation", each.property),
        ("status", each.status),
        ("from", each.from_text),
        ("to", each.to_text),
        ("evidence", proof),
    )
    told = "".join(_value(name, value) for name, value in values if value)
    return (
        f"<edge id={_text(key)} source={_text(each.subject)} target={_text(each.target)}"
        f" kind={_text(each.property)} label={_text(label(each.property))}>"
        f"<attvalues>{told}</attvalues></edge>\n"
    )


def _value(name: str, value: str) -> str:
    return f"<attvalue for={_text(name)} value={_text(value)}/>"


def _text(text: str) -> str:
    """Return an attribute; what XML cannot hold at all is left out."""
    return quoteattr(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
