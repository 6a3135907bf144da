"""From draft to public and back: two people, no embargo broken, news sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contrechamp.documents.models import CustodyEvent, Document, Page
from contrechamp.documents.signals import document_published, document_withdrawn
from contrechamp.foundation import vocabulary
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

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


class NotYours(Refused):
    """The rights of the person do not reach so far."""

    status = 403


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


def record(document: Document, what: str, *, by: User | None, at: datetime, **more: Any) -> None:
    """Add a line to what happened to a document."""
    name = by.get_username() if by else ""
    CustodyEvent.objects.create(document=document, at=at, what=what, by=name, **more)


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


@transaction.atomic
def publish_document(document: Document, *, reviewer: User, now: datetime) -> Document:
    """Make a document public, at once or at the end of its embargo. Again: nothing changes."""
    current = _locked(document)
    if current.state == State.PUBLISHED and current.access == Document.Access.PUBLIC:
        return current
    check_publishable(current, reviewer)
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
