"""Time the census: writing like an import, publishing, reading a record, suggesting merges.

    python -m bench.census [FACTS]

Times are of the processor, so that a busy machine says the same; reads are timed by the clock.
Works in a data folder of its own that it removes. FACTS is how many facts are written (20,000).
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from time import perf_counter, process_time
from typing import Any

PUBLISHED, READS = 5_000, 200
PASSPHRASE = "sept mesures un matin de novembre"  # noqa: S105  it opens nothing


def main() -> None:
    """Print each measure beside what it is to be compared with."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTRECHAMP_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)


def _measure(facts: int) -> None:
    from contrechamp.accounts.domain import Role
    from contrechamp.accounts.services import open_account
    from contrechamp.census import services

    now = datetime(2026, 1, 1, tzinfo=UTC)
    writer = open_account(name="writer", passphrase=PASSPHRASE)
    reviewer = open_account(name="reviewer", passphrase=PASSPHRASE, role=Role.EDITOR)
    claims, entities = _write(facts, writer, now)
    services.submit(claims, actor=writer, now=now)
    started = process_time()
    report = services.publish(claims[:PUBLISHED], reviewer=reviewer, now=now, as_alleged=True)
    seconds = process_time() - started
    _say(f"publish {len(report.published)} claims", f"{seconds:.1f} s", "seconds")
    services.publish(claims[PUBLISHED:], reviewer=reviewer, now=now, as_alleged=True)
    _reads(entities)
    started = process_time()
    services.rebuild_published(now=now)
    _say(f"rebuild {facts} facts", f"{process_time() - started:.1f} s", "once after an upgrade")
    _suggestions()


def _write(facts: int, writer: Any, now: datetime) -> tuple[list[str], list[str]]:
    from contrechamp.census import services

    chance = random.Random(1)
    common: dict[str, Any] = {"actor": writer, "now": now}
    started = process_time()
    with services.recording(**common, verb="import"):
        entities = [
            services.add_entity(kind="actor", type="company", name=f"Société {n}", **common)
            for n in range(max(facts // 4, 2))
        ]
    seconds = process_time() - started
    _say(
        f"{len(entities)} records in one act, with their history",
        f"{len(entities) / seconds:.0f} records/s",
        "≥ 500 (Uwazi: 1-2 in several languages)",
    )
    claims = []
    started = process_time()
    with services.recording(**common, verb="import"):
        for number in range(facts):
            one, other = chance.sample(entities, 2)
            claim = services.add_claim(
                subject=one, property="supplies", target=other, from_text="2018", **common
            )
            services.add_evidence(
                claim, kind="url", url=f"https://www.exemple.fr/{number}", **common
            )
            claims.append(claim.pk)
    seconds = process_time() - started
    _say(f"{facts} relations, each with a source", f"{facts / seconds:.0f} relations/s", "≥ 500")
    return claims, [entity.pk for entity in entities]


def _reads(entities: list[str]) -> None:
    from contrechamp.census import published

    times = []
    for key in entities[:READS]:
        started = perf_counter()
        published.find_record(key)
        published.facts_of(key)
        published.facts_about(key)
        published.newest(20, entity=key)
        times.append((perf_counter() - started) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    _say("read a record, its facts both ways, its news", f"p95 {p95:.1f} ms", "< 50 ms")


def _suggestions() -> None:
    from contrechamp.census.domain import Candidate, suggest

    chance = random.Random(1)
    words = [f"{a}{b}" for a in ("van", "sol", "mer", "tec", "vis") for b in ("ia", "or", "eo")]
    rows = [
        Candidate(id=str(n), kind="actor", name=f"{' '.join(chance.choices(words, k=3))} {n // 2}")
        for n in range(100_000)
    ]
    started = process_time()
    found = len(suggest(rows))
    _say(
        f"suggestions among 100,000 names: {found}",
        f"{process_time() - started:.1f} s",
        "not 5·10⁹ comparisons",
    )


def _say(what: str, measure: str, target: str) -> None:
    print(f"{what}: {measure} (target: {target})")


if __name__ == "__main__":
    main()
