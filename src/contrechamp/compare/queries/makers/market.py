"""Rankings of companies and techniques. None ranks persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.census.published import Fact, Ref
from contrechamp.census.shown.facts import amount_label
from contrechamp.compare.domain import Bounds
from contrechamp.compare.queries.profiles import LEADS, SELLS
from contrechamp.compare.queries.ranked import Draft, Entry, Excluded, is_proved
from contrechamp.ui.templatetags.look import money, number

from .shared import all_communes, communes_by_key, coverage, gap


def _sales() -> dict[str, tuple[Ref, list[tuple[Ref, Fact]]]]:
    """Return who sells to which authority, and the fact that says so; companies only."""
    found: dict[str, tuple[Ref, list[tuple[Ref, Fact]]]] = {}

    def sells(company: Ref, client: Ref, fact: Fact) -> None:
        if company.type == "company" and client.type == "authority":
            found.setdefault(company.id, (company, []))[1].append((client, fact))

    buyers: dict[str, list[Ref]] = defaultdict(list)
    leaders: dict[str, list[Ref]] = defaultdict(list)
    won: list[Fact] = []
    wanted = ["supplies", "used_by", "buyer_of", "awarded_to", "participates_in"]
    for fact in published.facts(properties=wanted):
        if fact.target is None:
            continue
        role = fact.attributes.get("role")
        if fact.property in {"supplies", "used_by"}:
            sells(fact.subject, fact.target, fact)
        elif fact.property == "buyer_of":
            buyers[fact.target.id].append(fact.subject)
        elif role in LEADS:
            leaders[fact.target.id].append(fact.subject)
        elif fact.property == "awarded_to" or role in SELLS:
            won.append(fact)
    for fact in won:
        if fact.property == "awarded_to" and fact.target:
            for buyer in buyers[fact.subject.id]:
                sells(fact.target, buyer, fact)
        elif fact.target:
            for leader in leaders[fact.target.id]:
                sells(fact.subject, leader, fact)
    return found


def clients() -> Draft:
    sales = _sales()
    draft = Draft(
        method=gettext(
            "Une administration est cliente quand un lien publié le dit, quand elle est acheteuse "
            "d'un marché que l'entreprise a remporté, ou quand elle mène un projet dont "
            "l'entreprise est fournisseur, intégrateur ou éditeur. Chacune compte une fois."
        ),
        formula=gettext("nombre d'administrations clientes différentes"),
        minimum=gettext(
            "Au moins une administration cliente publiée. Entreprises seulement : ni personnes, ni "
            "acteurs dont le genre reste à préciser."
        ),
        unit=gettext("administrations"),
        column=gettext("Entreprise"),
        known=len(sales),
        universe=0,
        doubts=[
            gettext(
                "Nous connaissons une petite part des marchés : qui publie les siens paraît plus "
                "présent que qui les cache."
            ),
            gettext("Les filiales comptent à part, selon leur numéro officiel."),
        ],
    )
    draft.coverage = gettext("{known} entreprises dont un client est connu").format(
        known=number(draft.known)
    )
    for company, pairs in sales.values():
        clients: Mapping[str, Ref] = {client.id: client for client, _ in pairs}
        proved = {client.id for client, fact in pairs if is_proved(fact)}
        names = sorted(client.name for client in clients.values())
        more = f" … (+{len(names) - 4})" if len(names) > 4 else ""
        draft.entries.append(
            Entry(
                key=company.id,
                name=company.name,
                url=company.url,
                value=len(clients),
                bounds=Bounds(len(proved), len(clients)),
                detail=", ".join(names[:4]) + more,
                proofs=tuple(dict.fromkeys(fact.id for _, fact in pairs)),
            )
        )
    return draft


def technologies() -> Draft:
    used = [
        fact
        for fact in published.facts(properties=["uses_technology"])
        if fact.target and fact.subject.kind == "project"
    ]
    where = published.places_of(fact.subject.id for fact in used)
    towns = communes_by_key({key for keys in where.values() for key in keys})
    found: dict[str, tuple[Ref, dict[str, set[str]], list[str]]] = {}
    for fact in used:
        if fact.target is None:
            continue
        _, communes, proofs = found.setdefault(
            fact.target.id, (fact.target, {"proved": set(), "all": set()}, [])
        )
        here = {towns[key].key for key in where[fact.subject.id] if key in towns}
        communes["all"] |= here
        if is_proved(fact):
            communes["proved"] |= here
        if here:
            proofs.append(fact.id)
    every = set().union(*(communes["all"] for _, communes, _ in found.values()))
    draft = Draft(
        method=gettext(
            "Les communes où est situé un projet dont un fait publié dit qu'il utilise la "
            "technique, ou que son commanditaire administre. Chaque commune compte une fois."
        ),
        formula=gettext("nombre de communes différentes"),
        minimum=gettext("Au moins une commune connue."),
        unit=gettext("communes"),
        column=gettext("Technique"),
        known=len(every),
        universe=all_communes(),
        doubts=[
            gap(),
            gettext("Une technique discrète laisse moins d'actes : elle paraît plus rare."),
        ],
    )
    draft.coverage = coverage(draft.known, draft.universe)
    for technology, communes, proofs in found.values():
        if not communes["all"]:
            why = gettext("aucune commune connue")
            draft.excluded.append(Excluded(name=technology.name, url=technology.url, why=why))
            continue
        draft.entries.append(
            Entry(
                key=technology.id,
                name=technology.name,
                url=technology.url,
                value=len(communes["all"]),
                bounds=Bounds(len(communes["proved"]), len(communes["all"])),
                detail="",
                proofs=tuple(proofs),
                list_url=f"/chronologie?technologie={technology.id}",
            )
        )
    return draft


def _awards() -> list[Fact]:
    return [
        fact
        for fact in published.facts(properties=["awarded_to"])
        if fact.amount is not None and fact.target
    ]


def amount_words(kind: str, tax: str) -> str:
    """Say what an amount is, its tax with it."""
    words = amount_label(Decimal(1), kind, tax) or gettext("sorte inconnue")
    return words if tax in {"excl", "incl"} else words + gettext(", taxe non précisée")


def amount_kinds() -> list[tuple[str, str, str]]:
    return sorted(
        {
            (fact.amount_kind, fact.tax, "" if fact.currency in {"", "EUR"} else fact.currency)
            for fact in _awards()
        }
    )


def amounts(kind: str, tax: str, currency: str) -> Draft:
    words = amount_words(kind, tax)
    by_company: dict[str, list[Fact]] = defaultdict(list)
    left_out = 0
    for fact in _awards():
        own = "" if fact.currency in {"", "EUR"} else fact.currency
        if (fact.amount_kind, fact.tax, own) != (kind, tax, currency) or fact.target is None:
            continue
        if fact.target.type == "company":
            by_company[fact.target.id].append(fact)
        else:
            left_out += 1
    draft = Draft(
        method=gettext(
            "La somme des montants de cette sorte seulement. Montants estimés, maximums, attribués "
            "ou payés, avec ou sans taxe, ne sont jamais additionnés ni classés ensemble."
        ),
        formula=gettext("somme des montants ({kind})").format(kind=words),
        minimum=gettext(
            "Au moins un montant publié. Entreprises seulement : ni personnes, ni acteurs dont le "
            "genre reste à préciser."
        ),
        unit=currency or "€",
        column=gettext("Entreprise"),
        known=len(by_company),
        universe=0,
        doubts=[
            gettext(
                "Un marché attribué n'est pas toujours dépensé, et un marché caché n'est pas ici."
            ),
            gettext("Un même marché publié deux fois sous deux numéros compterait deux fois."),
        ],
    )
    draft.coverage = gettext("{known} entreprises dont un tel montant est connu").format(
        known=number(draft.known)
    )
    if left_out:
        draft.doubts.append(
            ngettext(
                "{count} montant attribué à un acteur qui n'est pas connu comme entreprise n'est "
                "pas classé.",
                "{count} montants attribués à des acteurs qui ne sont pas connus comme entreprises "
                "ne sont pas classés.",
                left_out,
            ).format(count=number(left_out))
        )
    for facts in by_company.values():
        company = facts[0].target
        if company is None:
            continue
        total = sum((fact.amount or Decimal(0) for fact in facts), Decimal(0))
        proved = sum((f.amount or Decimal(0) for f in facts if is_proved(f)), Decimal(0))
        draft.entries.append(
            Entry(
                key=company.id,
                name=company.name,
                url=company.url,
                value=float(total),
                bounds=Bounds(min(float(proved), float(total)), float(total)),
                detail=ngettext("{count} marché", "{count} marchés", len(facts)).format(
                    count=number(len(facts))
                )
                + f", {money(total, currency or 'EUR')}",
                proofs=tuple(fact.id for fact in facts),
            )
        )
    return draft
