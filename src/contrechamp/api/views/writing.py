"""What a program may write with a token: drafts and proposals, by the verbs of the pages."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Schema, UploadedFile
from pydantic import Field

from contrechamp.api import door, services
from contrechamp.api.domain import Scope
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import answers, writing
from contrechamp.documents import queries as documents
from contrechamp.documents import services as papers
from contrechamp.documents.queries import lists
from contrechamp.kernel.errors import gettext_noop

from .routes import router

BLOCK = 1 << 20
PROPOSE, IMPORT = door.Holder(Scope.PROPOSE), door.Holder(Scope.IMPORT)


@router.get(
    "/me",
    auth=door.Holder(),
    response=answers.Me,
    url_name="me",
    tags=["writing"],
    operation_id="getMe",
    summary=gettext_noop("Ce que peut ce jeton"),
)
def me(request: HttpRequest) -> HttpResponse:
    token = door.holder_of(request)
    response = door.answer(
        {
            "account": token.user.get_username(),
            "token": token.name,
            "scopes": token.scopes,
            "ends_at": token.ends_at.isoformat(),
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": door.holder_of(request).user, "now": timezone.now()}


@router.post(
    "/claims",
    auth=PROPOSE,
    response={201: answers.DraftOut},
    url_name="claims",
    tags=["writing"],
    operation_id="draftClaim",
    summary=gettext_noop("Écrire le brouillon d'un fait, avec ses sources"),
    description=gettext_noop(
        "Rien n'est public avant qu'une autre personne ait lu les sources. Droit : propose."
    ),
)
def draft_claim(request: HttpRequest, given: writing.ClaimIn) -> HttpResponse:
    def do() -> tuple[dict[str, Any], str]:
        made = services.draft_fact(
            subject=given.subject,
            property=given.property,
            target=given.target,
            values=given.values(),
            evidence=[each.values() for each in given.evidence],
            and_submit=given.submit,
            **_by(request),
        )
        return _draft(made), reverse("census:claim-edit", args=[made.id])

    return door.once(request, do)


@router.post(
    "/records",
    auth=PROPOSE,
    response={201: answers.DraftOut},
    url_name="records",
    tags=["writing"],
    operation_id="draftRecord",
    summary=gettext_noop("Écrire le brouillon d'une fiche"),
    description=gettext_noop(
        "Si une fiche porte déjà l'un des numéros officiels, c'est elle qui est rendue. Droit : "
        "propose."
    ),
)
def draft_record(request: HttpRequest, given: writing.RecordIn) -> HttpResponse:
    def do() -> tuple[dict[str, Any], str]:
        made = services.draft_record(
            kind=given.kind,
            type=given.type,
            name=given.name,
            identifiers=[(each.scheme, each.value) for each in given.identifiers],
            **_by(request),
        )
        return _draft(made), ""

    return door.once(request, do)


def _draft(made: services.Drafted) -> dict[str, Any]:
    said = asdict(made)
    return {
        **said,
        "state": made.state.lower(),
        "status": made.status.lower() or None,
        "evidence": list(made.evidence),
    }


@router.post(
    "/drafts/submit",
    auth=PROPOSE,
    response=answers.SubmittedOut,
    url_name="submit",
    tags=["writing"],
    operation_id="submitClaims",
    summary=gettext_noop("Soumettre ses brouillons à la relecture"),
    description=gettext_noop("Une autre personne les lira. Droit : propose."),
)
def submit(request: HttpRequest, given: writing.SubmitIn) -> HttpResponse:
    def do() -> tuple[dict[str, Any], str]:
        return {"submitted": services.submit_claims(given.claims, **_by(request))}, ""

    return door.once(request, do, status=200)


@router.post(
    "/notices",
    auth=PROPOSE,
    response={201: answers.NoticeOut},
    url_name="notices",
    tags=["writing"],
    operation_id="proposeCorrection",
    summary=gettext_noop("Proposer une correction, une réponse ou un retrait"),
    description=gettext_noop("Comme le formulaire de chaque page. Droit : propose."),
)
def propose(request: HttpRequest, given: writing.NoticeIn) -> HttpResponse:
    def do() -> tuple[dict[str, Any], str]:
        notice = services.propose_notice(
            record=given.record,
            claim=given.claim,
            kind=given.kind.upper(),
            text=given.text,
            capacity=given.capacity,
            source=given.source,
            today=timezone.localdate(),
        )
        day = notice.received_on.isoformat()
        return {"id": notice.pk, "kind": notice.kind.lower(), "received_on": day}, ""

    return door.once(request, do)


@router.post(
    "/documents/{sha256}/quotes",
    auth=PROPOSE,
    response={201: answers.QuoteOut},
    url_name="quotes",
    tags=["writing"],
    operation_id="citePassage",
    summary=gettext_noop("Citer un passage d'un document, pour en faire une preuve"),
    description=gettext_noop(
        "Le même passage cité deux fois est la même citation. Droit : propose."
    ),
)
def cite(request: HttpRequest, sha256: str, given: writing.QuoteIn) -> HttpResponse:
    version = documents.find_visible(sha256, door.holder_of(request).user)
    if version is None:
        return not_found()
    key = version.file_id

    def do() -> tuple[dict[str, Any], str]:
        made = papers.cite(key, page=given.page, exact=given.exact, **_by(request))
        said = {"id": made.pk, "document": key, "page": made.page_from, "exact": made.exact}
        return said, documents.quote_url(made.pk)

    return door.once(request, do)


class DocumentIn(Schema):
    """What is said of a file that is sent."""

    title: str = Field("", max_length=300, description=gettext_noop("Titre."))
    type: str = Field(
        "other", max_length=40, description=gettext_noop("Type, du vocabulaire document_types.")
    )
    origin: Literal["foi", "official_site", "register", "press", "received", "import"] = Field(
        "received", description=gettext_noop("D'où il vient.")
    )
    source_url: str = Field("", max_length=1000, description=gettext_noop("Adresse d'origine."))


@router.post(
    "/documents",
    auth=IMPORT,
    response={201: answers.Arrival},
    url_name="documents",
    tags=["writing"],
    operation_id="addDocument",
    summary=gettext_noop("Ajouter un fichier aux documents de l'équipe"),
    description=gettext_noop(
        "Le même fichier envoyé deux fois est gardé une fois. Il devient public quand une autre "
        "personne l'a lu. Droit : import."
    ),
)
def add_document(
    request: HttpRequest, file: File[UploadedFile], about: Form[DocumentIn]
) -> HttpResponse:
    return door.once(request, lambda: _take(request, file, about), is_long=True)


def _take(
    request: HttpRequest, file: UploadedFile, about: DocumentIn
) -> tuple[dict[str, Any], str]:
    folder = Path(mkdtemp(dir=_arrivals(), prefix="api-"))
    try:
        path = _land(file, folder / "0")
        name = (file.name or "").replace("\0", "")[:200] or "document"
        batch = papers.add_uploads(
            {path: name},
            title=about.title.strip(),
            doc_type=about.type,
            origin=about.origin.upper(),
            source_url=about.source_url.strip(),
            **_by(request),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _arrival(request, batch)


def _arrivals() -> Path:
    folder: Path = settings.CONTRECHAMP.data / "arrivals"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _land(upload: UploadedFile, path: Path) -> Path:
    """Return where an upload lies on the disk: a large one was streamed there already."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    with path.open("wb") as out:
        for block in upload.chunks(BLOCK):
            out.write(block)
    return path


