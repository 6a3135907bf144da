"""One thing with all that can be compared, counted from published facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.census.published import Fact, Record, Ref
from contrechamp.census.shown.days import written
from contrechamp.census.shown.facts import amount_label
from contrechamp.compare.domain import Cell, Item, Profile
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import money, number

from .kept import keep
from .things import Choice

ACTS = ("authorising_act", "modifying_act", "refusing_act")
PROVED = ("DOCUMENTED", "VERIFIED")
LEADS = ("commissioner", "operator")
SELLS = ("supplier", "integrator", "software")
VALUES = (
    *("stage", "purpose", "legal_basis", "impact_assessment", "cameras_count"),
    *("cameras_authorised", "cameras_public_way", "retention_days", "area_km2"),
    *("people_covered", "screens_staff_count", "announced_on", "decided_on", "started_on"),
    *("ended_on", "budget", "subsidy", "is_secret"),
)
"""Properties of a project that are compared as they are."""
MEASURES: dict[str, tuple[str, str]] = {
    "population": (
        gettext_noop("habitants"),
        gettext_noop("Répertoire des communes livré avec l'observatoire, état de 2026."),
    ),
    "kind": (gettext_noop("genre"), ""),
    "cameras": (
        gettext_noop("caméras autorisées"),
        gettext_noop("Somme du dernier nombre publié de chaque système ; les actes non lus y "
                     "manquent."),
    ),
    "cameras_rate": (
        gettext_noop("caméras autorisées pour 1 000 habitants"),
        gettext_noop("Les caméras connues, divisées par les habitants de 2026."),
    ),
    "projects": (gettext_noop("projets connus"), gettext_noop("Fiches de projet publiées.")),
    "projects_rate": (
        gettext_noop("projets connus pour 10 000 habitants"),
        gettext_noop("Les projets connus, divisés par les habitants de 2026."),
    ),
    "technologies": (gettext_noop("techniques connues"), ""),
    "suppliers": (
        gettext_noop("fournisseurs connus"),
        gettext_noop("Entreprises qui fournissent, ont remporté un marché ou tiennent ce rôle dans "
                     "un projet."),
    ),
    "clients": (
        gettext_noop("clients connus"),
        gettext_noop("Administrations qui achètent à cette entreprise, selon les liens publiés."),
    ),
    "contracts": (gettext_noop("marchés connus"), gettext_noop("Fiches de marché publiées.")),
    "communes": (
        gettext_noop("communes concernées"),
        gettext_noop("Communes où un projet publié est situé, ou que son commanditaire "
                     "administre."),
    ),
    "authorities": (gettext_noop("administrations qui y recourent"), ""),
    "vendors": (gettext_noop("entreprises qui la proposent"), ""),
    "acts": (
        gettext_noop("actes publiés"),
        gettext_noop("Actes d'autorisation, de modification ou de refus, un par numéro."),
    ),
    "documents": (
        gettext_noop("documents publics"),
        gettext_noop("Documents rangés dans ce lieu."),
    ),
    "since": (gettext_noop("premier fait daté"), ""),
    "facts": (gettext_noop("faits publiés"), ""),
    "proved": (
        gettext_noop("faits prouvés par un document (%)"),
        gettext_noop("Part des faits documentés ou vérifiés ; les autres sont allégués ou "
                     "contredits."),
    ),
    **dict.fromkeys(VALUES, ("", "")),
}  # fmt: skip
"""Every measure with its name and how it is counted; a property has the vocabulary's name."""
SETS: dict[str, str] = {
    "suppliers": gettext_noop("Fournisseurs"),
    "clients": gettext_noop("Clients"),
    "technologies": gettext_noop("Techniques"),
    "projects": gettext_noop("Projets"),
    "communes": gettext_noop("Communes"),
    "authorities": gettext_noop("Administrations"),
    "vendors": gettext_noop("Entreprises qui la proposent"),
    "associations": gettext_noop("Associations et organisations professionnelles"),
    "people": gettext_noop("Participants"),
}


def profile(choice: Choice) -> Profile:
    """Return a thing with its measures, made once per public edition and language."""
    return keep(f"profile {choice.key}", lambda: _profile(choice))


def _profile(choice: Choice) -> Profile:
    makers: dict[str, Callable[[Choice], Profile]] = {
        "actor": _actor,
        "technology": _technology,
        "project": _project,
    }
    return makers.get(choice.kind, _territory)(choice)


