"""A paper as a file: PDF, Word, OpenDocument, plain text for online forms. For its team."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contrechamp.cases import printing
from contrechamp.cases.domain.exhibits import plain
from contrechamp.cases.domain.papers import Paper
from contrechamp.cases.models import Draft
from contrechamp.cases.shown.drafts import NAMES

from .drafts import of_team, opened_for

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}


@require_safe
@of_team
def file(request: HttpRequest, draft: Draft, form: str) -> HttpResponse:
    """Give a paper as it stands in one of the forms."""
    if form not in KINDS:
        raise Http404
    paper = opened_for(request, draft).paper
    answer = HttpResponse(_content(paper, form), content_type=KINDS[form])
    name = f"{plain(NAMES[paper.kind])}-{draft.action_id}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _content(paper: Paper, form: str) -> bytes:
    match form:
        case "pdf":
            return printing.as_pdf(paper).body
        case "docx":
            return printing.as_docx(paper)
        case "odt":
            return printing.as_odt(paper)
        case _:
            return printing.as_text(paper).encode()
