"""Records, facts, relations and the public history: the published projection alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import read_cursor, write_cursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import answers
from contrechamp.api.schemas.asking import ChangesAsk, ClaimsAsk, KeysAsk, RecordsAsk, aware
from contrechamp.api.shown import census as shown
from contrechamp.census import published
from contrechamp.kernel.errors import gettext_noop

from .routes import router


@router.get(
    "/records",
    response=answers.RecordPage,
    url_name="records",
    tags=["census"],
    operation_id="listRecords",
    summary=gettext_noop("Les fiches publiées, toutes ou certaines"),
)
def records(request: HttpRequest, ask: Query[RecordsAsk]) -> HttpResponse:
    wanted = published.RecordAsk(
        kind=ask.kind or "",
        type=ask.type,
        technology=ask.technology,
        territory=ask.territory,
        status=(ask.status or "").upper(),
        q=ask.q,
        since=aware(ask.since),
    )
    question = {"list": "records", **ask.question()}
    after = read_cursor(ask.cursor, question)
    found = published.page_of_records(wanted, after, ask.limit + 1)
    rows = [(place, shown.record(one)) for place, one in found]
    return door.paged(request, question, rows, limit=ask.limit, changed=published.last_change())


@router.get(
    "/records/{id}",
    response=answers.Record,
    url_name="record",
    tags=["census"],
    operation_id="getRecord",
    summary=gettext_noop("Une fiche"),
    description=gettext_noop(
        "Ses faits sont à l'adresse « claims ». L'identifiant d'une fiche fusionnée mène à celle "
        "qui reste."
    ),
)
def record(request: HttpRequest, id: str) -> HttpResponse:
    found = published.find_record(id)
    if found is not None:
        return door.answer(shown.record(found), changed=published.last_change())
    other = published.resolve_redirect(id)
    if other is None:
        return not_found()
    response = HttpResponse(status=308)
    response.headers["Location"] = f"{shown.BASE}/records/{other}"
    return response


def facts(request: HttpRequest, ask: ClaimsAsk, *, name: str) -> HttpResponse:
    wanted = published.FactAsk(
        subject=ask.subject,
        target=ask.target,
        about=ask.about,
        property=ask.property,
        status=(ask.status or "").upper(),
        territory=ask.territory,
        first=ask.first,
        last=ask.last,
        since=aware(ask.since),
        relations_only=name == "relations",
    )
    question = {"list": name, **ask.question()}
    found = published.page_of_facts(wanted, read_cursor(ask.cursor, question), ask.limit + 1)
    rows = [(place, shown.fact(one)) for place, one in found]
    return door.paged(request, question, rows, limit=ask.limit, changed=published.last_change())


@router.get(
    "/claims",
    response=answers.ClaimPage,
    url_name="claims",
    by_alias=True,
    tags=["census"],
    operation_id="listClaims",
    summary=gettext_noop("Les faits publiés, avec leurs preuves"),
)
def claims(request: HttpRequest, ask: Query[ClaimsAsk]) -> HttpResponse:
    return facts(request, ask, name="claims")


@router.get(
    "/relations",
    response=answers.ClaimPage,
    url_name="relations",
    by_alias=True,
    tags=["census"],
    operation_id="listRelations",
    summary=gettext_noop("Les faits qui joignent deux fiches"),
)
def relations(request: HttpRequest, ask: Query[ClaimsAsk]) -> HttpResponse:
    return facts(request, ask, name="relations")


@router.get(
    "/claims/{id}",
    response=answers.Claim,
    url_name="claim",
    by_alias=True,
    tags=["census"],
    operation_id="getClaim",
    summary=gettext_noop("Un fait, avec ses preuves"),
)
def claim(request: HttpRequest, id: str) -> HttpResponse:
    found = published.find_fact(id)
    if found is None:
        return not_found()
    return door.answer(shown.fact(found), changed=published.last_change())


@router.get(
    "/changes",
    response=answers.ChangePage,
    url_name="changes",
    tags=["census"],
    operation_id="listChanges",
    summary=gettext_noop("Ce qui a été publié, changé ou retiré"),
    description=gettext_noop(
        "Dans l'ordre où c'est arrivé. Un miroir garde « resume » et le redemande : rien n'est "
        "manqué, ni compté deux fois."
    ),
)
def changes(request: HttpRequest, ask: Query[ChangesAsk]) -> HttpResponse:
    wanted = published.ChangeAsk(
        record=ask.record, claim=ask.claim, what=ask.what or "", since=aware(ask.since)
    )
    question = {"list": "changes", **ask.question()}
    after = read_cursor(ask.cursor, question)
    found = published.page_of_changes(wanted, after, ask.limit + 1)
    rows: list[tuple[Any, Any]] = [(place, shown.change(one)) for place, one in found]
    last = rows[: ask.limit][-1][0] if rows else after
    resume = door.address_with(request, write_cursor(last, question)) if last else None
    return door.paged(
        request,
        question,
        rows,
        limit=ask.limit,
        changed=published.last_change(),
        resume=resume or door.address_with(request, ""),
    )


@router.get(
    "/identifiers/{list}",
    response=answers.KeyPage,
    url_name="identifiers",
    tags=["census"],
    operation_id="listIdentifiers",
    summary=gettext_noop("Les identifiants de tous les faits (claims), ou fiches (records)"),
    description=gettext_noop(
        "Pour qui garde une copie : ce qui n'y est plus a été retiré, et ne doit plus être montré."
    ),
)
def identifiers(request: HttpRequest, list: str, ask: Query[KeysAsk]) -> HttpResponse:
    if list not in {"claims", "records"}:
        return not_found()
    question = {"list": f"identifiers {list}"}
    after = read_cursor(ask.cursor, question)
    found = published.page_of_keys(list == "records", after, ask.limit + 1)
    rows = [([key], {"id": key, "changed_at": shown.moment(at)}) for key, at in found]
    return door.paged(request, question, rows, limit=ask.limit, changed=published.last_change())
