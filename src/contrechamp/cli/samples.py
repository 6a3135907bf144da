"""Bring in the documents that travel with the starter census, described and published."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import yaml

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
