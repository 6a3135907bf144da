"""Rankings of communes and départements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.census.published import Fact
from contrechamp.compare.domain import Bounds, wilson
from contrechamp.compare.queries.profiles import is_number, latest
from contrechamp.compare.queries.ranked import Draft, Entry, Excluded, counted, is_proved
from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import number

from .shared import DEPARTEMENT, all_communes, communes_by_key, coverage, gap

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

LEAST_PEOPLE = 1_000
LEAST_FACTS = 20


def cameras() -> Draft:
    facts = latest(
        fact for fact in published.facts(properties=["cameras_authorised"]) if is_number(fact.value)
    )
    where = published.places_of(facts)
    towns = communes_by_key({key for keys in where.values() for key in keys})
    by_town: dict[str, list[Fact]] = defaultdict(list)
    spread = 0
    for record, fact in facts.items():
        here = {towns[key].key for key in where[record] if key in towns}
        if len(here) == 1:
            by_town[here.pop()].append(fact)
        else:
            spread += 1
    people = {town.key: town for town in towns.values()}
    draft = Draft(
        method=gettext(
            "Pour chaque système situé dans une seule commune, le dernier nombre de caméras "
            "autorisées qui soit publié ; leur somme, divisée par les habitants de la commune "
            "(répertoire des communes, état de 2026)."
        ),
        formula=gettext("somme des caméras autorisées × 1 000 ÷ habitants"),
        minimum=gettext(
            "Au moins {people} habitants : en dessous, une seule caméra change le rang."
        ).format(people=number(LEAST_PEOPLE)),
        unit=gettext("pour 1 000 hab."),
        column=gettext("Commune"),
        decimals=2,
        known=len(by_town),
        universe=all_communes(),
        doubts=[
            gap(),
            gettext(
                "Une caméra autorisée n'est pas toujours posée, et des caméras posées n'ont pas "
                "toujours d'acte."
            ),
            gettext(
                "Les gares, lycées et hôpitaux comptent dans leur commune, et leurs usagers n'y "
                "habitent pas tous."
            ),
        ],
    )
    draft.coverage = coverage(draft.known, draft.universe)
    if spread:
        draft.doubts.append(
            ngettext(
                "{count} système situé dans plusieurs communes, ou dans aucune connue, n'est pas "
                "compté.",
                "{count} systèmes situés dans plusieurs communes, ou dans aucune connue, ne sont "
                "pas comptés.",
                spread,
            ).format(count=number(spread))
        )
    for key, said in by_town.items():
        _rate(draft, people[key], said)
    return draft


def _rate(draft: Draft, town: Territory, said: list[Fact]) -> None:
    if not town.population or town.population < LEAST_PEOPLE:
        why = gettext("moins de {people} habitants").format(people=number(LEAST_PEOPLE))
        draft.excluded.append(Excluded(name=town.name, url=town.get_absolute_url(), why=why))
        return
    total = sum(float(fact.value) for fact in said)
    proved = sum(float(fact.value) for fact in said if is_proved(fact))
    draft.entries.append(
        Entry(
            key=town.key,
            name=town.name,
            url=town.get_absolute_url(),
            value=total * 1000 / town.population,
            bounds=Bounds(proved * 1000 / town.population, total * 1000 / town.population),
            detail=gettext("{cameras} caméras, {people} habitants").format(
                cameras=number(round(total)), people=number(town.population)
            ),
            proofs=tuple(fact.id for fact in said),
        )
    )


def projects() -> Draft:
    located = list(published.facts(properties=["located_in"]))
    located = [fact for fact in located if fact.subject.kind == "project" and fact.target]
    towns = communes_by_key({fact.target.territory for fact in located if fact.target})
    by_town: dict[str, list[Fact]] = defaultdict(list)
    for fact in located:
        if fact.target and (town := towns.get(fact.target.territory)):
            by_town[town.key].append(fact)
    draft = Draft(
        method=gettext(
            "Le nombre de projets publiés dont un fait dit qu'ils sont situés dans la commune. Un "
            "projet d'une métropole ou de l'État qui s'y applique sans y être situé ne compte pas."
        ),
        formula=gettext("nombre de projets différents situés dans la commune"),
        minimum=gettext("Au moins un projet publié."),
        unit=gettext("projets"),
        column=gettext("Commune"),
        known=len(by_town),
        universe=all_communes(),
        doubts=[
            gap(),
            gettext(
                "Une grande ville a plus de projets qu'un village : ce rang ne dit rien de la "
                "surveillance par habitant."
            ),
        ],
    )
    draft.coverage = coverage(draft.known, draft.universe)
    names = {town.key: town for town in towns.values()}
    for key, facts in by_town.items():
        bounds = counted(facts, lambda fact: fact.subject.id)
        people = names[key].population
        draft.entries.append(
            Entry(
                key=key,
                name=names[key].name,
                url=names[key].get_absolute_url(),
                value=bounds.high,
                bounds=bounds,
                detail=gettext("{people} habitants").format(people=number(people))
                if people
                else "",
                proofs=tuple(fact.id for fact in facts),
                list_url=f"/chronologie?de={key}&type=project",
            )
        )
    return draft


def proofs() -> Draft:
    counts = published.status_counts()
    where = published.places_of(counts)
    known = places.territories({key for keys in where.values() for key in keys})
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for record, statuses in counts.items():
        here = {f"{DEPARTEMENT}{known[key].departement}" for key in where[record] if key in known}
        for key in here - {DEPARTEMENT}:
            for status, count in statuses.items():
                found[key][status] += count
    names = places.territories(found)
    draft = Draft(
        method=gettext(
            "Parmi les faits publiés sur ce qui est dans le département, la part que des "
            "documents, des registres ou deux publications indépendantes établissent (documentés "
            "ou vérifiés)."
        ),
        formula=gettext("faits documentés ou vérifiés ÷ faits publiés"),
        minimum=gettext("Au moins {facts} faits publiés dans le département.").format(
            facts=LEAST_FACTS
        ),
        certainty=gettext(
            "Les bornes sont l'intervalle de Wilson (1927) à 95 % : il tient compte du petit "
            "nombre de faits. Deux départements dont les intervalles se chevauchent ne sont pas "
            "sûrement dans cet ordre."
        ),
        unit="%",
        decimals=1,
        column=gettext("Département"),
        known=len(found),
        universe=places.departements().count(),
        doubts=[
            gettext(
                "Ce rang juge notre travail, pas le département : il dit où il faut relire et "
                "chercher des actes."
            )
        ],
    )
    draft.coverage = gettext("{known} départements connus sur {every}").format(
        known=number(draft.known), every=number(draft.universe)
    )
    for key, statuses in found.items():
        _share(draft, names[key], statuses)
    return draft


def _share(draft: Draft, departement: Territory, statuses: Mapping[str, int]) -> None:
    total = sum(statuses.values())
    proved = statuses.get("DOCUMENTED", 0) + statuses.get("VERIFIED", 0)
    if total < LEAST_FACTS:
        why = gettext("moins de {facts} faits").format(facts=LEAST_FACTS)
        url = departement.get_absolute_url()
        draft.excluded.append(Excluded(name=departement.name, url=url, why=why))
        return
    bounds = wilson(proved, total)
    draft.entries.append(
        Entry(
            key=departement.key,
            name=departement.name,
            url=departement.get_absolute_url(),
            value=proved * 100 / total,
            bounds=Bounds(bounds.low * 100, bounds.high * 100),
            detail=gettext("{proved} prouvés sur {total}, dont {verified} lus par deux").format(
                proved=number(proved),
                total=number(total),
                verified=number(statuses.get("VERIFIED", 0)),
            ),
            list_url=f"/chronologie?de={departement.key}",
        )
    )


def documented() -> Draft:
    counts = published.status_counts()
    where = published.places_of(counts)
    towns = communes_by_key({key for keys in where.values() for key in keys})
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for record, statuses in counts.items():
        total = sum(statuses.values())
        proved = statuses.get("DOCUMENTED", 0) + statuses.get("VERIFIED", 0)
        for key in {towns[key].key for key in where[record] if key in towns}:
            found[key][0] += proved
            found[key][1] += total
    names = {town.key: town for town in towns.values()}
    draft = Draft(
        method=gettext(
            "Le nombre de faits publiés sur ce qui est dans la commune, sur qui l'administre et ce "
            "qu'il achète ; la borne basse ne compte que ceux qu'un document prouve."
        ),
        formula=gettext("nombre de faits publiés"),
        minimum=gettext("Au moins un fait publié."),
        unit=gettext("faits"),
        column=gettext("Commune"),
        known=len(found),
        universe=all_communes(),
        doubts=[
            gettext(
                "Mieux documentée ne veut pas dire plus surveillée : c'est là que des gens ont lu "
                "des actes."
            ),
            gap(),
        ],
    )
    draft.coverage = coverage(draft.known, draft.universe)
    for key, (proved, total) in found.items():
        draft.entries.append(
            Entry(
                key=key,
                name=names[key].name,
                url=names[key].get_absolute_url(),
                value=total,
                bounds=Bounds(proved, total),
                detail=gettext("{proved} prouvés").format(proved=number(proved)),
                list_url=f"/chronologie?de={key}",
            )
        )
    return draft
