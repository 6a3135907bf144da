"""A search over everything, drafts and private claims too: for whoever has the machine.

Nothing of it is kept: the index is made for one query, in a folder that only this account of
the machine can read, and removed with the answer. The public index never holds a private word.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from contrechamp.census import published
from contrechamp.census.services.bundles import whole_bundle
from contrechamp.documents import queries as documents
from contrechamp.foundation.plug import Entry
from contrechamp.kernel import uncertain
from contrechamp.search.domain import Query
from contrechamp.search.engines.embedded import Embedded

from .answers import answer
from .index import hydrate, placed, public_entries
from .results import Results

BATCH = 1_000
ENTITY, FACT, PAGE = "census:entity:", "census:fact:", "documents:page:"
Bundle = Any


def search_everything(query: Query, operator: Any) -> Results:
    """Return what answers a query, public or not. The operator is the account of the machine."""
    data: Path = settings.CONTRECHAMP.data
    # mkdtemp makes the folder with mode 0700.
    with tempfile.TemporaryDirectory(prefix="private-index-", dir=data) as folder:
        bundle = whole_bundle()
        index = Embedded(Path(folder))
        fresh = index.fresh()
        known = {entry.ref for entry in _put(fresh, public_entries())}
        for _ in _put(fresh, _private(bundle, known, operator)):
            pass
        fresh.commit()
        index.adopt(fresh)
        return answer(query, index, partial(_hydrate, bundle))


def _put(index: Any, entries: Iterator[Entry]) -> Iterator[Entry]:
    while batch := list(islice(entries, BATCH)):
        index.put(placed(batch))
        yield from batch


def _private(bundle: Bundle, known: set[str], operator: Any) -> Iterator[Entry]:
    refs = [f"{ENTITY}{key}" for key in bundle.nodes]
    refs += [f"{FACT}{key}" for key in bundle.statements]
    yield from _entries(bundle, [ref for ref in refs if ref not in known])
    rows = documents.visible_to(operator).filter(~Q(state="WITHDRAWN"))
    for document in rows.prefetch_related("versions__file").order_by("pk").iterator(BATCH):
        for version in document.versions.all():
            pages = range(1, version.file.pages_count + 1)
            wanted = (f"{PAGE}{version.file_id}/{number}" for number in pages)
            yield from _pages([ref for ref in wanted if ref not in known])


def _hydrate(bundle: Bundle, refs: Sequence[str]) -> dict[str, Entry]:
    found = hydrate(refs)
    left = [ref for ref in refs if ref not in found]
    found |= {entry.ref: entry for entry in _entries(bundle, left)}
    return found | {entry.ref: entry for entry in _pages(left)}


def _entries(bundle: Bundle, refs: Sequence[str]) -> Iterator[Entry]:
    for ref in refs:
        key = ref.rpartition(":")[2]
        if ref.startswith(ENTITY) and key in bundle.nodes:
            yield _record(ref, bundle.nodes[key])
        elif ref.startswith(FACT) and key in bundle.statements:
            yield _fact(ref, bundle.statements[key], bundle)


def _record(ref: str, node: Any) -> Entry:
    return Entry(
        ref=ref,
        kind=node.kind,
        title=node.name,
        text="",
        url=published.record_url(node.kind, node.key),
        also=" ".join([*(t for t, _, _ in node.names), *(value for _, value in node.identifiers)]),
        places=(node.territory,) if node.territory else (),
    )


def _fact(ref: str, said: Any, bundle: Bundle) -> Entry:
    def name(key: str) -> str:
        return bundle.nodes[key].name if key in bundle.nodes else key

    value = name(said.target) if said.target else published.value_text(said.property, said.value)
    ends = (bundle.nodes[key] for key in (said.subject, said.target) if key in bundle.nodes)
    proofs = (
        " ".join((each.quote_text, each.url, each.file_name, each.publication))
        for each in said.evidence
    )
    return Entry(
        ref=ref,
        kind="fact",
        title=f"{name(said.subject)} : {published.property_label(said.property)} {value}"[:300],
        text=" ".join(" ".join(proofs).split()),
        url=f"/fait/{said.key}",
        places=tuple(sorted({node.territory for node in ends if node.territory})),
        status=said.status.lower(),
        date=uncertain.parse(said.from_text).earliest if said.from_text else None,
    )


def _pages(refs: Sequence[str]) -> Iterator[Entry]:
    for ref in refs:
        sha256, _, number = ref.removeprefix(PAGE).partition("/")
        text = documents.current_text(sha256, int(number)) if number.isdecimal() else None
        if text:
            yield Entry(
                ref=ref,
                kind="page",
                title=f"{sha256[:12]}, p. {number}",
                text=text,
                url=f"/documents/{sha256}/page/{number}",
                page=int(number),
                document=sha256,
            )
