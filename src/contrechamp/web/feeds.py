"""Feeds of the site and of each territory: to follow without an account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.cases.queries import published as actions
from contrechamp.cases.queries.listing import Filter
from contrechamp.cases.shown.data import summary
from contrechamp.census import published
from contrechamp.kernel import syndication
from contrechamp.lab import facts
from contrechamp.places import queries as places

from .domain.atom import Entry, atom
from .queries.news import happened
from .queries.territory import feed_facts
from .services.lab import verifying
from .shown import changed
from .shown.cards import lines

ATOM, JSON = "application/atom+xml", "application/feed+json"
LENGTH = 50


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    return _site(request, ATOM)


@require_safe
def site_json(request: HttpRequest) -> HttpResponse:
    return _site(request, JSON)


def _site(request: HttpRequest, form: str) -> HttpResponse:
    entries = [
        Entry(
            key=f"{line.claim or line.entity}/{line.at:%Y%m%dT%H%M%S}",
            title=line.title,
            path=line.url,
            at=line.at,
            summary=happened(line),
        )
        for line in published.newest(LENGTH)
    ]
    entries = sorted([*entries, *_actions()], key=lambda entry: entry.at, reverse=True)[:LENGTH]
    title = gettext("Contrechamp : nouveautés")
    page = reverse("web:home")
    return _feed(request, form, title=title, page=page, key="flux", entries=entries)


def _actions() -> Iterator[Entry]:
    """Yield the court actions that were published last."""
    rows = actions.newest(Filter(), LENGTH)
    for one in actions.told(rows, now=timezone.now()):
        yield Entry(
            key=f"{one.action.pk}/{one.changed_at:%Y%m%dT%H%M%S}",
            title=one.action.title,
            path=one.url,
            at=one.changed_at,
            summary=summary(one),
        )


@require_safe
def lab(request: HttpRequest) -> HttpResponse:
    return _lab(request, ATOM)


@require_safe
def lab_json(request: HttpRequest) -> HttpResponse:
    return _lab(request, JSON)


def _lab(request: HttpRequest, form: str) -> HttpResponse:
    entries = [
        Entry(
            key=change.key,
            title=changed.title(change),
            path=changed.path(change),
            at=change.at,
            summary=changed.summary(change),
        )
        for change in verifying.changes()[:LENGTH]
    ]
    title = gettext("Contrechamp : le laboratoire")
    page = reverse("web:lab")
    return _feed(request, form, title=title, page=page, key="labo", entries=entries)


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    return _cards(request, ATOM)


@require_safe
def cards_json(request: HttpRequest) -> HttpResponse:
    return _cards(request, JSON)


def _cards(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the fact cards, the last corrected first."""
    page = reverse("web:lab-cards")
    newest = sorted(facts.shown(), key=lambda card: card.changed_on, reverse=True)
    entries = [
        Entry(
            key=f"fiche/{card.id}/{card.changed_on:%Y%m%d}",
            title=line.claim,
            path=line.url,
            at=datetime.combine(card.changed_on, time(), UTC),
            summary=line.summary,
        )
        for card in newest
        for line in lines([card])
    ]
    title = gettext("Contrechamp : fiches de chiffres")
    return _feed(request, form, title=title, page=page, key="fiches", entries=entries)


@require_safe
def territory(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return _territory(request, ATOM, kind, slug)


@require_safe
def territory_json(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return _territory(request, JSON, kind, slug)


def _territory(request: HttpRequest, form: str, kind: str, slug: str) -> HttpResponse:
    found = places.find_by_slug(kind, slug)
    if found is None or found.slug != slug:
        raise Http404
    entries = [
        Entry(
            key=f"{fact.id}/{fact.at:%Y%m%dT%H%M%S}",
            title=f"{fact.subject.name} : {fact.label} {fact.value_text}",
            path=fact.url,
            at=fact.at,
            summary=fact.dates_text,
        )
        for fact in feed_facts(found, LENGTH)
    ]
    title = f"Contrechamp : {found.name}"
    page = found.get_absolute_url()
    return _feed(request, form, title=title, page=page, key=found.key, entries=entries)


def _feed(
    request: HttpRequest, form: str, *, title: str, page: str, key: str, entries: list[Entry]
) -> HttpResponse:
    site = f"{request.scheme}://{request.get_host()}"
    if form == ATOM:
        content = atom(
            title=title, site=site, page=page, address=request.path, key=key, entries=entries
        )
    else:
        content = syndication.json_feed(_as_feed(request, site, title, page, key, entries))
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    return HttpResponse(content, content_type=f"{form}; charset=utf-8", headers={"ETag": etag})


def _as_feed(
    request: HttpRequest, site: str, title: str, page: str, key: str, entries: list[Entry]
) -> syndication.Feed:
    return syndication.Feed(
        title=title,
        key=key,
        address=f"{site}{request.path}",
        page=f"{site}{page}",
        host=request.get_host(),
        items=[
            syndication.Item(
                key=entry.key,
                title=entry.title,
                url=f"{site}{entry.path}",
                summary=entry.summary,
                published=entry.at,
                updated=entry.at,
            )
            for entry in entries
        ],
    )