@dataclass(slots=True)
class _Making:
    """What a profile is made of."""

    facts: list[Fact]
    list_url: str
    cells: dict[str, Cell] = field(default_factory=dict)
    sets: dict[str, dict[str, Item]] = field(default_factory=dict)

    def count(self, code: str, found: int, *, note: str = "", url: str = "") -> None:
        """Say how many are known. None known is not zero: then nothing is said."""
        if found:
            self.cells[code] = Cell(
                text=number(found),
                value=found,
                url=url or self.list_url,
                is_counted=True,
                note=note,
            )

    def has(self, code: str, ref: Ref, fact: Fact | None = None) -> None:
        """Say that the thing has something, by the first fact that says so."""
        items = self.sets.setdefault(code, {})
        items.setdefault(
            ref.id, Item(key=ref.id, name=ref.name, url=ref.url, proof=fact.url if fact else "")
        )

    def set_count(self, code: str) -> None:
        self.count(code, len(self.sets.get(code, {})))

    def common(self) -> None:
        """Say what every kind of thing has: facts, how many proved, since when."""
        total = len(self.facts)
        self.count("facts", total)
        if total:
            proved = sum(fact.status in PROVED for fact in self.facts)
            share = proved * 100 / total
            text = f"{number(round(share))}\u00a0%"
            note = gettext("{proved} sur {total}").format(
                proved=number(proved), total=number(total)
            )
            self.cells["proved"] = Cell(text=text, value=share, url=self.list_url, note=note)
        dated = [fact for fact in self.facts if fact.earliest]
        if dated:
            first = min(dated, key=lambda fact: (fact.earliest or fact.at.date(), fact.id))
            when = first.from_text or str(first.value)
            self.cells["since"] = Cell(text=written(when), url=first.url)

    def amounts(self, facts: Iterable[Fact]) -> None:
        """Add up amounts, each kind, tax and currency apart."""
        found = list({fact.id: fact for fact in facts}.values())
        sums = published.sums_of(found)
        for (kind, tax, currency), total in sums.by_kind.items():
            ids = sums.facts[kind, tax, currency]
            self.cells[f"amount {kind} {tax} {currency}"] = Cell(
                text=money(total, currency or "EUR"),
                value=float(total),
                url=f"/fait/{ids[0]}" if len(ids) == 1 else self.list_url,
                is_counted=True,
                note=_amounts_note(len(ids)),
            )


def _amounts_note(count: int) -> str:
    return ngettext("{count} montant", "{count} montants", count).format(count=number(count))


def amount_words(code: str) -> str:
    """Return the name of a measure of money: `montants attribués, hors taxes`."""
    _, kind, tax, currency = f"{code}   ".split(" ")[:4]
    said = amount_label(Decimal(1), kind, tax) or gettext("sorte inconnue")
    unknown = "" if tax in {"excl", "incl"} else gettext(", taxe non précisée")
    foreign = f" ({currency})" if currency not in {"", "EUR"} else ""
    return gettext("montants : {kind}").format(kind=f"{said}{unknown}{foreign}")


def _territory(choice: Choice) -> Profile:
    territory = places.find_territory(choice.key)
    if territory is None:
        return Profile(key=choice.key, name=choice.name, url="", kind=choice.kind)
    inside = list(places.inside(territory.key).values_list("key", flat=True))
    ids = published.ids_within(territory.key)
    records = published.find_records(sorted(ids))
    made = _Making(_facts(ids), f"/chronologie?de={quote(choice.key)}")
    by_kind = {
        kind: [r for r in records.values() if r.kind == kind] for kind in ("project", "contract")
    }
    people = territory.population
    if people:
        made.cells["population"] = Cell(text=number(people), value=people)
    made.count("projects", len(by_kind["project"]))
    made.count("contracts", len(by_kind["contract"]))
    _cameras(made, people)
    _technologies(made, ids)
    _suppliers(made, ids)
    for record in by_kind["project"]:
        made.has("projects", record.ref)
    if people and by_kind["project"]:
        rate = len(by_kind["project"]) * 10_000 / people
        made.cells["projects_rate"] = Cell(
            text=number(round(rate, 2)), value=rate, url=made.list_url, is_counted=True
        )
    numbers = {(fact.value, fact.property) for fact in made.facts if fact.property in ACTS}
    made.count("acts", len(numbers))
    made.count("documents", _documents(inside))
    made.amounts(fact for fact in made.facts if fact.amount is not None)
    made.common()
    return Profile(
        key=choice.key,
        name=territory.name,
        url=territory.get_absolute_url(),
        kind=choice.kind,
        about=choice.about,
        cells=made.cells,
        sets=made.sets,
    )


