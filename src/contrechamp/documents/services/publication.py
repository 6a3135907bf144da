"""From draft to public and back: two people, no embargo broken, news sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contrechamp.documents.models import Document, File, HiddenText, Page, ScreeningFinding
from contrechamp.documents.signals import document_published, document_withdrawn
from contrechamp.foundation import vocabulary
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

from .custody import NotYours, record
from .hidden import check_kept
from .screening import screen_document

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

DESCRIBED = frozenset(
    {
        "title",
        "doc_type",
        "dated_text",
        "dated_earliest",
        "dated_latest",
        "author_text",
        "language",
        "origin",
        "source_url",
        "obtained_on",
        "place_codes",
        "access",
        "embargo_until",
    }
)
"""What `describe_document` changes."""
State = Document.State


class Conflict(Refused):
    """Somebody else changed the document meanwhile. `current` is what it says now."""

    def __init__(self, current: Document) -> None:
        super().__init__(
            gettext_noop(
                "Quelqu'un a modifié « {title} » pendant que vous écriviez. "
                "Comparez les deux textes, puis enregistrez de nouveau."
            ),
            title=current.title,
        )
        self.current = current


def _locked(document: Document) -> Document:
    """Read the document again inside the transaction, where nobody else can change it."""
    return Document.objects.select_for_update().get(pk=document.pk)


def refs_of(document: Document) -> list[str]:
    """Return the references of all that visitors may get of a document."""
    rows = Page.objects.filter(file__versions__document=document).order_by("file", "number")
    return [
        f"documents:document:{document.pk}",
        *(f"documents:page:{key}/{n}" for key, n in rows.values_list("file_id", "number")),
    ]


@transaction.atomic
def describe_document(
    document: Document, *, expected_version: int, actor: User, now: datetime, **fields: Any
) -> Document:
    """Change what is said of a document. Raise `Conflict` when somebody else did meanwhile."""
    if unknown := set(fields) - DESCRIBED:
        raise TypeError(f"not a description: {', '.join(sorted(unknown))}")
    current = _locked(document)
    if current.version != expected_version:
        raise Conflict(current)
    _check_editable(current, actor)
    changed = [name for name, value in fields.items() if getattr(current, name) != value]
    if not changed:
        return current
    _check_description(fields)
    was = current.state
    for name in changed:
        setattr(current, name, fields[name])
    current.version += 1
    current.full_clean(exclude=["id"], validate_unique=False)
    current.save(update_fields=[*changed, "version"])
    record(current, "described", by=actor, at=now, detail=", ".join(sorted(changed)))
    if was == State.PUBLISHED:
        public_changed.send(Document, refs=refs_of(current))
    return current


def _check_editable(document: Document, actor: User) -> None:
    """Raise unless the person may change this: an editor all, a member what waits for no one."""
    if document.access == Document.Access.PRIVATE and document.added_by_id != actor.pk:
        raise Document.DoesNotExist
    if not actor.is_editor and document.state in {State.PUBLISHED, State.WITHDRAWN}:
        raise NotYours(
            gettext_noop("« {title} » est publié : un éditeur peut le modifier."),
            title=document.title,
        )


def _check_description(fields: dict[str, Any]) -> None:
    if not str(fields.get("title", "x")).strip():
        raise Refused(gettext_noop("Donnez un titre au document."))
    kind = fields.get("doc_type")
    if kind is not None and kind not in vocabulary.terms("document_types"):
        raise Refused(gettext_noop("« {kind} » n'est pas un type de document."), kind=kind)


@transaction.atomic
def submit_document(document: Document, *, actor: User, now: datetime) -> Document:
    """Hand a draft to a second person. Submitting it again changes nothing."""
    current = _locked(document)
    if current.state == State.IN_REVIEW:
        return current
    if current.access == Document.Access.PRIVATE and current.added_by_id != actor.pk:
        raise Document.DoesNotExist
    if current.state == State.PUBLISHED:
        return current
    current.state = State.IN_REVIEW
    if current.access == Document.Access.PRIVATE:
        current.access = Document.Access.TEAM  # Who reviews it must see it.
    current.version += 1
    current.save(update_fields=["state", "access", "version"])
    record(current, "submitted", by=actor, at=now)
    screen_document(current, now=now)
    return current


def check_publishable(document: Document, reviewer: User) -> None:
    """Raise `Refused` unless this person may publish this document now."""
    if not reviewer.is_editor:
        raise NotYours(gettext_noop("Seul un éditeur publie un document."))
    if document.access == Document.Access.PRIVATE and document.added_by_id != reviewer.pk:
        raise Document.DoesNotExist
    if document.added_by_id == reviewer.pk and settings.CONTRECHAMP.reviewers != 1:
        raise Refused(
            gettext_noop(
                "Vous avez ajouté « {title} » : une seconde personne doit le relire et le publier."
            ),
            title=document.title,
        )


class Undecided(Refused):
    """Something of the document may harm somebody, and nobody has decided what to do with it."""


def check_decided(document: Document) -> None:
    """Raise `Undecided` while a passage or a badly made redaction waits for a decision."""
    seen = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    waiting = ScreeningFinding.objects.filter(file__in=seen, decision="")
    if count := waiting.count():
        raise Undecided(
            gettext_noop(
                "« {title} » n'est pas encore publiable. Passages qui peuvent désigner une "
                "personne privée et attendent une décision : {count}. Décidez-en sur la page "
                "« Données personnelles »."
            ),
            title=document.title,
            count=count,
        )
    to_redact = ScreeningFinding.objects.filter(
        file__in=seen, decision=ScreeningFinding.Decision.REDACT
    )
    if count := to_redact.count():
        raise Undecided(
            gettext_noop(
                "« {title} » n'est pas encore publiable. Passages à caviarder : {count}. "
                "Faites-en d'abord une copie publique, ou revenez sur ces décisions."
            ),
            title=document.title,
            count=count,
        )
    if HiddenText.objects.filter(
        file__in=seen, verdict__in=("bad", "not_checked"), decision=""
    ).exists():
        raise Undecided(
            gettext_noop(
                "« {title} » n'est pas encore publiable : du texte reste lisible sous des passages "
                "caviardés, ou n'a pas pu être cherché. Faites-en une copie publique bien "
                "caviardée, ou dites sur la page « Données personnelles » pourquoi il est gardé."
            ),
            title=document.title,
        )


def prepare_publication(document: Document, *, now: datetime) -> None:
    """Look for badly made redactions and for personal data, as far as nobody did yet."""
    keys = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    check_kept(keys.values_list("pk", flat=True), now=now)
    screen_document(document, now=now)


def publish_document(document: Document, *, reviewer: User, now: datetime) -> Document:
    """Make a document public, at once or at the end of its embargo. Again: nothing changes.

    Raise `Undecided` while something of it waits for a decision.
    """
    current = Document.objects.get(pk=document.pk)
    if current.state == State.PUBLISHED and current.access == Document.Access.PUBLIC:
        return current
    check_publishable(current, reviewer)
    # Before the transaction: a child process looks at the pages, and nobody waits for that with
    # the database held.
    prepare_publication(current, now=now)
    return _publish(document, reviewer=reviewer, now=now)


@transaction.atomic
def _publish(document: Document, *, reviewer: User, now: datetime) -> Document:
    current = _locked(document)
    if current.state == State.PUBLISHED and current.access == Document.Access.PUBLIC:
        return current
    check_publishable(current, reviewer)
    check_decided(current)
    current.state = State.PUBLISHED
    current.access = Document.Access.PUBLIC
    current.published_by, current.published_at = reviewer, now
    current.withdrawn_on, current.withdrawn_reason = None, ""
    current.version += 1
    current.save()
    record(current, "published", by=reviewer, at=now)
    if current.embargo_until is None or current.embargo_until <= now:
        _announce(current)
    return current


def _announce(document: Document) -> None:
    document_published.send(Document, document=document)
    public_changed.send(Document, refs=refs_of(document))


@transaction.atomic
def return_document(document: Document, *, reviewer: User, now: datetime, reason: str) -> Document:
    """Give a document that waits for review back to who added it, with the reason."""
    current = _locked(document)
    if not reviewer.is_editor:
        raise NotYours(gettext_noop("Seul un éditeur relit un document."))
    if current.state != State.IN_REVIEW:
        return current
    current.state = State.DRAFT
    current.version += 1
    current.save(update_fields=["state", "version"])
    record(current, "returned", by=reviewer, at=now, detail=reason)
    return current


@transaction.atomic
def withdraw_document(document: Document, *, actor: User, now: datetime, reason: str) -> Document:
    """Take a document away from the public. The reason stays readable at its address."""
    current = _locked(document)
    if current.state == State.WITHDRAWN:
        return current
    if not actor.is_editor:
        raise NotYours(gettext_noop("Seul un éditeur retire un document."))
    if not reason.strip():
        raise Refused(gettext_noop("Dites pourquoi le document est retiré."))
    was_public = current.state == State.PUBLISHED
    current.state = State.WITHDRAWN
    current.withdrawn_on, current.withdrawn_reason = _day(now), reason.strip()
    current.version += 1
    current.save(update_fields=["state", "withdrawn_on", "withdrawn_reason", "version"])
    record(current, "withdrawn", by=actor, at=now, detail=reason.strip())
    if was_public:
        document_withdrawn.send(Document, document=current)
        public_changed.send(Document, refs=refs_of(current))
    return current


def _day(now: datetime) -> date:
    return timezone.localdate(now)


@transaction.atomic
def announce_ended_embargoes(*, now: datetime) -> int:
    """Send the news of documents whose embargo has ended; return how many. Once for each."""
    ended = Document.objects.filter(
        state=State.PUBLISHED, access=Document.Access.PUBLIC, embargo_until__lte=now
    ).exclude(custody__what="embargo_ended")
    count = 0
    for document in ended.filter(embargo_until__gt=F("published_at")):
        record(document, "embargo_ended", by=None, at=now)
        _announce(document)
        count += 1
    return count
