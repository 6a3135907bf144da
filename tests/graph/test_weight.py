"""However much is published, a page of the graph is light without scripts."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from contrechamp.census.models import Published, PublishedFact
from contrechamp.graph.queries import load
from contrechamp.graph.services import rebuild_layout
from tests.people import Person

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
MOST_BYTES = 150_000
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
PROOF: dict[str, Any] = {
    "id": "ev-0123456789",
    "kind": "document",
    "document": "0123456789abcdef" * 4,
    "page": 12,
    "quote": "q-0123456789",
    "quote_text": "Les images sont conservées trente jours et personne ne les regarde. " * 6,
    "publication": "Délibération du conseil municipal du 12 mars 2024 relative à la sécurité",
}
DATA: dict[str, Any] = {
    "from": {"text": "2023-04"},
    "to": {},
    "currency": "EUR",
    "attributes": {},
    "keys": {},
    "alone": False,
    "by": "",
    "evidence": [PROOF],
}


def published(nodes: int, edges: int) -> list[str]:
    """Publish a hub with half of the links, and links between others, drawn by chance."""
    chance = random.Random(3)  # noqa: S311  it draws a network
    ids = [f"act-{''.join(chance.choices(SIGNS, k=10))}" for _ in range(nodes)]
    Published.objects.bulk_create(
        Published(
            entity=key,
            kind="actor",
            type="authority",
            name=f"Commune de Saint-Exemple-sur-Mer {n}",
            folded=f"commune {n}",
            at=NOW,
            first_at=NOW,
        )
        for n, key in enumerate(ids)
    )
    pairs = {(0, n) for n in range(1, nodes)}
    while len(pairs) < edges:
        a, b = sorted(chance.sample(range(1, nodes), 2))
        pairs.add((a, b))
    PublishedFact.objects.bulk_create(
        PublishedFact(
            claim=f"rel-{''.join(chance.choices(SIGNS, k=10))}",
            subject_id=ids[a],
            property="supplies",
            target_id=ids[b],
            status="ALLEGED",
            amount=120_000,
            amount_kind="awarded",
            at=NOW,
            first_at=NOW,
            data=DATA,
        )
        for a, b in sorted(pairs)
    )
    return ids


def weight(text: str) -> int:
    """Return the bytes of a page and its styles, none of them packed."""
    found = len(text.encode())
    for name in re.findall(r'<link rel="stylesheet" href="/static/(ui/[a-z-]+)[^"]*\.css"', text):
        path = finders.find(f"{name}.css")
        assert isinstance(path, str)
        found += Path(path).stat().st_size
    return found


@pytest.fixture
def ids() -> list[str]:
    found = published(250, 400)
    assert (len(load().nodes), len(load().edges)) == (250, 400)
    rebuild_layout(anew=True)
    return found


def test_the_graph_its_parts_and_surroundings_are_light(visitor: Person, ids: list[str]) -> None:
    for query in ("", "?tableau=2", f"?autour={ids[0]}&profondeur=2", f"?groupe={ids[0]}"):
        page = visitor.opens(f"/graphe{query}")
        assert 40_000 < weight(page.text) < MOST_BYTES


def test_every_link_is_in_a_part_of_the_table(visitor: Person, ids: list[str]) -> None:
    address, found = f"/graphe?autour={ids[0]}", []
    parts = 0
    while address:
        text = visitor.opens(address).text
        found += re.findall(r'<td><a href="(/fait/[^"]+)"', text)
        following = re.search(r'href="(\?[^"]*tableau=\d+#table)" rel="next"', text)
        address = "/graphe" + following[1].replace("&amp;", "&") if following else ""
        parts += 1
    rows = visitor.opens(f"/graphe.csv?autour={ids[0]}").text.splitlines()[1:]

    assert parts > 8
    assert len(set(found)) == len(found) == len(rows)
    assert {line.rpartition("/fait/")[2][:14] for line in rows} == {one[6:] for one in found}


@pytest.mark.parametrize("part", ["0", "-3", "99999", "abc", ""])
def test_a_part_that_is_not_there_is_the_nearest(
    visitor: Person, ids: list[str], part: str
) -> None:
    page = visitor.opens(f"/graphe?tableau={part}")
    assert page.status == 200
    assert "<td><a href=" in page.text


def test_another_question_begins_at_the_first_part(visitor: Person, ids: list[str]) -> None:
    page = visitor.opens("/graphe?tableau=2&statut=alleged")
    addresses = re.findall(r'(?:href|data-whole)="([^"]*(?:\?|&amp;)[^"]*)"', page.text)
    assert any("statut=alleged" in each for each in addresses)
    assert [each for each in addresses if "tableau=2" in each] == []