def _facts(ids: Iterable[str]) -> list[Fact]:
    found = published.facts_of_many(sorted(ids))
    return list({fact.id: fact for facts in found.values() for fact in facts}.values())


def latest(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return the most recent value that is said of each record."""
    found: dict[str, Fact] = {}
    for fact in facts:
        known = found.get(fact.subject.id)
        if known is None or _when(fact) > _when(known):
            found[fact.subject.id] = fact
    return found


def _when(fact: Fact) -> tuple[str, str, str]:
    return (fact.earliest.isoformat() if fact.earliest else "", fact.at.isoformat(), fact.id)


def _cameras(made: _Making, people: int | None) -> None:
    said = latest(
        f for f in made.facts if f.property == "cameras_authorised" and is_number(f.value)
    )
    if not said:
        return
    total = sum(float(fact.value) for fact in said.values())
    one = next(iter(said.values()))
    url = one.url if len(said) == 1 else made.list_url
    made.cells["cameras"] = Cell(text=number(round(total)), value=total, url=url, is_counted=True)
    if people:
        rate = total * 1000 / people
        made.cells["cameras_rate"] = Cell(
            text=number(round(rate, 1)), value=rate, url=url, is_counted=True
        )


def is_number(value: object) -> bool:
    """Answer whether a value of a fact is a number, and no yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _technologies(made: _Making, ids: Iterable[str]) -> None:
    own = set(ids)
    for fact in made.facts:
        if fact.target and fact.target.kind == "technology" and fact.subject.id in own:
            made.has("technologies", fact.target, fact)
    made.set_count("technologies")


def _suppliers(made: _Making, ids: set[str]) -> None:
    """Say who sells here: by a link, a contract or a role in a project."""
    for fact in made.facts:
        source, target = fact.subject, fact.target
        if target is None:
            continue
        is_seller = (fact.property in {"supplies", "used_by"} and target.id in ids) or (
            fact.property == "participates_in"
            and fact.attributes.get("role") in SELLS
            and target.id in ids
        )
        if is_seller and source.type == "company":
            made.has("suppliers", source, fact)
        if fact.property == "awarded_to" and source.id in ids and target.type == "company":
            made.has("suppliers", target, fact)
    made.set_count("suppliers")


def _documents(keys: Sequence[str]) -> int:
    wanted = Q()
    for key in keys[:200]:
        wanted |= Q(place_codes__icontains=f'"{key}"')
    return documents.public().filter(wanted).count() if keys else 0


def _actor(choice: Choice) -> Profile:
    record = published.get_record(choice.key)
    own = [*published.facts_of(record.id), *published.facts_about(record.id)]
    joined = {
        end.id
        for fact in own
        for end in (fact.subject, fact.target)
        if end and end.kind in {"contract", "project"}
    }
    around = published.facts_of_many(sorted(joined), without=ACTS)
    made = _Making(own, f"/chronologie?de={record.id}")
    made.cells["kind"] = Cell(text=record.type_label)
    for fact in own:
        _link(made, record, fact)
    for fact in own:
        _through(made, record, fact, around)
    for code in ("projects", "clients", "suppliers", "technologies", "communes"):
        made.set_count(code)
    contracts = {
        end.id for f in own for end in (f.subject, f.target) if end and end.kind == "contract"
    }
    made.count("contracts", len(contracts))
    made.amounts(fact for fact in own if fact.amount is not None)
    made.common()
    return _made(choice, record, made)


def _link(made: _Making, record: Record, fact: Fact) -> None:
    """Sort one relation of an actor into its sets."""
    target = fact.target
    if target is None:
        return
    is_source = fact.subject.id == record.id
    other = target if is_source else fact.subject
    match fact.property:
        case "supplies" | "used_by":
            made.has("clients" if is_source else "suppliers", other, fact)
        case "participates_in":
            made.has("projects", other, fact)
        case "member_of" if is_source:
            made.has("associations", other, fact)
        case "has_capability" | "manufactures" | "integrates" if other.kind == "technology":
            made.has("technologies", other, fact)
        case "administers" if other.type == "commune":
            made.has("communes", other, fact)


def _through(made: _Making, record: Record, fact: Fact, around: Mapping[str, list[Fact]]) -> None:
    """Add what an actor's contracts and projects say: who bought, who won, with what, where."""
    other = fact.target if fact.subject.id == record.id else fact.subject
    if other is None:
        return
    for near in around.get(other.id, ()):
        if near.target is None:
            continue
        if fact.property == "awarded_to" and near.property == "buyer_of":
            made.has("clients", near.subject, near)
        if fact.property == "buyer_of" and near.property == "awarded_to":
            made.has("suppliers", near.target, near)
        if fact.property == "participates_in":
            if near.property == "uses_technology":
                made.has("technologies", near.target, near)
            if near.property == "located_in" and near.target.type == "commune":
                made.has("communes", near.target, near)
            _partner(made, fact, near, record)


def _partner(made: _Making, fact: Fact, near: Fact, record: Record) -> None:
    """In one project, who leads it is the client of who sells for it."""
    if near.property != "participates_in" or near.subject.id == record.id:
        return
    own, others = fact.attributes.get("role"), near.attributes.get("role")
    if own in SELLS and others in LEADS and near.subject.type == "authority":
        made.has("clients", near.subject, near)
    if own in LEADS and others in SELLS:
        made.has("suppliers", near.subject, near)


def _technology(choice: Choice) -> Profile:
    record = published.get_record(choice.key)
    own = [*published.facts_of(record.id), *published.facts_about(record.id)]
    made = _Making(own, f"/chronologie?de={record.id}")
    made.cells["kind"] = Cell(text=record.type_label)
    projects = [f for f in own if f.property == "uses_technology" and f.subject.kind == "project"]
    for fact in projects:
        made.has("projects", fact.subject, fact)
    for fact in own:
        is_offer = fact.property in {"has_capability", "manufactures", "integrates"}
        if is_offer and fact.subject.kind == "actor":
            made.has("vendors", fact.subject, fact)
        if fact.property == "used_by" and fact.target:
            made.has("authorities", fact.target, fact)
    ids = {fact.subject.id for fact in projects}
    for facts in published.facts_of_many(sorted(ids), without=ACTS).values():
        for fact in facts:
            leads = fact.property == "participates_in" and fact.attributes.get("role") in LEADS
            if leads and fact.subject.type == "authority":
                made.has("authorities", fact.subject, fact)
    for key, territories in _communes(ids).items():
        made.sets.setdefault("communes", {}).setdefault(key, territories)
    for code in ("projects", "communes", "authorities", "vendors"):
        made.set_count(code)
    made.common()
    return _made(choice, record, made)


def _communes(ids: Iterable[str]) -> dict[str, Item]:
    """Return the communes of some projects."""
    keys = {key for keys in published.places_of(ids).values() for key in keys}
    found = places.territories(key for key in keys if key.startswith("commune:"))
    return {
        key: Item(key=key, name=town.name, url=town.get_absolute_url())
        for key, town in found.items()
    }


def _project(choice: Choice) -> Profile:
    record = published.get_record(choice.key)
    own = [*published.facts_of(record.id), *published.facts_about(record.id)]
    made = _Making(own, record.url)
    made.cells["kind"] = Cell(text=record.type_label)
    for code in VALUES:
        said = [f for f in own if f.property == code and f.subject.id == record.id]
        if said:
            made.cells[code] = _said(said)
    for fact in own:
        if fact.target is None:
            continue
        if fact.property == "uses_technology":
            made.has("technologies", fact.target, fact)
        if fact.property == "participates_in":
            made.has("people", fact.subject, fact)
        if fact.property == "located_in":
            made.has("communes", fact.target, fact)
    numbers = {(fact.value, fact.property) for fact in own if fact.property in ACTS}
    made.count("acts", len(numbers))
    made.amounts(f for f in own if f.amount is not None and f.property not in VALUES)
    made.common()
    return _made(choice, record, made)


def _said(facts: Sequence[Fact]) -> Cell:
    """Return the most recent value, and that others say otherwise when they do."""
    newest = max(facts, key=_when)
    others = sorted({_text(fact) for fact in facts} - {_text(newest)})
    note = gettext("aussi dit : {values}").format(values=", ".join(others)) if others else ""
    value = newest.value if is_number(newest.value) else newest.amount
    return Cell(
        text=_text(newest),
        value=None if value is None else float(value),
        url=newest.url,
        note=note,
    )


def _text(fact: Fact) -> str:
    if fact.amount is not None:
        return str(money(fact.amount, fact.currency or "EUR"))
    if terms("properties").get(fact.property, {}).get("type") == "date":
        return written(str(fact.value))
    return number(fact.value) if is_number(fact.value) else fact.value_text


def _made(choice: Choice, record: Record, made: _Making) -> Profile:
    return Profile(
        key=record.id,
        name=record.name,
        url=record.url,
        kind=record.kind,
        about=choice.about,
        cells=made.cells,
        sets=made.sets,
    )
