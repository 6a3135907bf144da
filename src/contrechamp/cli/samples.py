"""The documents that travel with the starter census: brought in, published, taken away."""

from __future__ import annotations

import hashlib
from datetime import datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import yaml

from contrechamp.census.queries import quotes_in_use
from contrechamp.documents import queries, services
from contrechamp.kernel import uncertain

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
