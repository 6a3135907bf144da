"""Documents with their pages and quotes, and the acts of the watch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import read_cursor
from contrechamp.api.problems import not_found, problem
from contrechamp.api.schemas import answers
from contrechamp.api.schemas.asking import ActsAsk, DocumentsAsk, Paged, PagesAsk
from contrechamp.api.shown import papers as shown
from contrechamp.documents import queries as documents
from contrechamp.documents.queries import cards, lists
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch import published as watch

from .routes import router


@router.get(
    "/documents",
    response=answers.DocumentPage,
    url_name="documents",
    operation_id="listDocuments",
    summary=gettext_noop("Les documents publics"),
    tags=["documents"],
)
def all_documents(request: HttpRequest, ask: Query[DocumentsAsk]) -> HttpResponse:
    question = {"list": "documents", **ask.question()}
    after = read_cursor(ask.cursor, question)
    wanted = lists.Wanted(words=ask.q.strip(), doc_type=ask.type, year=ask.year)
    rows = lists.public_after(wanted, after[0] if after else "", ask.limit + 1)
    found = [([v.document_id], shown.document(v)) for v in cards.newest_versions(rows)]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/documents/{sha256}",
    response=answers.Document,
    url_name="document",
    operation_id="getDocument",
    summary=gettext_noop("Un document, par le SHA-256 de son contenu"),
    tags=["documents"],
)
def document(request: HttpRequest, sha256: str) -> HttpResponse:
    version = documents.find_public(sha256)
    if version is None:
        return not_found()
    return door.answer(shown.document(version))


@router.get(
    "/documents/{sha256}/pages",
    response=answers.PagePage,
    url_name="pages",
    operation_id="listPages",
    summary=gettext_noop("Les pages d'un document, avec leur texte"),
    tags=["documents"],
)
def pages(request: HttpRequest, sha256: str, ask: Query[PagesAsk]) -> HttpResponse:
    version = documents.find_public(sha256)
    if version is None:
        return not_found()
    key = version.file_id
    question = {"list": "pages", "sha256": key}
    after = read_cursor(ask.cursor, question)
    rows = documents.pages(key).filter(number__gt=int(after[0]) if after else 0)
    found = list(rows[: ask.limit + 1])
    texts = dict(documents.texts(key, [one.number for one in found]))
    shown_rows = [
        ([str(one.number)], shown.page(key, one, texts.get(one.number, ""))) for one in found
    ]
    return door.paged(request, question, shown_rows, limit=ask.limit)


@router.get(
    "/documents/{sha256}/pages/{number}",
    response=answers.Page,
    url_name="page",
    operation_id="getPage",
    summary=gettext_noop("Une page d'un document, avec son texte"),
    tags=["documents"],
)
def page(request: HttpRequest, sha256: str, number: int) -> HttpResponse:
    version = documents.find_public(sha256)
    if version is None or not 0 < number < 1_000_000:
        return not_found()
    found = documents.find_page(version.file_id, number)
    if found is None:
        return not_found()
    text = documents.current_text(version.file_id, number) or ""
    return door.answer(shown.page(version.file_id, found, text))


@router.get(
    "/documents/{sha256}/quotes",
    response=answers.QuotePage,
    url_name="quotes",
    operation_id="listQuotes",
    summary=gettext_noop("Les passages cités par des faits publics"),
    tags=["documents"],
)
def quotes(request: HttpRequest, sha256: str, ask: Query[Paged]) -> HttpResponse:
    version = documents.find_public(sha256)
    if version is None:
        return not_found()
    question = {"list": "quotes", "sha256": version.file_id}
    after = read_cursor(ask.cursor, question)
    rows = documents.quotes_of(version.file_id).filter(id__gt=after[0] if after else "")
    found = [([one.id], shown.quote(one)) for one in rows.order_by("id")[: ask.limit + 1]]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/acts",
    response=answers.ActPage,
    url_name="acts",
    operation_id="listActs",
    summary=gettext_noop("Les actes de surveillance que deux personnes ont lus"),
    tags=["watch"],
)
def acts(request: HttpRequest, ask: Query[ActsAsk]) -> HttpResponse:
    question = {"list": "acts", **ask.question()}
    after = read_cursor(ask.cursor, question)
    wanted = watch.Filter(
        technology=ask.technology,
        sort=ask.sort or "",
        departement=ask.departement,
        territory=ask.territory,
        company=ask.company,
        since=ask.first,
        until=ask.last,
    )
    rows = watch.page_of_acts(wanted, after[0] if after else "", ask.limit + 1)
    found = [([act.id], shown_act(act, rows)) for act in rows]
    return door.paged(request, question, found, limit=ask.limit)


def shown_act(act: watch.Act, among: list[watch.Act]) -> dict[str, object]:
    """Return an act; another publication of the decision is named if it is public too."""
    data = shown.act(act)
    first = act.duplicate_of
    if first and first not in {one.id for one in among} and not watch.some_acts([first]):
        data |= {"duplicate_of": None, "finding": {**act.data, "duplicate_of": None}}
    return data


@router.get(
    "/acts/{slug}",
    response=answers.Act,
    url_name="act",
    operation_id="getAct",
    summary=gettext_noop("Un acte"),
    tags=["watch"],
)
def act(request: HttpRequest, slug: str) -> HttpResponse:
    found = watch.find_act(slug)
    if found is None:
        return not_found()
    if found.withdrawn_at:
        return problem(410, gettext("Cet acte a été retiré de l'observatoire."))
    return door.answer(shown_act(found, []))
