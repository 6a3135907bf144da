"""What actions offer to search, exports and other rooms' pages: public ones alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contrechamp.cases.models import Action
from contrechamp.cases.queries import published
from contrechamp.cases.queries.listing import Filter
from contrechamp.cases.queries.published import REF, Told
from contrechamp.cases.queries.results import IS_SERIOUS, holding
from contrechamp.census import published as records
from contrechamp.census import queries as census
from contrechamp.foundation.plug import Entry, Findable
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table

from .data import court_row, fact_row, party_row, row_of, target_title

PART = 200
LAST = 5


def _all() -> Iterator[Entry]:
    return _entries(published.rows().order_by("pk").iterator(PART))


def _some(refs: Sequence[str]) -> Iterable[Entry]:
    return _entries(published.some([ref.removeprefix(REF) for ref in refs]))


def _entries(actions: Iterable[Action]) -> Iterator[Entry]:
    seen: dict[str, tuple[str, ...]] = {}
    for one in published.told(actions, now=timezone.now()):
        action = one.action
        numbers = [court.number for court in one.instances]
        names = [party.name for party in one.parties]
        yield Entry(
            ref=f"{REF}{action.pk}",
            kind="action",
            title=action.title,
            text=" ".join(filter(None, [action.about, target_title(action)]))[:5000],
            url=one.url,
            also=" ".join(filter(None, [action.pk, action.court, *numbers, *names])),
            places=tuple(action.territories),
            technologies=_technologies(action.technology, seen),
            date=one.decided_on or one.began_on,
            at=action.published_at,
        )


def _technologies(code: str, seen: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the public record of a technique of the watch; `seen` keeps what was looked up."""
    if code not in seen:
        term = (terms("watched").get(code) or {}).get("census")
        known = census.find_by_key("vocabulary", term, "technology") if term else None
        seen[code] = tuple(records.find_records([known.pk])) if known else ()
    return seen[code]


FINDABLE = Findable(prefix=REF, entries=_all, some=_some)


# Exports


def _told() -> Iterator[Told]:
    rows = published.rows().order_by("pk").iterator(PART)
    return published.told(rows, now=timezone.now())


def _rows() -> Iterator[Sequence[object]]:
    return (row_of(one) for one in _told())


def _facts() -> Iterator[Sequence[object]]:
    return (fact_row(row) for one in _told() for row in one.facts)


def _courts() -> Iterator[Sequence[object]]:
    return (court_row(row) for one in _told() for row in one.instances)


def _parties() -> Iterator[Sequence[object]]:
    return (party_row(row) for one in _told() for row in one.parties)


def _about() -> Iterator[Sequence[object]]:
    for one in _told():
        for key in sorted(one.projects):
            yield one.action.pk, key, ""
        for key in one.action.territories:
            yield one.action.pk, "", key


ACTION = Column("action", gettext_noop("L'action."), leads_to="actions")
TABLES = (
    Table(
        name="actions",
        about=gettext_noop("Les actions en justice et plaintes rendues publiques."),
        columns=(
            Column("id", gettext_noop("Identifiant de l'action.")),
            Column("kind", gettext_noop("Sorte d'action, en code.")),
            Column("title", gettext_noop("Son titre.")),
            Column("about", gettext_noop("De quoi il s'agit.")),
            Column("state", gettext_noop("Où en est l'action, en code.")),
            Column("state_words", gettext_noop("Le même, en mots.")),
            Column("outcome", gettext_noop("Issue pour qui a agi, en code ; vide : pas encore.")),
            Column("court", gettext_noop("Juridiction ou autorité saisie.")),
            Column("technology", gettext_noop("Technique ; voir la table labels, vocabulaire watched.")),  # noqa: E501
            Column("attacks", gettext_noop("Ce qui est attaqué.")),
            Column("target", gettext_noop("Identifiant de l'acte ou de la fiche attaqués, s'ils sont ici.")),  # noqa: E501
            Column("began_on", gettext_noop("Premier jour connu."), "date"),
            Column("decided_on", gettext_noop("Jour de la dernière décision connue."), "date"),
            Column("is_from_public_sources", gettext_noop("1 : entrée d'après des sources publiques ; 0 : conduite par une équipe d'ici."), "integer"),  # noqa: E501
            Column("doubts", gettext_noop("Ce que les sources laissent incertain.")),
            Column("sources", gettext_noop("Adresses des sources, séparées par une espace.")),
            Column("published_on", gettext_noop("Jour de la publication ici."), "date"),
            Column("url", gettext_noop("Adresse de sa page sur ce site.")),
        ),
        rows=_rows,
        searched=("title", "about"),
    ),
    Table(
        name="action_facts",
        about=gettext_noop("Ce qui est arrivé dans chaque action publique, jour par jour."),
        columns=(
            ACTION,
            Column("fact", gettext_noop("Identifiant du fait.")),
            Column("kind", gettext_noop("Sorte de fait, en code.")),
            Column("words", gettext_noop("La même, en mots.")),
            Column("first", gettext_noop("Premier jour possible."), "date"),
            Column("last", gettext_noop("Dernier jour possible."), "date"),
            Column("proof", gettext_noop("Ce qui le prouve, en code.")),
            Column("number", gettext_noop("Numéro de la requête ou de la décision.")),
            Column("outcome", gettext_noop("Ce que la décision a donné, en code.")),
        ),
        rows=_facts,
        is_keyed=False,
    ),
    Table(
        name="action_courts",
        about=gettext_noop("Les juridictions devant lesquelles chaque action est passée."),
        columns=(
            ACTION,
            Column("court", gettext_noop("La juridiction.")),
            Column("number", gettext_noop("Numéro de la requête ou de la décision.")),
            Column("filed_on", gettext_noop("Jour du dépôt."), "date"),
            Column("decided_on", gettext_noop("Jour de la décision."), "date"),
            Column("ecli", gettext_noop("Identifiant européen de la décision (ECLI).")),
            Column("result", gettext_noop("Résultat pour qui a agi, en code.")),
            Column("source", gettext_noop("Où la décision se lit.")),
        ),
        rows=_courts,
        is_keyed=False,
    ),
    Table(
        name="action_parties",
        about=gettext_noop("Les organisations parties à chaque action ; jamais une personne."),
        columns=(
            ACTION,
            Column("side", gettext_noop("Son rôle, en code.")),
            Column("name", gettext_noop("Son nom.")),
            Column("number", gettext_noop("SIREN, SIRET ou RNA ; vide : pas dans les sources.")),
        ),
        rows=_parties,
        is_keyed=False,
    ),
    Table(
        name="action_subjects",
        about=gettext_noop("Les projets et les territoires de chaque action."),
        columns=(
            ACTION,
            Column("project", gettext_noop("Fiche du projet."), leads_to="nodes"),
            Column("territory", gettext_noop("Clé du territoire."), "territory"),
        ),
        rows=_about,
        is_keyed=False,
    ),
)  # fmt: skip


# Pages of other rooms


def panel(key: str) -> str:
    """Draw the public actions about a record or a territory; nothing where there is none."""
    found = list(published.rows(Filter(about=key))[: LAST + 1])
    if not found:
        return ""
    prefetch_related_objects(found[:LAST], "facts", "instances")
    told = published.told(found[:LAST], now=timezone.now())
    rows = [(one, holding(one.action)) for one in told]
    held = [each for _, decided in rows for each in decided]
    context = {
        "rows": rows,
        "serious": [one for one in held if one.result.change in IS_SERIOUS],
        "is_more": len(found) > LAST,
        "url": f"{reverse('cases:index')}?sur={key}",
    }
    return render_to_string("cases/parts/of_record.html", context)
