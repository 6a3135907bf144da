"""One letter that came, with what the machine saw in it, for the person who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import get_language

from contrechamp.documents import queries as documents
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.foi.domain import replying
from contrechamp.foi.domain.facts import Fact, Kind, of_kind, standing
from contrechamp.foi.domain.possible import possible
from contrechamp.foi.domain.refusals import Reading, rule_named
from contrechamp.foi.models import Item, Reply, Request, ShownMessage
from contrechamp.mail import queries as mail
from contrechamp.mail import services as mail_services

from .access import public
from .facts import facts_of
from .reading import reading_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A mark of the text, what it means and what to do."""

    mark: replying.Mark
    means: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Files that wait behind a link: a person fetches them before they are gone."""

    links: Sequence[str]
    ends_on: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterIn:
    """A letter that came, as its reader needs it."""

    reply: Reply
    reading: Reading
    stretches: Sequence[replying.Stretch]
    explained: Sequence[Explained]
    choices: Sequence[Kind]
    proposed: Kind | None
    items: Sequence[Item]
    incoming: Incoming | None
    attachments: Sequence[mail_services.Attachment]
    kept: frozenset[str]
    """Numbers of the files that are in the library."""
    portal: Portal | None
    document_url: str
    """The key of its scan's file, where there is one."""
    paragraphs: Sequence[str]
    """What answers it."""


def find_reply(request: Request, number: int) -> Reply:
    """Return a reply of a request; raise `Http404` when it is none of its own."""
    found = request.replies.select_related("fact").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def letter_in(
    request: Request, reply: Reply, user: User | AnonymousUser, *, now: datetime
) -> LetterIn:
    """Return what the page of a letter shows."""
    reading = reading_of(request, reply)
    facts = facts_of(request)
    known = standing(facts)
    found = replying.marks(reading, reply.text)
    incoming = mail.find_incoming(reply.message) if reply.message else None
    taken = request.obtained.filter(message=reply.message).exclude(message="")
    return LetterIn(
        reply=reply,
        reading=reading,
        stretches=replying.stretches(reply.text, found),
        explained=[_explained(mark) for mark in found],
        choices=choices(facts, reply, today=localdate(now)),
        proposed=replying.proposed(
            reading, is_registered=bool(of_kind(known, Kind.CADA_REGISTERED))
        ),
        items=list(request.items.order_by("position")),
        incoming=incoming,
        attachments=mail_services.attachments_of(incoming) if incoming else (),
        kept=frozenset(taken.values_list("part", flat=True)),
        portal=_portal(incoming, localdate(now)),
        document_url=file_of(reply.document, user),
        paragraphs=replying.answers(reading),
    )


def choices(facts: Sequence[Fact], reply: Reply, *, today: date) -> list[Kind]:
    """Return what a letter may be where its request stands; what it was said to be is among."""
    old = reply.fact_id or ""
    others = [fact for fact in facts if fact.id != old]
    kinds = possible(others, today=today) | ({Kind(reply.fact.kind)} if reply.fact else set())
    return [kind for kind in replying.REPLIES if kind in kinds]


def _explained(mark: replying.Mark) -> Explained:
    if not mark.rule:
        return Explained(mark=mark, means=mark.what, next="")
    rule = rule_named(mark.rule)
    is_english = (get_language() or "fr").startswith("en")
    means, then = (rule.means_en, rule.next_en) if is_english else (rule.means, rule.next)
    return Explained(mark=mark, means=means, next=then)


def _portal(incoming: Incoming | None, today: date) -> Portal | None:
    said: Any = incoming.parsed.get("portal") if incoming else None
    if not isinstance(said, dict) or not said.get("links"):
        return None
    ends = said.get("expires_on")
    day = date.fromisoformat(ends[:10]) if isinstance(ends, str) else None
    links = [str(link) for link in said["links"]]
    return Portal(links=links, ends_on=day, days_left=(day - today).days if day else None)


def file_of(document: str, user: User | AnonymousUser) -> str:
    """Return the key of a document's file that somebody may open, or nothing."""
    if not document:
        return ""
    rows = list(documents.visible_to(user).filter(pk=document))
    return next((version.file_id for version in newest_versions(rows)), "")


def find_shown(key: str, number: int) -> Reply:
    """Return the reply behind a letter that everybody may read; `Http404` for any other."""
    shown = ShownMessage.objects.filter(
        pk=number, request__in=public().filter(pk=key), is_public=True, direction="IN"
    ).first()
    if shown is None:
        raise Http404
    replies = Reply.objects.filter(request=shown.request_id)
    found = (
        replies.filter(pk=shown.reply_id or 0).first()
        or replies.filter(message=shown.message).exclude(message="").first()
    )
    if found is None:
        raise Http404
    return found
