"""What is looked at before a request leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q

from contrechamp.directory import queries as directory
from contrechamp.directory.domain.holding import HOLDERS
from contrechamp.foi.domain import guards, series
from contrechamp.foi.domain.catalogue import Holder, catalogue
from contrechamp.foi.domain.editing import MARK, lost
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.telling import precise_findings
from contrechamp.foi.models import Item, Request

from .letters import channel_of, requester_of
from .secrecy import source_findings


def is_sent(request: Request) -> bool:
    """Answer whether a request has left."""
    return request.facts.filter(kind=Kind.SENT).exists()


def object_key(request: Request) -> str:
    """Return what requests for the same documents share."""
    return series.object_key(
        item.code or item.wording for item in request.items.order_by("position")
    )


def findings(request: Request, *, today: date) -> tuple[guards.Finding, ...]:
    """Return what is found in a draft, the gravest first.

    Its words are compared with those of received documents, its own text with what it must keep.
    """
    draft = draft_of(request)
    found = [
        *guards.findings(draft, today),
        *source_findings(request, draft),
        *_of_text(request, draft, today),
        *precise_findings(draft),
    ]
    order = list(guards.Severity)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))


def _of_text(request: Request, draft: guards.Draft, today: date) -> Iterator[guards.Finding]:
    """Yield what is found in a letter that its author changed: parts lost, a motive."""
    if not request.text:
        return
    for part in lost(request.text):
        yield guards.Finding(
            code="text",
            severity=guards.Severity.STOPS,
            sentence=part.sentence,
            values={"mark": MARK},
        )
    whole = guards.findings(replace(draft, about=request.text, items=()), today)
    yield from (
        replace(each, code="text") for each in whole if each.code == "motive" and each.item is None
    )


def draft_of(request: Request) -> guards.Draft:
    """Return a draft as the guards see it, with what the same requester asked before."""
    key = object_key(request)
    earlier = _earlier(request)
    asked = series.Asked(
        request=request.pk,
        requester=request.requester_id or "",
        body=request.body_id or "",
        object_key=key,
    )
    others = [
        series.Asked(
            request=row.request,
            requester=request.requester_id or "",
            body=row.body,
            object_key=row.object_key,
        )
        for row in (*earlier, *_of_batch(request))
    ]
    return guards.Draft(
        requester=requester_of(request),
        body=_body_facts(request),
        items=tuple(_item(item) for item in request.items.order_by("position")),
        about=request.title,
        object_key=key,
        channel=channel_of(request),
        earlier=tuple(earlier),
        like_bodies=series.like_bodies(asked, others),
    )


def _item(item: Item) -> guards.DraftItem:
    document = catalogue().get(item.code)
    return guards.DraftItem(
        text=item.wording,
        code=item.code,
        holders=document.holders if document else (),
        is_environmental=bool(document and document.is_environmental),
    )


def _body_facts(request: Request) -> guards.BodyFacts:
    body = request.body
    if body is None:
        return guards.BodyFacts(key="", name="")
    way = directory.address_for(body.pk).address
    return guards.BodyFacts(
        key=body.pk,
        name=body.name,
        kind=holder_of(body.kind),
        is_subject_to_access=body.is_subject_to_access,
        online_service=way.value if way is not None and way.kind == "ONLINE_SERVICE" else "",
    )


def holder_of(kind: str) -> Holder | None:
    """Return the holder type of the catalogue that a kind of body is, or None."""
    return next((Holder(code) for code, kinds in HOLDERS.items() if kind in kinds), None)


def _earlier(request: Request) -> list[guards.Earlier]:
    """Return the requests of the same requester that have left in the last year and a half."""
    same = Q(author=request.author)
    if request.requester_id:
        same |= Q(requester=request.requester_id)
    rows = (
        Request.objects.filter(same, sent_on__isnull=False, body__isnull=False)
        .exclude(pk=request.pk)
        .order_by("-sent_on")
        .prefetch_related("items")[:500]
    )
    return [
        guards.Earlier(
            request=row.pk,
            body=row.body_id or "",
            object_key=series.object_key(item.code or item.wording for item in row.items.all()),
            asked_on=row.sent_on,
        )
        for row in rows
        if row.sent_on
    ]


def _of_batch(request: Request) -> list[guards.Earlier]:
    """Return the other drafts of the same batch: they will leave with this one."""
    if request.batch_id is None:
        return []
    rows = Item.objects.filter(
        request__batch=request.batch_id, request__sent_on=None, request__body__isnull=False
    ).exclude(request=request)
    asked: dict[tuple[str, str], list[str]] = {}
    for key, body, code, wording in rows.values_list("request", "request__body", "code", "wording"):
        asked.setdefault((key, body), []).append(code or wording)
    return [
        guards.Earlier(
            request=key,
            body=body,
            object_key=series.object_key(items),
            asked_on=date.max,
        )
        for (key, body), items in asked.items()
    ]
