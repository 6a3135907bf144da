"""Court actions and complaints as the interface answers them."""

from __future__ import annotations

from typing import Literal

from ninja import Field

from contrechamp.cases.domain.facts import Outcome
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.queries.listing import GROUPS
from contrechamp.kernel.errors import gettext_noop

from .answers import ID, NEXT, URL, Said
from .asking import Paged

STATES = gettext_noop("Où en sont les actions : avant (le dépôt), cours ou fini.")
KINDS = "|".join(ActionKind)
OUTCOMES = gettext_noop("Issue pour qui a agi ; null : pas encore.")


class ActionsAsk(Paged):
    """Which court actions and complaints."""

    state: str = Field("", pattern=f"^({'|'.join(GROUPS)})?$", description=STATES)
    kind: str = Field(
        "", pattern=f"^({KINDS})?$", description=gettext_noop("Sorte d'action, en code.")
    )
    technology: str = Field(
        "", max_length=40, description=gettext_noop("Code du vocabulaire « watched ».")
    )
    about: str = Field(
        "",
        max_length=30,
        description=gettext_noop(
            "Projet, contrat, partie ou territoire : prj-…, ctr-…, act-…, commune:06088."
        ),
    )
    q: str = Field("", max_length=120, description=gettext_noop("Mots du titre."))


class ActionFact(Said):
    """Something that happened in an action, and how it is proved."""

    id: str = Field(..., description=ID)
    kind: str
    first: str = Field(..., description=gettext_noop("Premier jour possible."))
    last: str = Field(..., description=gettext_noop("Dernier jour possible."))
    proof: str
    text: str = Field(..., description=gettext_noop("Le fait, en mots."))
    number: str | None
    outcome: str | None


class ActionCourt(Said):
    """A court or authority before which an action stood."""

    court: str
    number: str | None
    filed_on: str | None
    decided_on: str | None
    ecli: str | None
    result: str | None
    source: str | None = Field(None, description=gettext_noop("Où la décision se lit."))


class ActionParty(Said):
    """An organisation that takes part; never a person."""

    side: Literal["CLAIMANT", "DEFENDANT", "INTERVENER"]
    name: str
    number: str | None = Field(None, description=gettext_noop("SIREN, SIRET ou RNA."))


class ActionSource(Said):
    """Where what is known of an action was read."""

    title: str
    url: str


class CourtAction(Said):
    """A public court action or complaint."""

    id: str = Field(..., description=ID)
    url: str = Field(..., description=URL)
    kind: str
    title: str
    about: str
    state: str = Field(..., description=gettext_noop("Où elle en est, en code."))
    outcome: Outcome | None = Field(None, description=OUTCOMES)
    next: str = Field(..., description=gettext_noop("Ce qui vient maintenant, en mots."))
    court: str
    technology: str | None
    attacks: str | None = Field(None, description=gettext_noop("Ce qui est attaqué, en mots."))
    projects: list[str]
    territories: list[str]
    began_on: str | None
    decided_on: str | None
    is_from_public_sources: bool = Field(
        ...,
        description=gettext_noop(
            "Entrée d'après des sources publiques : aucune équipe d'ici ne la conduit."
        ),
    )
    doubts: str | None = Field(
        None, description=gettext_noop("Ce que les sources laissent incertain.")
    )
    sources: list[ActionSource]
    facts: list[ActionFact]
    courts: list[ActionCourt]
    parties: list[ActionParty]
    published_here_at: str | None
    changed_at: str


class CourtActionPage(Said):
    """A part of a list of court actions."""

    items: list[CourtAction]
    next: str | None = Field(None, description=NEXT)
