"""What travels with the starter census: documents, acts, actions. Brought in, taken away."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import yaml

from contrechamp.cases import services as cases
from contrechamp.cases.domain import known
from contrechamp.census.queries import quotes_in_use
from contrechamp.documents import queries, services
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel import uncertain
from contrechamp.watch import services as watch
from contrechamp.watch.domain import known_acts
from contrechamp.watch.domain.known_acts import FactTable, KnownAct, Survey

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def bring_samples(*, author: User, reviewer: User, now: datetime) -> int:
    """Add, describe and publish the sample documents; return how many are new.

    Again: nothing changes, and what somebody has described otherwise meanwhile stays.
    """
    folder = files("contrechamp").joinpath("starter")
    described = {
        row["file"]: row
        for row in yaml.safe_load(folder.joinpath("documents.yaml").read_text("utf-8"))
    }
    with as_file(folder.joinpath("documents")) as path:
        report = services.add_paths(
            [path / name for name in described], actor=author, now=now, origin="IMPORT"
        )
    services.recognise_waiting()
    new = [entry for entry in report.documents if entry.state == "added" and entry.id]
    for entry in new:
        row = described[entry.path.rpartition("/")[2]]
        dated = uncertain.parse(row["dated"])
        document = queries.visible_to(author).get(pk=entry.id)
        services.describe_document(
            document,
            expected_version=document.version,
            actor=author,
            now=now,
            title=row["title"],
            doc_type=row["doc_type"],
            author_text=row["author_text"],
            language="fr",
            place_codes=row["place_codes"],
            dated_text=dated.text,
            dated_earliest=dated.earliest,
            dated_latest=dated.latest,
        )
        document = queries.visible_to(author).get(pk=entry.id)
        services.publish_document(
            services.submit_document(document, actor=author, now=now), reviewer=reviewer, now=now
        )
    return len(new)


def remove_samples(*, author: User) -> int:
    """Take the sample documents away again; return how many went. What others cited stays."""
    folder = files("contrechamp").joinpath("starter")
    described = yaml.safe_load(folder.joinpath("documents.yaml").read_text("utf-8"))
    gone = 0
    for row in described:
        content = folder.joinpath("documents", row["file"]).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        quotes = {quote.pk for quote in queries.quotes_of(sha256, public_only=False)}
        gone += services.remove_untouched(
            sha256, author=author, unused_quotes=quotes - quotes_in_use(quotes)
        )
    return gone


SURVEY = "releve-var-2025.pdf"
VAR, PARIS, CONTRACTS = "depart-var-2025", "depart-prefecture-de-police", "depart-marches-2018"


def bring_acts(*, author: User, reviewer: User, now: datetime) -> tuple[int, list[tuple[str, str]]]:
    """Publish the acts that the starter census was read from; return how many are new.

    Also returned: identifier and reason of each that was refused.
    """
    return watch.bring_known(_acts(), author=author, reviewer=reviewer, now=now)


def remove_acts(*, author: User) -> int:
    """Take the acts of the starter census away again; return how many went."""
    return watch.remove_known(author=author)


def bring_actions(*, author: User, now: datetime) -> int:
    """Enter the court actions and complaints that public sources tell of; return how many are new.

    Those that are here and that the file tells otherwise now are brought up to date.
    """
    text = files("contrechamp").joinpath("starter", known.FILE).read_text("utf-8")
    told = known.read(text, technologies=tuple(terms("watched")))
    return cases.bring_known(told, author=author, now=now)


def remove_actions(*, author: User) -> int:
    """Take these actions away again; return how many went."""
    return cases.remove_known(author=author)


def _acts() -> Iterator[KnownAct]:
    folder = files("contrechamp").joinpath("starter")
    sha256 = hashlib.sha256(folder.joinpath("documents", SURVEY).read_bytes()).hexdigest()
    survey = Survey(sha256=sha256, departement="83", publisher="Préfecture du Var")
    yield from known_acts.systems(_table("var_systems.csv", VAR), survey)
    yield from known_acts.flights(_table("paris_aircraft.csv", PARIS))
    yield from known_acts.algorithms(_table("paris_algorithmic.csv", PARIS))
    yield from known_acts.contracts(_table("contracts.csv", CONTRACTS))


def _table(name: str, dataset: str) -> FactTable:
    content = files("contrechamp").joinpath("starter", name).read_bytes()
    return FactTable(
        path=f"starter/{name}",
        sha256=hashlib.sha256(content).hexdigest(),
        dataset=dataset,
        rows=list(csv.DictReader(content.decode().splitlines())),
    )
