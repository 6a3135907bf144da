"""What a program may ask, made valid; sentences are said in two languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils.timezone import is_naive, make_aware
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from contrechamp.kernel.errors import gettext_noop

EARLIEST, LATEST = 1900, 2200
MOST, USUAL = 500, 100

Kind = Literal["project", "technology", "actor", "place", "contract"]
Status = Literal["alleged", "documented", "verified", "contradicted"]


def _is_day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    raise PydanticCustomError("day", "a day")


def _is_moment(value: Any) -> Any:
    form = r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?"
    if isinstance(value, str) and re.fullmatch(form, value):
        return value
    raise PydanticCustomError("moment", "a moment")


Day = Annotated[date, BeforeValidator(_is_day)]
Moment = Annotated[datetime, BeforeValidator(_is_moment)]


def aware(moment: datetime | None) -> datetime | None:
    """Return the moment with its zone, ours if it has none; centuries away is the same as never."""
    if moment is None or moment.year < EARLIEST:
        return None
    if moment.year > LATEST:
        moment = moment.replace(year=LATEST, day=1)
    return make_aware(moment) if is_naive(moment) else moment


class Paged(Schema):
    """What every list takes."""

    limit: int = Field(
        USUAL, ge=1, le=MOST, description=gettext_noop("Combien d'éléments, au plus.")
    )
    cursor: str = Field(
        "",
        max_length=600,
        description=gettext_noop("Où continuer : tel que « next » l'a donné."),
    )

    def question(self) -> dict[str, object]:
        """Return what is asked, without where to go on."""
        return {k: v for k, v in dict(self).items() if k not in {"limit", "cursor"}}


SINCE = gettext_noop(
    "Publiés ou changés depuis ce moment ; la liste va alors du plus ancien changement au plus "
    "récent."
)
TERRITORY = gettext_noop("Clé d'un territoire, par exemple commune:06088 ; voir /territories.")


class RecordsAsk(Paged):
    """Which records."""

    kind: Kind | None = Field(None, description=gettext_noop("Sorte de fiche."))
    type: str = Field(
        "", max_length=40, description=gettext_noop("Type, du vocabulaire entity_types.")
    )
    technology: str = Field(
        "",
        max_length=20,
        description=gettext_noop("Identifiant d'une technique qu'elle utilise ou propose (tec-…)."),
    )
    territory: str = Field("", max_length=30, description=TERRITORY)
    status: Status | None = Field(
        None, description=gettext_noop("Au moins un de ses faits a ce statut.")
    )
    q: str = Field("", max_length=200, description=gettext_noop("Comment son nom commence."))
    since: Moment | None = Field(None, description=SINCE)


class ClaimsAsk(Paged):
    """Which facts."""

    subject: str = Field(
        "", max_length=20, description=gettext_noop("Fiche dont le fait parle (prj-…, act-…).")
    )
    target: str = Field(
        "", max_length=20, description=gettext_noop("Fiche à l'autre bout d'une relation.")
    )
    about: str = Field("", max_length=20, description=gettext_noop("Fiche à l'un des deux bouts."))
    property: str = Field(
        "",
        max_length=40,
        description=gettext_noop("Code des vocabulaires properties ou relations."),
    )
    status: Status | None = Field(None, description=gettext_noop("Ce que vaut sa preuve."))
    territory: str = Field("", max_length=30, description=TERRITORY)
    first: Day | None = Field(
        None,
        alias="from",
        description=gettext_noop("Vrais à partir de ce jour : leurs bornes touchent la période."),
    )
    last: Day | None = Field(
        None, alias="until", description=gettext_noop("Vrais jusqu'à ce jour.")
    )
    since: Moment | None = Field(None, description=SINCE)


class ChangesAsk(Paged):
    """Which lines of the public history."""

    since: Moment | None = Field(
        None, description=gettext_noop("Depuis ce moment ; ensuite, suivez « resume ».")
    )
    record: str = Field("", max_length=20, description=gettext_noop("D'une fiche."))
    claim: str = Field("", max_length=20, description=gettext_noop("D'un fait."))
    what: Literal["published", "changed", "withdrawn", "merged"] | None = Field(
        None, description=gettext_noop("Ce qui est arrivé.")
    )


class KeysAsk(Paged):
    """Which identifiers."""

    limit: int = Field(
        1000, ge=1, le=5000, description=gettext_noop("Combien d'éléments, au plus.")
    )


class DocumentsAsk(Paged):
    """Which documents."""

    type: str = Field(
        "", max_length=40, description=gettext_noop("Type, du vocabulaire document_types.")
    )
    q: str = Field("", max_length=200, description=gettext_noop("Mots du titre ou de l'auteur."))
    year: str = Field("", pattern=r"^(\d{4})?$", description=gettext_noop("Année du document."))


class PagesAsk(Paged):
    """Which pages of a document."""

    limit: int = Field(50, ge=1, le=MOST, description=gettext_noop("Combien d'éléments, au plus."))


class ActsAsk(Paged):
    """Which acts of the watch."""

    technology: str = Field(
        "", max_length=40, description=gettext_noop("Code du vocabulaire watched.")
    )
    sort: Literal["technology", "measure"] | None = Field(
        None, description=gettext_noop("Équipement, ou mesure de police.")
    )
    departement: str = Field("", max_length=3, description=gettext_noop("Code du département."))
    territory: str = Field("", max_length=30, description=TERRITORY)
    company: str = Field(
        "", pattern=r"^(\d{9})?$", description=gettext_noop("SIREN d'une entreprise nommée.")
    )
    first: Day | None = Field(
        None, alias="from", description=gettext_noop("Publiés à partir de ce jour.")
    )
    last: Day | None = Field(
        None, alias="until", description=gettext_noop("Publiés jusqu'à ce jour.")
    )


class TerritoriesAsk(Paged):
    """Which territories."""

    kind: (
        Literal["commune", "arrondissement", "epci", "departement", "region", "country"] | None
    ) = Field(None, description=gettext_noop("Sorte de territoire."))
    departement: str = Field("", max_length=3, description=gettext_noop("Code du département."))
    region: str = Field("", max_length=3, description=gettext_noop("Code de la région."))
    q: str = Field("", max_length=120, description=gettext_noop("Comment son nom commence."))


class SearchAsk(Schema):
    """A search, as on the page /recherche."""

    q: str = Field(
        "",
        max_length=500,
        description=gettext_noop('Mots, "expression exacte", -exclu, préfixe*, champ:valeur.'),
    )
    kind: str = Field("", max_length=40, description=gettext_noop("Facette : sorte de résultat."))
    technology: str = Field("", max_length=40, description=gettext_noop("Facette : technique."))
    place: str = Field("", max_length=30, description=TERRITORY)
    year: str = Field("", max_length=4, description=gettext_noop("Facette : année."))
    status: Status | None = Field(None, description=gettext_noop("Facette : statut."))
    sort: Literal["relevance", "date", "new"] = Field(
        "relevance", description=gettext_noop("Ordre des résultats.")
    )
    limit: int = Field(20, ge=1, le=200, description=gettext_noop("Combien d'éléments, au plus."))
    cursor: str = Field(
        "", max_length=600, description=gettext_noop("Où continuer : tel que « next » l'a donné.")
    )


class NeighboursAsk(Schema):
    """How far to look around a record."""

    depth: int = Field(1, ge=1, le=2, description=gettext_noop("Combien de pas."))
    relation: str = Field(
        "", max_length=40, description=gettext_noop("Une seule relation, du vocabulaire relations.")
    )
    limit: int = Field(100, ge=1, le=MOST, description=gettext_noop("Combien de fiches, au plus."))


class PathsAsk(Schema):
    """Between which records."""

    start: str = Field(
        ...,
        alias="from",
        min_length=1,
        max_length=200,
        description=gettext_noop("Identifiant, siren:…, insee:… ou nom exact."),
    )
    goal: str = Field(
        ...,
        alias="to",
        min_length=1,
        max_length=200,
        description=gettext_noop("Identifiant, siren:…, insee:… ou nom exact."),
    )
    avoid: str = Field(
        "",
        max_length=600,
        description=gettext_noop("Fiches à éviter : identifiants séparés par des virgules."),
    )
    year: int | None = Field(
        None, ge=1900, le=2200, description=gettext_noop("Ce qui était vrai cette année-là.")
    )
    most: int = Field(5, ge=1, le=5, alias="max", description=gettext_noop("Combien de chemins."))


class Strict(Schema):
    """A body in which a field that nobody reads is a mistake."""

    model_config = ConfigDict(extra="forbid")


class DeadlinesAsk(Schema):
    """Dated facts, and how the law is to be read."""

    model_config = ConfigDict(extra="ignore")

    event: list[str] = Field(
        default_factory=list,
        max_length=20,
        description=gettext_noop(
            "Un fait et son jour, received:2026-01-15 ; plusieurs fois s'il le faut."
        ),
    )
    reading: str = Field(
        "", description=gettext_noop("Lecture qui donne last_day : usual, strict ou safe.")
    )
    remedies: str = Field(
        "",
        description=gettext_noop(
            "Si les voies et délais de recours étaient dits : unknown, stated ou missing."
        ),
    )
    distance_months: str = Field(
        "", description=gettext_noop("Mois de distance devant les tribunaux : 0, 1 ou 2.")
    )
    today: str = Field(
        "", description=gettext_noop("Un jour : chaque étape dit alors où elle en est.")
    )
