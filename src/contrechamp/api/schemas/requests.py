"""Access requests as the interface answers them."""

from __future__ import annotations

from ninja import Field

from contrechamp.foi.queries.listing import GROUPS
from contrechamp.kernel.errors import gettext_noop

from .answers import ID, NEXT, URL, Said
from .asking import Paged

STATES = gettext_noop("Où en sont les demandes : attente, refus, cada, tribunal ou obtenu.")


class RequestsAsk(Paged):
    """Which access requests."""

    state: str = Field("", pattern=f"^({'|'.join(GROUPS)})?$", description=STATES)
    body: str = Field(
        "", max_length=20, description=gettext_noop("Administration de l'annuaire (bod-…).")
    )
    departement: str = Field("", max_length=3, description=gettext_noop("Code du département."))
    project: str = Field(
        "", max_length=20, description=gettext_noop("Projet du recensement (prj-…).")
    )
    q: str = Field("", max_length=120, description=gettext_noop("Mots du titre ou du nom."))


class RequestBody(Said):
    """Whom a request was sent to."""

    id: str = Field(..., description=ID)
    name: str
    siren: str | None


class RequestItem(Said):
    """One document that was asked for."""

    position: int
    code: str | None = Field(None, description=gettext_noop("Sorte, au catalogue des documents."))
    wording: str
    outcome: str = Field(..., description=gettext_noop("Ce qu'il est devenu."))


class RequestFact(Said):
    """Something that happened to a request, and how it is proved."""

    id: str = Field(..., description=ID)
    kind: str
    first: str = Field(..., description=gettext_noop("Premier jour possible."))
    last: str = Field(..., description=gettext_noop("Dernier jour possible."))
    proof: str
    number: str | None
    sense: str | None = Field(None, description=gettext_noop("Sens d'un avis ou d'un jugement."))
    reasons: list[str]


class RequestLetter(Said):
    """A letter that everybody may read, names and addresses hidden."""

    day: str
    direction: str = Field(..., description=gettext_noop("OUT (envoyée) ou IN (reçue)."))
    subject: str
    text: str


class AccessRequest(Said):
    """A public request for documents."""

    id: str = Field(..., description=ID)
    url: str = Field(..., description=URL)
    title: str
    body: RequestBody | None
    state: str = Field(..., description=gettext_noop("Où elle en est, en code."))
    sent_on: str | None
    first_answer_on: str | None
    days_to_answer: int | None
    act_by_safe: str | None = Field(None, description=gettext_noop("Jour sûr pour agir."))
    project: str | None
    items: list[RequestItem]
    facts: list[RequestFact]
    published_here_at: str | None
    changed_at: str


class AccessRequestWhole(AccessRequest):
    """A public request with its letters."""

    letters: list[RequestLetter]


class AccessRequestPage(Said):
    """A part of a list of requests."""

    items: list[AccessRequest]
    next: str | None = Field(None, description=NEXT)