def _arrival(request: HttpRequest, batch_id: str) -> tuple[dict[str, Any], str]:
    batch = lists.find_batch(batch_id, door.holder_of(request).user)
    files = []
    for item in lists.batch_items(batch) if batch else ():
        versions = list(item.document.versions.all()) if item.document else []
        files.append(
            {
                "document": item.document_id,
                "sha256": versions[-1].file_id if versions else None,
                "name": item.path,
                "state": item.state.lower(),
                "reason": item.message or item.reason or None,
            }
        )
    url = reverse("documents:batch", args=[batch_id])
    return {"batch": batch_id, "url": url, "files": files}, url


@router.post(
    "/drafts/{document}/submit",
    auth=IMPORT,
    response=answers.SubmittedOut,
    url_name="submit-document",
    tags=["writing"],
    operation_id="submitDocument",
    summary=gettext_noop("Soumettre un document (doc-…) à la relecture"),
    description=gettext_noop("Une autre personne le lira. Droit : import."),
)
def submit_document(request: HttpRequest, document: str) -> HttpResponse:
    user = door.holder_of(request).user
    found = documents.find_document(document, user)
    if found is None or found.added_by_id != user.pk:
        return not_found()
    draft = found

    def do() -> tuple[dict[str, Any], str]:
        papers.submit_all([draft], **_by(request))
        return {"submitted": [draft.pk]}, ""

    return door.once(request, do, status=200)
