"""The evidence of a request, gathered from its facts, the mail and the library.

Nothing of it is kept: the same request gives the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from django.urls import reverse

from contrechamp.documents import queries as documents
from contrechamp.documents.domain.naming import ENDINGS
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.documents.queries.documents import visible_to
from contrechamp.foi.domain import leaking
from contrechamp.foi.domain.clock import dates_of
from contrechamp.foi.domain.evidence import (
    Entry,
    Profile,
    as_json,
    copied,
    measured,
    package,
    written,
    zipped,
)
from contrechamp.foi.domain.evidence_words import LEFT_OUT, readme
from contrechamp.foi.domain.facts import standing
from contrechamp.foi.models import Paper, Request
from contrechamp.foi.queries.facts import facts_of
from contrechamp.foi.queries.papers import kept
from contrechamp.foi.queries.private import Private, private_of
from contrechamp.foi.shown import timeline
from contrechamp.foundation import signing, store
from contrechamp.foundation.table import csv_lines
from contrechamp.mail import queries as mail
from contrechamp.mail.domain.masking import public_text

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Version

LEFT = frozenset({"SENT", "MAYBE", "BOUNCED", "FAILED"})
"""States of letters that are evidence: those that wait or were held back never left."""
LOST = "le fichier {name} n'est plus gardé par l'observatoire"
DAMAGED = "le fichier {name} est abîmé : son empreinte n'est plus la sienne"
CLOSED = "le document {key}, que vous n'avez pas le droit de lire"
TELLS = "un document public laissé de côté, car il nomme une personne ou une adresse : {url}"


@dataclass(slots=True)
class _Gathering:
    """The files of a package while they are gathered, and what could not be put in."""

    entries: list[Entry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    proofs: dict[str, list[str]] = field(default_factory=dict)
    """By message or document: its files in the package."""

    def take(
        self, path: str, open_it: Callable[[], Iterable[bytes]], mime: str, origin: str, sha256: str
    ) -> None:
        """Add a kept file, or say that it is lost: evidence is never left out in silence."""
        try:
            entry = measured(path, open_it, mime, origin)
        except KeyError:
            self.missing.append(LOST.format(name=path))
            return
        if entry.sha256 != sha256:
            self.missing.append(DAMAGED.format(name=path))
            return
        self.entries.append(entry)
        self.proofs.setdefault(origin.split()[1], []).append(path)


def full_evidence(request: Request, *, actor: User) -> Iterator[bytes]:
    """Yield the whole package of a request as a ZIP, for those who see to it.

    Documents that the person may not read are not in it. Raise `TooLarge` beyond 4 GB.
    """
    found = _Gathering()
    _add_mail(found, request)
    _add_library(found, request, actor)
    _add_papers(found, request)
    rows = timeline.everything(request, found.proofs)
    return _packed(request, Profile.FULL, found, rows)


def public_evidence(request: Request) -> Iterator[bytes]:
    """Yield the package of a public request as everybody may have it, as a ZIP.

    What would tell an address, a token or a person known to this request is left out, and said so.
    """
    found = _Gathering()
    private = private_of(request)
    _add_shown(found, request, private)
    _add_public_documents(found, request, private.words)
    rows = timeline.public(request, found.proofs)
    return _packed(request, Profile.PUBLIC, found, rows)


def _packed(
    request: Request, profile: Profile, found: _Gathering, rows: timeline.Rows
) -> Iterator[bytes]:
    keys = signing.own_keys()
    lines = "".join(csv_lines(rows.columns, rows.cells))
    about = {
        "profile": str(profile),
        "request": request.pk,
        "title": request.title,
        "left_out": list(LEFT_OUT) if profile is Profile.PUBLIC else [],
        "missing": sorted(found.missing),
    }
    text = readme(
        profile=profile,
        key=request.pk,
        title=request.title,
        fingerprint=keys.fingerprint,
        paths=[each.path for each in found.entries],
        left_out=sorted(found.missing),
    )
    entries = [
        *found.entries,
        written("timeline.csv", lines.encode(), "text/csv"),
        as_json("deadlines.json", _deadlines(request)),
        written("README.txt", text.encode(), "text/plain"),
    ]
    return zipped(package(entries, about, public_key=keys.public_key, sign=keys.sign))


def _deadlines(request: Request) -> list[dict[str, object]]:
    """Return every step with its derivation; no state, which would change with the day."""
    facts = standing(facts_of(request))
    if request.sent_on is None or not facts:
        return []
    items = dates_of(facts, today=facts[-1].last).items.values()
    return [
        {name: value for name, value in item.as_json().items() if name != "state"}
        for item in sorted(items, key=lambda each: (each.first_day, each.step))
    ]


# The full package


def _add_mail(found: _Gathering, request: Request) -> None:
    letters = [row for row in mail.outgoing_of(request.pk) if row.state in LEFT]
    came = list(mail.messages_of(request.pk))
    dated = [(row.sent_at or row.queued_at, row.pk, row.sha256) for row in letters]
    dated += [(row.received_at, row.pk, row.sha256) for row in came]
    for number, (moment, key, sha256) in enumerate(sorted(dated), start=1):
        path = f"messages/{number:03}_{moment:%Y-%m-%d}_{key}.eml"
        found.take(path, _raw(sha256), "message/rfc822", f"mail {key}", sha256)
    for letter in letters:
        for number, each in enumerate(mail.attempts_of(letter), start=1):
            value = {
                "message": letter.pk,
                "message_id": letter.message_id,
                "sha256": letter.sha256,
                "server": each.server,
                "begun_at": each.begun_at.isoformat(),
                "ended_at": each.ended_at.isoformat(),
                "is_live": letter.is_live,
                "is_accepted": each.is_accepted,
                "code": each.code,
                "reply": each.reply,
                "queue_id": each.queue_id,
                "tls": each.tls,
                "dialogue": each.dialogue,
            }
            path = f"smtp/{letter.pk}_{number}.json"
            found.entries.append(as_json(path, value, f"mail {letter.pk}"))
            found.proofs.setdefault(letter.pk, []).append(path)
    for row in came:
        value = {"message": row.pk, "sha256": row.sha256, **row.authenticity}
        value["received_at"] = row.received_at.isoformat()
        found.entries.append(as_json(f"auth/{row.pk}.json", value, f"mail {row.pk}"))


def _raw(sha256: str) -> Callable[[], Iterable[bytes]]:
    return lambda: (mail.raw_of(sha256),)


def _add_library(found: _Gathering, request: Request, actor: User) -> None:
    keys = [*request.obtained.values_list("document", flat=True)]
    keys += request.replies.exclude(document="").values_list("document", flat=True)
    keys += request.facts.exclude(document="").values_list("document", flat=True)
    there = list(visible_to(actor).filter(pk__in=set(keys)).order_by("pk"))
    versions = newest_versions(there)
    for version in versions:
        found.take(*_of_library(version))
    kept_back = set(keys) - {version.document_id for version in versions}
    found.missing += [CLOSED.format(key=key) for key in kept_back]


def _of_library(
    version: Version,
) -> tuple[str, Callable[[], Iterable[bytes]], str, str, str]:
    sha256, mime = version.file_id, version.file.mime
    ending = ENDINGS.get(mime, "bin")
    path = f"documents/{version.document_id}_v{version.number}.{ending}"
    origin = f"library {version.document_id} v{version.number}"
    return path, _kept(store.store(), sha256), mime, origin, sha256


def _kept(place: store.Store, sha256: str) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        with place.open(sha256) as content:
            yield from copied(content)

    return read


def _add_papers(found: _Gathering, request: Request) -> None:
    rows = Paper.objects.filter(request=request).exclude(file="").order_by("made_at", "pk")
    for row in rows:
        path = f"documents/{row.pk}_{row.kind}.pdf"
        found.take(path, _kept(kept(), row.file), "application/pdf", f"papers {row.pk}", row.file)


# The public package


def _add_shown(found: _Gathering, request: Request, private: Private) -> None:
    number = count(1)
    for row in request.shown.filter(is_public=True).order_by("day", "pk"):
        head = f"{row.day.isoformat()} — {row.get_direction_display()}\n{row.subject}\n\n"
        # Masked once more with what is known today: somebody may have written since.
        text = public_text(f"{head}{row.text.strip()}\n", names=private.names)
        if leaking.told_in(text, private.words):
            found.missing.append(
                f"une lettre du {row.day.isoformat()} : elle nomme une personne ou une adresse"
            )
            continue
        path = f"messages/{next(number):03}_{row.day.isoformat()}_{row.direction.lower()}.txt"
        found.entries.append(written(path, text.encode(), "text/plain", "page"))
        found.proofs.setdefault(row.message, []).append(path)


def _add_public_documents(found: _Gathering, request: Request, secrets: tuple[str, ...]) -> None:
    keys = set(request.obtained.values_list("document", flat=True))
    lines: list[tuple[str, ...]] = []
    for version in newest_versions(list(documents.public().filter(pk__in=keys).order_by("pk"))):
        url = reverse("documents:document", args=[version.file_id])
        title = version.document.title
        if _tells(version, secrets):
            found.missing.append(TELLS.format(url=url))
            continue
        lines.append((version.document_id, title, url, version.file_id))
        if version.role == "PUBLIC_COPY":  # Made here: its metadata are gone.
            found.take(*_of_library(version))
    if lines:
        table = "".join(csv_lines(("document", "titre", "page", "sha256"), lines))
        found.entries.append(written("documents.csv", table.encode(), "text/csv", "page"))


def _tells(version: Version, secrets: tuple[str, ...]) -> bool:
    pages = (text for _, text in documents.texts(version.file_id))
    return any(leaking.told_in(text, secrets) for text in (version.document.title, *pages))
