"""Weigh and time whole pages of the graph, made anew in this process, with scripts off.

    python -m bench.graph_page [EDGES.csv]

The file is two columns of names after a line of titles, as for `bench.graph`; without one a network
of the same size is made up. Times are of the process and not of the clock.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from contrechamp.graph.domain import Network

TRIES = 9
MOST_MS, MOST_BYTES = 150, 150_000


def main() -> None:
    """Print each page's weight and time beside their targets."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from bench.graph import SIZES, made_up, read
    from contrechamp.graph.services import note_change, rebuild_layout

    call_command("migrate", verbosity=0)
    network = read(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up(*SIZES[1])
    _publish(network)
    note_change()
    rebuild_layout()
    order = sorted(network.nodes, key=network.degree)
    client = Client(SERVER_NAME="localhost")
    print(f"{len(network.nodes):,} nodes, {len(network.edges):,} edges")
    for name, query in (
        ("the whole, as groups", ""),
        ("around the most linked", f"?autour={order[-1]}"),
        ("around it, two steps", f"?autour={order[-1]}&profondeur=2"),
        ("around one in the middle, two steps", f"?autour={order[len(order) // 2]}&profondeur=2"),
        ("the group of the most linked", f"?groupe={order[-1]}"),
        ("the last part of its table", f"?autour={order[-1]}&tableau=999"),
    ):
        _measure(client, name, f"/graphe{query}")


def _publish(network: Network) -> None:
    from django.utils import timezone

    from contrechamp.census.models import Published, PublishedFact

    now = timezone.now()
    stamps = {"at": now, "first_at": now}
    Published.objects.bulk_create(
        (
            Published(
                entity=node.id, kind="actor", type="authority", name=node.name, folded="", **stamps
            )
            for node in network.nodes.values()
        ),
        batch_size=1_000,
    )
    proof = {"id": "ev-0", "kind": "document", "document": "0" * 64, "page": 2, "quote_text": "Oui"}
    data = {"from": {}, "to": {}, "currency": "", "attributes": {}, "keys": {}, "alone": False}
    PublishedFact.objects.bulk_create(
        (
            PublishedFact(
                claim=edge.id,
                subject_id=edge.source,
                property="supplies",
                target_id=edge.target,
                status="DOCUMENTED",
                data={**data, "by": "", "evidence": [proof]},
                **stamps,
            )
            for edge in network.edges.values()
        ),
        batch_size=1_000,
    )


def _measure(client: Client, name: str, address: str) -> None:
    from django.contrib.staticfiles import finders

    client.get(address)  # The whole is read once per change, and its groups are kept.
    spent, text = [], ""
    for _ in range(TRIES):
        begun = process_time()
        answer = client.get(address)
        spent.append((process_time() - begun) * 1_000)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        text = answer.content.decode()
    styles = [
        Path(str(finders.find(f"{style}.css"))).stat().st_size
        for style in re.findall(r'rel="stylesheet" href="/static/(ui/[a-z-]+)[^"]*\.css"', text)
    ]
    size = len(text.encode())
    print(
        f"{name:38} {statistics.median(spent):6.0f} ms (worst {max(spent):.0f}; target {MOST_MS})"
        f"   {size:8,} B, with its styles {size + sum(styles):8,} B (target {MOST_BYTES:,})"
    )


if __name__ == "__main__":
    main()
