"""Whether a draft repeats words of a document that somebody gave us, or of a source's dossier.

It says which words of the draft, never which document: who drafts may not be allowed to see it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from contrechamp.census import published as census
from contrechamp.documents import queries as documents
from contrechamp.foi.domain import guards, secrecy
from contrechamp.foi.domain.boilerplate import boilerplate
from contrechamp.foi.models import PrivateWords, Request
from contrechamp.foundation.plug import PrivateTexts, offered

WIDTH = "I"


def packed(texts: Iterable[str]) -> bytes:
    """Return the runs of six words of a content's texts as bytes, in order."""
    numbers = {number for text in texts for number in secrecy.fingerprint(text)}
    return array(WIDTH, sorted(numbers)).tobytes()


def stale() -> dict[str, str]:
    """Return the edition of each received content whose numbers are not those of its text."""
    known = dict(PrivateWords.objects.values_list("file", "edition"))
    editions = documents.received_editions()
    return {sha256: mark for sha256, mark in editions.items() if known.get(sha256) != mark}


def source_findings(request: Request, draft: guards.Draft) -> tuple[guards.Finding, ...]:
    """Return where a draft, or its text changed by hand, repeats what was given to us."""
    names = tuple(_public_names(request))
    ours = (*boilerplate(), *names)
    whole = _with_text(request, draft)
    drafted = [text for each in whole for text in (each.about, *(item.text for item in each.items))]
    private = list(_near(request, drafted, names))
    if not private:
        return ()
    found = [
        finding for each in whole for finding in guards.source_findings(each, private, ours=ours)
    ]
    seen: dict[tuple[int | None, object], guards.Finding] = {}
    for finding in found:
        seen.setdefault((finding.item, finding.values["words"]), finding)
    return tuple(seen.values())


def _with_text(request: Request, draft: guards.Draft) -> tuple[guards.Draft, ...]:
    if not request.text:
        return (draft,)
    return (draft, replace(draft, about=request.text, items=()))


def _public_names(request: Request) -> Iterator[str]:
    """Yield names that everybody can read: to write them betrays nobody."""
    if request.body is not None:
        yield request.body.name
    if request.project and (record := census.find_record(request.project)):
        yield record.name


@cache
def _said_by_us() -> frozenset[int]:
    return frozenset[int]().union(*map(secrecy.fingerprint, boilerplate()))


def _near(request: Request, drafted: list[str], names: tuple[str, ...]) -> Iterator[str]:
    """Yield the private texts that may share a run with the draft: few of all there are."""
    wanted = frozenset[int]().union(*map(secrecy.fingerprint, drafted))
    wanted -= _said_by_us()
    wanted -= frozenset[int]().union(*map(secrecy.fingerprint, names))
    yield from _of_dossier(request.dossier)
    if not wanted:
        return
    known = frozenset(PrivateWords.objects.values_list("file", "edition"))
    for sha256 in _sharing(wanted, known):
        yield from documents.received_texts(sha256)
    numbered = dict(known)
    for sha256, mark in documents.received_editions().items():
        # Not numbered yet: read whole, for nothing may pass unseen.
        if numbered.get(sha256) != mark:
            yield from documents.received_texts(sha256)


@lru_cache(maxsize=64)
def _sharing(wanted: frozenset[int], known: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Return the contents that share a number with a draft; the drafts of a batch ask the same.

    `known`, all that is numbered, makes an old answer another question once something is new.
    """
    rows = PrivateWords.objects.values_list("file", "digests").iterator(200)
    return tuple(
        sha256 for sha256, digests in rows if not wanted.isdisjoint(array(WIDTH, bytes(digests)))
    )


def _of_dossier(key: str) -> Iterator[str]:
    if key:
        for offer in offered(PrivateTexts):
            yield from offer.texts(key)
