"""The page of a public record: its sections, each fact in one place and none left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.foundation.vocabulary import label, terms

from . import money as amounts
from . import timeline as times
from .facts import STATUSES, ShownFact, code_label
from .public import fact_of, facts_of, titles_of

AUTHORITIES = ("authority", "court", "regulator")
LEGAL = (
    "legal_basis", "legal_reference", "authorising_act", "refusing_act", "modifying_act",
    "authorised_until", "impact_assessment", "regulator_opinion", "decision", "law_summary",
)  # fmt: skip
MOST_RELATED = 8
MOST_FACTS, FEW = 40, 10
"""A part shows so many facts; so few more are shown too, rather than a link to them."""
MOST_ALSO = 6
MOST_OF_MANY = 25
"""So many of a record that has more than `FULL`: it has many parts."""
FULL = 200
"""A record with more facts is read in part, and its parts have pages of their own."""
PER_PART = 100
WITH_MONEY = ("project", "actor", "contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a page."""

    id: str
    title: str
    template: str = "census/sections/facts.html"
    hint: str = ""
    facts: Sequence[ShownFact] = ()
    with_label: bool = False
    column: str = ""
    money: amounts.Money | None = None
    chart: amounts.Chart | None = None
    years: Sequence[amounts.Year] = ()
    timeline: times.Timeline | None = None
    documents: Sequence[Mapping[str, Any]] = ()
    identifiers: Sequence[Mapping[str, str]] = ()
    text: str = ""
    tree: Sequence[Mapping[str, Any]] = ()
    hidden: int = 0
    """So many facts more stand elsewhere, at `more_url`."""
    more_url: str = ""
    sorts: frozenset[published.Sort] = frozenset()
    """What its facts are, so that the rest of them can be found."""
    with_amount: bool | None = None
    """Whether it holds only facts with a sum of money, or only those without."""
    is_dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the page of a record shows."""

    id: str
    kind: str
    name: str
    url: str
    type_label: str
    also: Sequence[str]
    summary: str
    counts: Mapping[str, Any]
    notices: Sequence[Mapping[str, str]]
    sections: Sequence[Section]
    related: Sequence[Mapping[str, str]]
    is_empty: bool
    is_read_alone: bool
    list_url: str
    list_label: str
    atom_url: str
    json_url: str
    history_url: str
    propose_url: str
    at: datetime
    version: int
    techniques: tuple[str, ...] = ()
    """Codes of the techniques that it uses, or is, as far as they are of the vocabulary."""


@dataclass(slots=True)
class Pile:
    """Facts of a record, taken away as sections use them, so that none is shown twice or lost."""

    record: published.Record
    own: list[ShownFact]
    about: list[ShownFact]
    raw: Sequence[published.Fact]
    titles: Mapping[str, str]
    every: list[ShownFact] = field(default_factory=list)
    most: int = MOST_FACTS
    is_whole: bool = False
    counts: Mapping[published.Sort, int] | None = None
    """Of a record with more facts than one reads for a page: how many of each sort there are."""

    def take(self, *codes: str) -> list[ShownFact]:
        """Take what the record says with these codes."""
        found = [fact for fact in self.own if fact.code in codes]
        self.own = [fact for fact in self.own if fact.code not in codes]
        return found

    def take_about(self, *codes: str) -> list[ShownFact]:
        """Take the relations with these codes that lead to the record."""
        found = [fact for fact in self.about if fact.code in codes]
        self.about = [fact for fact in self.about if fact.code not in codes]
        return sorted(found, key=lambda fact: fact.other_name.casefold())

    def unread(self, *codes: str, is_backward: bool) -> int:
        """Return how many facts of these codes the record has beyond those that were read."""
        if self.counts is None:
            return 0
        read = sum(f.code in codes for f in (self.raw_about if is_backward else self.raw_own))
        return sum(self.counts.get((is_backward, code), 0) for code in codes) - read

    @property
    def raw_own(self) -> Sequence[ShownFact]:
        """What it says, with what sections have taken."""
        return [fact for fact in self.every if not fact.is_backward]

    @property
    def raw_about(self) -> Sequence[ShownFact]:
        """What leads to it, with what sections have taken."""
        return [fact for fact in self.every if fact.is_backward]

    def others(self, *codes: str, is_backward: bool) -> int:
        """Return to how many records these relations lead."""
        if self.unread(*codes, is_backward=is_backward):
            return published.others_count(self.record.id, codes, is_backward=is_backward)
        facts = self.raw_about if is_backward else self.raw_own
        return len({fact.other.id for fact in facts if fact.code in codes and fact.other})

    def both(self, *codes: str) -> list[ShownFact]:
        """Take relations of these codes from both ends."""
        return self.take(*codes) + self.take_about(*codes)


def page_of(record: published.Record, *, whole: bool = False) -> Page:
    """Return the page of a record. Four reads, and two more for contracts and neighbours.

    A part of more than `MOST_FACTS` shows the newest, and says how many more there are: on the
    whole page (`?tout=1`), or, of a record with more facts than `FULL`, on pages of that part.
    """
    pile = _pile(record, whole=whole)
    summary = _summary(record, pile)
    sections = _sections(pile)
    if not pile.is_whole:
        sections = [_shortened(section, pile) for section in sections]
    return _page(record, summary, sections, pile)


def part_of(record: published.Record, id_: str, *, start: int) -> tuple[Page, int] | None:
    """Return one part of a large record from a fact on, and how many facts it has in all."""
    pile = _pile(record, whole=False)
    summary = _summary(record, pile)
    section = next((one for one in _sections(pile) if one.id == id_), None)
    if section is None or pile.counts is None:
        return None
    section = _with_sorts(section, pile)
    raw, total = published.facts_of_sorts(
        record.id,
        section.sorts,
        start=start,
        limit=PER_PART,
        with_amount=section.with_amount,
        is_dated=section.is_dated,
    )
    titles = titles_of(raw)
    facts = [fact_of(fact, titles, is_backward=fact.subject.id != record.id) for fact in raw]
    if any(code == "participates_in" for _, code in section.sorts):
        facts = [_with_role(fact) for fact in facts]
    plain = replace(
        section,
        facts=facts,
        template="census/sections/facts.html",
        with_label=section.with_label or len(section.sorts) > 1,
        hint="",
    )
    return replace(_page(record, summary, [plain], pile), related=(), notices=()), total


def _pile(record: published.Record, *, whole: bool) -> Pile:
    is_large = record.counts.get("facts", 0) > FULL
    if is_large:
        share = published.share_of(record.id, most=MOST_OF_MANY + FEW, of_many=MOST_OF_MANY)
    else:
        own, about = published.facts_of(record.id), published.facts_about(record.id)
        share = published.Share(own=own, about=about, counts={})
    raw = [*share.own, *share.about]
    titles = titles_of(raw)
    pile = Pile(
        record=record,
        own=facts_of(share.own, titles),
        about=facts_of(share.about, titles, is_backward=True),
        raw=raw,
        titles=titles,
        is_whole=whole and not is_large,
        counts=share.counts if is_large else None,
        most=MOST_OF_MANY if is_large else MOST_FACTS,
    )
    pile.every = [*pile.own, *pile.about]
    return pile


def _sections(pile: Pile) -> list[Section]:
    makers: dict[str, Callable[[Pile], list[Section]]] = {
        "project": _project,
        "actor": _authority if pile.record.type in AUTHORITIES else _company,
        "technology": _technology,
        "contract": _contract,
    }
    return [*makers.get(pile.record.kind, _place)(pile), *_rest(pile)]


def _with_sorts(section: Section, pile: Pile) -> Section:
    """Say what the facts of a part are: every sort of a large record was read in part."""
    if section.sorts or not section.facts:
        return section
    sorts = frozenset((fact.is_backward, fact.code) for fact in section.facts)
    # What a record says with a sum stands under its money, whatever else is of that sort.
    is_plain = all(not fact.other for fact in section.facts)
    without = is_plain and pile.record.kind in WITH_MONEY
    return replace(section, sorts=sorts, with_amount=False if without else None)


def _shortened(section: Section, pile: Pile) -> Section:
    """Keep the newest facts of a part that is too long, and say where the others are."""
    more_url = f"?tout=1#{section.id}"
    total = len(section.facts) + section.hidden
    if pile.counts is not None:
        more_url = f"?partie={section.id}"
        section = _with_sorts(section, pile)
        if not section.with_amount and not section.is_dated:
            total = sum(pile.counts.get(sort, 0) for sort in section.sorts) or total
        if section.with_amount is False and total > pile.most + FEW:
            total -= published.amounts_count(pile.record.id, section.sorts)
    if total <= pile.most + FEW or not section.facts:
        return replace(section, more_url=more_url)
    newest = sorted(section.facts, key=attrgetter("begins_on"), reverse=True)[: pile.most]
    return replace(section, facts=newest, hidden=total - len(newest), more_url=more_url)


def _page(record: published.Record, summary: str, sections: Sequence[Section], pile: Pile) -> Page:
    path = published.PATHS.get(record.kind, "lieu")
    lists = {
        "project": ("census:projects", gettext("Projets")),
        "actor": ("census:actors", gettext("Acteurs")),
        "technology": ("census:technologies", gettext("Techniques")),
        "contract": ("census:contracts", gettext("Marchés")),
    }
    list_name, list_label = lists.get(record.kind, ("", ""))
    base = f"/{path}/{record.id}"
    return Page(
        id=record.id,
        kind=record.kind,
        name=record.name,
        url=base,
        type_label=record.type_label.capitalize(),
        also=[n.text for n in record.names if n.text != record.name][:MOST_ALSO],
        summary=summary,
        counts=counts_of(record),
        notices=[_notice(notice) for notice in record.notices],
        sections=sections,
        related=_related(record, pile),
        is_empty=len(pile.every) < 2,
        is_read_alone=record.is_read_alone,
        list_url=reverse(list_name) if list_name else "",
        list_label=list_label,
        atom_url=f"{base}.atom",
        json_url=f"{base}.json",
        history_url=f"{base}/historique",
        propose_url=f"{base}/corriger",
        at=record.at,
        version=record.version,
        techniques=_techniques(record, pile),
    )


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of each technique by its labels: records of techniques have these names."""
    return {
        text.casefold(): code
        for code, term in terms("technologies").items()
        for text in term["label"].values()
    }


def _techniques(record: published.Record, pile: Pile) -> tuple[str, ...]:
    if record.kind == "technology":
        return tuple(record.keys.get("vocabulary", ()))
    if record.kind not in {"project", "contract"}:
        return ()
    names = (fact.other_name for fact in pile.every if fact.code == "uses_technology")
    return tuple(dict.fromkeys(code for name in names if (code := _codes().get(name.casefold()))))


def counts_of(record: published.Record) -> dict[str, Any]:
    """Say how many facts there are, and how many of each status."""
    total = record.counts.get("facts", 0)
    sentence = ngettext("{count} fait", "{count} faits", total).format(count=total)
    parts = [
        {"code": code, "count": record.counts[code.upper()]}
        for code in STATUSES
        if record.counts.get(code.upper())
    ]
    return {"sentence": sentence, "parts": parts}


def _notice(notice: Mapping[str, Any]) -> dict[str, str]:
    labels = {
        "REPLY": gettext("Droit de réponse"),
        "CORRECTION": gettext("Correction"),
        "REMOVAL": gettext("Demande de retrait"),
    }
    days = gettext("Reçu le {day}.").format(day=_day(str(notice["received_on"])))
    if notice.get("answered_on"):
        days += " " + gettext("Répondu le {day}.").format(day=_day(str(notice["answered_on"])))
    return {
        "kind_label": labels.get(str(notice["kind"]), ""),
        "capacity": str(notice.get("capacity", "")),
        "text": str(notice["text"]),
        "answer": str(notice.get("answer", "")),
        "dates": days,
    }


def _day(text: str) -> str:
    day: date | None = parse_date(text)
    return date_format(day, "j F Y") if day else text


def _names(facts: Iterable[ShownFact], most: int = 3, *, unread: int = 0) -> str:
    names = list(dict.fromkeys(fact.other_name for fact in facts if fact.other_name))
    if len(names) > most:
        more = len(names) - most + unread
        others = ngettext("{count} autre", "{count} autres", more).format(count=more)
        return gettext("{names} et {others}").format(names=", ".join(names[:most]), others=others)
    if len(names) < 2:
        return "".join(names)
    return gettext("{names} et {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _summary(record: published.Record, pile: Pile) -> str:
    """Say the record in one sentence: its own, or one made from its facts."""
    for fact in pile.own:
        if fact.code == "summary":
            pile.take("summary")
            return fact.text
    makers: dict[str, Callable[[published.Record, Pile], str]] = {
        "project": _project_sentence,
        "actor": _actor_sentence,
        "contract": _contract_sentence,
    }
    maker = makers.get(record.kind)
    return maker(record, pile) if maker else ""


def _project_sentence(record: published.Record, pile: Pile) -> str:
    techniques = _names(fact for fact in pile.own if fact.code == "uses_technology")
    places = _names(
        (fact for fact in pile.own if fact.code == "located_in"),
        unread=pile.unread("located_in", is_backward=False),
    )
    deciders = _names(
        fact
        for fact in pile.about
        if fact.code == "participates_in"
        and fact.raw_attributes.get("role") in {"commissioner", "operator"}
    )
    stage = next((fact.text for fact in pile.own if fact.code == "stage"), "")
    said = [techniques[:1].lower() + techniques[1:]] if techniques else []
    if places:
        said.append(gettext("lieu : {where}").format(where=places))
    if deciders:
        said.append(gettext("décidé par {who}").format(who=deciders))
    if stage:
        said.append(stage)
    if not said:
        return ""
    return f"{record.type_label.capitalize()}{gettext(' : ')}{', '.join(said)}."


def _actor_sentence(record: published.Record, pile: Pile) -> str:
    said = []
    for (codes, is_backward), one, many in (
        (
            (("supplies", "used_by"), False),
            gettext("{count} client connu"),
            gettext("{count} clients connus"),
        ),
        (
            (("supplies", "used_by"), True),
            gettext("{count} fournisseur connu"),
            gettext("{count} fournisseurs connus"),
        ),
        ((("participates_in",), False), gettext("{count} projet"), gettext("{count} projets")),
        (
            (("member_of",), True),
            gettext("{count} membre connu"),
            gettext("{count} membres connus"),
        ),
    ):
        count = pile.others(*codes, is_backward=is_backward)
        if count:
            said.append((one if count == 1 else many).format(count=count))
    if not said:
        return ""
    return gettext("{what} : {said}.").format(
        what=record.type_label.capitalize(), said=", ".join(said)
    )


def _contract_sentence(record: published.Record, pile: Pile) -> str:
    buyers = _names(fact for fact in pile.about if fact.code == "buyer_of")
    winners = _names(fact for fact in pile.own if fact.code == "awarded_to")
    goal = next((fact.text for fact in pile.own if fact.code == "object"), "")
    said = [goal] if goal else []
    if buyers:
        said.append(gettext("acheté par {who}").format(who=buyers))
    if winners:
        said.append(gettext("attribué à {who}").format(who=winners))
    return f"{', '.join(said)}." if said else ""


# Sections


def _facts(
    id_: str, title: str, facts: Sequence[ShownFact], *, hint: str = "", **more: Any
) -> Section | None:
    return Section(id=id_, title=title, facts=facts, hint=hint, **more) if facts else None


def _kept(*sections: Section | None) -> list[Section]:
    return [section for section in sections if section is not None]


def _by_role(facts: Sequence[ShownFact]) -> list[ShownFact]:
    """Put participants under the name of their role, in the order of the vocabulary."""
    term = terms("relations")["participates_in"]["attributes"]["role"]
    order = list(term["values"])

    def rank(fact: ShownFact) -> tuple[int, str]:
        role = fact.raw_attributes.get("role")
        return (order.index(role) if role in order else len(order), fact.other_name.casefold())

    return [_with_role(fact) for fact in sorted(facts, key=rank)]


def _with_role(fact: ShownFact) -> ShownFact:
    """Put the role of a participant in the place of the relation's own words."""
    if fact.code != "participates_in":
        return fact
    term = terms("relations")["participates_in"]["attributes"]["role"]
    role = fact.raw_attributes.get("role")
    if role not in term["values"]:
        return replace(fact, label=gettext("Participe"))
    return replace(fact, label=code_label(term, str(role)).capitalize(), attributes=())


def _project(pile: Pile) -> list[Section]:
    who = _by_role(pile.take_about("participates_in")) + pile.take_about("funds")
    contracts = pile.take_about("contract_of")
    what = pile.take("uses_technology") + pile.take("located_in")
    legal = pile.take(*LEGAL)
    inside = _money_inside([fact.other.id for fact in contracts if fact.other], pile)
    sums = _money(pile, who + inside)
    known = [fact for fact in pile.own if not fact.other and fact.code not in _dates()]
    pile.own = [fact for fact in pile.own if fact not in known]
    return _kept(
        _facts("qui", gettext("Qui fait quoi"), who, with_label=True, column=gettext("Qui")),
        _facts("quoi", gettext("Techniques et lieux"), what, with_label=True),
        _facts("essentiel", gettext("L'essentiel"), known, with_label=True),
        sums,
        _facts("marches", gettext("Marchés"), contracts, column=gettext("Marché")),
        _facts("droit", gettext("Ce que dit le droit"), legal, with_label=True),
        _timeline(pile, pile.every + inside),
    )


def _dates() -> set[str]:
    return {code for code, term in terms("properties").items() if term["type"] == "date"}


def _authority(pile: Pile) -> list[Section]:
    projects = _by_role(pile.take("participates_in"))
    bought = pile.take("buyer_of")
    suppliers = pile.take_about("supplies", "used_by")
    years = _years(bought, pile, gettext("Achats et argent, par année"))
    places = pile.take("administers")
    people = pile.take_about("holds_office")
    money_ = _money(pile, pile.take("funds") + pile.take_about("funds"))
    return _kept(
        _facts("projets", gettext("Projets"), projects, with_label=True, column=gettext("Projet")),
        years,
        _facts("fournisseurs", gettext("Fournisseurs"), suppliers, column=gettext("Fournisseur")),
        money_,
        _facts("territoire", gettext("Territoire"), places, column=gettext("Lieu")),
        _facts(
            "responsables",
            gettext("Responsables"),
            people,
            column=gettext("Personne en fonction"),
            hint=gettext("Seulement leur fonction publique, aux dates indiquées."),
        ),
        *_company_links(pile),
    )


def _company(pile: Pile) -> list[Section]:
    clients = sorted(pile.take("supplies", "used_by"), key=lambda fact: fact.other_name.casefold())
    won = pile.take_about("awarded_to")
    projects = _by_role(pile.take("participates_in"))
    years = _years(won, pile, gettext("Marchés et argent, par année"))
    members = pile.take_about("member_of")
    money_ = _money(pile, pile.take("funds") + pile.take_about("funds"))
    office = pile.take("holds_office")
    return _kept(
        _facts("fonction", gettext("Fonction publique"), office, column=gettext("Où")),
        _facts(
            "clients",
            gettext("Clients"),
            clients,
            column=gettext("Client"),
            with_label=len({fact.code for fact in clients}) > 1,
        ),
        years,
        _facts("projets", gettext("Projets"), projects, with_label=True, column=gettext("Projet")),
        *_company_links(pile),
        _facts("membres", gettext("Membres"), members, column=gettext("Membre")),
        money_,
    )


def _company_links(pile: Pile) -> list[Section]:
    capabilities = pile.take("has_capability", "manufactures")
    sold = pile.take("distributed_by")
    catalogue = pile.take_about("distributed_by")
    owners = pile.both("owned_by")
    groups = pile.take("member_of", "lobbying_register")
    partners = pile.both("subcontractor_of", "integrates", "interoperates_with")
    bids = pile.take("bid_for")
    return _kept(
        _facts(
            "capacites",
            gettext("Ce qu'elle propose"),
            capabilities,
            column=gettext("Technique"),
            with_label=len({fact.code for fact in capabilities}) > 1,
            hint=gettext(
                "« Selon le vendeur » : annoncé, pas vérifié. « Non » : montré comme ne "
                "fonctionnant pas."
            ),
        ),
        _facts("catalogues", gettext("Vendu au catalogue de"), sold, column=gettext("Centrale")),
        _facts("revend", gettext("Vend à son catalogue"), catalogue, column=gettext("Entreprise")),
        _facts("candidatures", gettext("Candidatures"), bids, column=gettext("Marché")),
        _facts("capital", gettext("Actionnaires et filiales"), owners, with_label=True),
        _facts("adhesions", gettext("Adhésions et registres"), groups, with_label=True),
        _facts("partenaires", gettext("Partenaires techniques"), partners, with_label=True),
    )


def _technology(pile: Pile) -> list[Section]:
    code = next(iter(pile.record.keys.get("vocabulary", ())), "")
    tree = _tree(code, pile.record.id) if code else []
    words = label("technologies_explained", code) if code in terms("technologies_explained") else ""
    sold = pile.take_about("has_capability", "manufactures", "integrates", "used_by")
    used = pile.take_about("uses_technology")
    law = pile.take("law_summary", "regulator_opinion")
    explained = (
        Section(
            id="explication",
            title=gettext("Ce que ça fait"),
            template="census/sections/prose.html",
            text=words,
            tree=tree,
        )
        if words or tree
        else None
    )
    return _kept(
        explained,
        _facts("droit", gettext("Ce que dit le droit"), law, with_label=True),
        _facts(
            "usages",
            gettext("Où elle est utilisée"),
            used,
            column=gettext("Projet"),
        ),
        _facts(
            "vendeurs",
            gettext("Qui la vend"),
            sold,
            column=gettext("Entreprise"),
            with_label=len({fact.code for fact in sold}) > 1,
        ),
    )


def _tree(code: str, here: str) -> list[dict[str, Any]]:
    """Return the family of a technique with its capabilities, as links where there is a record."""
    every = terms("technologies")
    if code not in every:
        return []
    family = every[code].get("parent", code)
    kin = [family, *(one for one, term in every.items() if term.get("parent") == family)]
    known = {
        one: record.url for one, record in published.find_by_identifiers("vocabulary", kin).items()
    }

    def node(one: str) -> dict[str, Any]:
        return {
            "label": label("technologies", one),
            "url": known.get(one, "") if one != code else "",
            "is_here": one == code,
        }

    children = [node(one) for one, term in every.items() if term.get("parent") == family]
    if not children:
        return []
    return [node(family) | {"children": children}]


def _contract(pile: Pile) -> list[Section]:
    buyers = pile.take_about("buyer_of")
    winners = pile.take("awarded_to")
    bidders = pile.take_about("bid_for", "subcontractor_of")
    lots = pile.take_about("part_of") + pile.take("part_of")
    projects = pile.take("contract_of")
    what = pile.take("uses_technology", "located_in")
    sums = _money(pile, winners + buyers + pile.take_about("funds"))
    known = [fact for fact in pile.own if not fact.other and fact.code not in _dates()]
    pile.own = [fact for fact in pile.own if fact not in known]
    return _kept(
        _facts("acheteur", gettext("Qui achète"), buyers, column=gettext("Acheteur")),
        _facts(
            "attributaires", gettext("À qui il est attribué"), winners, column=gettext("Titulaire")
        ),
        _facts("candidats", gettext("Candidats"), bidders, with_label=True),
        _facts("lots", gettext("Lots"), lots, with_label=True),
        sums,
        _facts("essentiel", gettext("L'essentiel"), known, with_label=True),
        _facts("quoi", gettext("Techniques et lieux"), what, with_label=True),
        _facts("projet", gettext("Projet"), projects, column=gettext("Projet")),
        _timeline(pile, pile.every),
    )


def _place(pile: Pile) -> list[Section]:
    here = pile.take_about("located_in")
    who = pile.take_about("administers")
    return _kept(
        _facts("ici", gettext("Ici"), here, column=gettext("Projet ou lieu")),
        _facts("qui", gettext("Qui l'administre"), who, column=gettext("Autorité")),
    )


def _rest(pile: Pile) -> list[Section]:
    """Return what no section took, the numbers, the time line and the documents."""
    dates = _dates()
    values = [fact for fact in pile.own if not fact.other and fact.code not in dates]
    dated = [fact for fact in pile.own if fact.code in dates]
    links = [fact for fact in pile.own if fact.other] + pile.about
    if pile.record.kind not in {"project", "contract"}:
        values += dated
    else:
        # Those without a day that can be drawn are still said.
        values += [fact for fact in dated if not (fact.earliest or fact.latest)]
    return _kept(
        _facts("valeurs", gettext("Ce qu'on sait"), values, with_label=True),
        _facts("liens", gettext("Autres liens"), links, with_label=True),
        _identifiers(pile.record),
        _documents(pile),
    )


def _identifiers(record: published.Record) -> Section | None:
    labels = {
        "siren": "SIREN", "siret": "SIRET", "insee": gettext("code INSEE"), "rna": "RNA",
        "lei": "LEI", "hatvp": gettext("répertoire HATVP"), "wikidata": "Wikidata",
    }  # fmt: skip
    rows = [
        {"label": labels.get(n.scheme, n.scheme), "value": n.value, "url": n.url}
        for n in record.identifiers
        if n.scheme != "vocabulary"
    ]
    if not rows:
        return None
    return Section(
        id="numeros",
        title=gettext("Numéros officiels"),
        template="census/sections/identifiers.html",
        identifiers=rows,
    )


def _documents(pile: Pile) -> Section | None:
    pages: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for fact in pile.raw:
        for proof in fact.evidence:
            if proof.document:
                counts[proof.document] = counts.get(proof.document, 0) + 1
                if proof.page:
                    pages.setdefault(proof.document, []).append(proof.page)
    if not counts:
        return None
    rows = [
        {
            "title": pile.titles.get(key) or gettext("Document {hash}").format(hash=key[:12]),
            "url": reverse("documents:document", args=[key]),
            "count": count,
            "pages": ", ".join(str(page) for page in sorted(set(pages.get(key, ())))[:12]),
        }
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Section(
        id="documents",
        title=gettext("Documents cités"),
        template="census/sections/documents.html",
        documents=rows[: pile.most] if pile.counts is not None else rows,
        hint=gettext("Ceux sur lesquels reposent les faits de cette page.")
        if pile.counts is not None
        else "",
    )


def _money(pile: Pile, more: Sequence[ShownFact]) -> Section | None:
    """Take the facts that carry a sum, the record's own and those given."""
    own = [fact for fact in pile.own if fact.raw_amount is not None and not fact.other]
    pile.own = [fact for fact in pile.own if fact not in own]
    facts = [fact for fact in (*own, *more) if fact.raw_amount is not None]
    left = [fact for fact in more if fact.raw_amount is None and fact.code == "funds"]
    if not facts and not left:
        return None
    listed = [*facts, *left]
    lines: Sequence[amounts.Carrier] = facts
    sorts = frozenset((fact.is_backward, fact.code) for fact in listed)
    if pile.counts is not None:
        own_sorts = {sort for sort in sorts if sort in pile.counts}
        inside = [fact for fact in more if (fact.is_backward, fact.code) not in pile.counts]
        lines = [*published.amounts_of([pile.record.id], own_sorts), *_with_sum(inside)]
    hidden = 0
    if not pile.is_whole and max(len(listed), len(lines)) > pile.most + FEW:
        listed = sorted(listed, key=attrgetter("begins_on"), reverse=True)[: pile.most]
        hidden = max(len(lines) + len(left), len(facts) + len(left)) - len(listed)
    return Section(
        id="argent",
        title=gettext("Argent"),
        template="census/sections/money.html",
        money=amounts.Money(amounts.add_up(lines), tuple(listed)),
        sorts=sorts,
        with_amount=True,
        hidden=hidden,
    )


def _with_sum(facts: Iterable[ShownFact]) -> list[ShownFact]:
    return [fact for fact in facts if fact.raw_amount is not None]


def _money_inside(contracts: Sequence[str], pile: Pile) -> list[ShownFact]:
    """Return the sums of a project's contracts: they are the project's money too."""
    if not contracts:
        return []
    lines = published.amounts_of(contracts)
    seen = published.find_facts(line.claim for line in lines)
    known = {fact.id for fact in pile.every}
    return [
        replace(fact, label=f"{fact.subject.name} — {fact.label}")
        for fact in facts_of([fact for key, fact in seen.items() if key not in known], pile.titles)
    ]


CONTRACT_DATES = ("notified_on", "signed_on", "started_on", "published_on")


def _years(relations: Sequence[ShownFact], pile: Pile, title: str) -> Section | None:
    """Count contracts by year, with the sums that each year's contracts carry."""
    if not relations:
        return None
    if pile.unread(relations[0].code, is_backward=relations[0].is_backward):
        return _many_years(relations, pile, title)
    ids = [fact.other.id for fact in relations if fact.other]
    inside = published.facts_of_many(ids)
    rows: list[ShownFact] = []
    sums: list[ShownFact] = []
    for fact in relations:
        facts = inside.get(fact.other.id, []) if fact.other else []
        shown = facts_of(facts, pile.titles)
        codes = (*CONTRACT_DATES, "awarded_to")
        days = [one for code in codes for one in shown if one.code == code and one.year]
        dated = fact
        if fact.year is None and days:
            dated = replace(fact, earliest=days[0].earliest, latest=days[0].latest)
        rows.append(dated)
        if fact.code == "awarded_to":
            sums.append(dated)
            continue
        for one in shown:
            if one.raw_amount is not None and one.id != fact.id:
                sums.append(replace(one, earliest=dated.earliest, latest=dated.latest))
        sums.append(dated)
    return Section(
        id="marches",
        title=title,
        template="census/sections/years.html",
        facts=rows,
        column=gettext("Marché"),
        chart=amounts.draw(rows),
        years=amounts.by_year(rows, sums),
    )


def _many_years(relations: Sequence[ShownFact], pile: Pile, title: str) -> Section:
    """Do the same for thousands of contracts: read their dates and sums, and no more."""
    first = relations[0]
    sort = (first.is_backward, first.code)
    dated = published.dates_of(pile.record.id, sort)
    contracts = list({one.other for one in dated})
    codes = CONTRACT_DATES if first.code == "awarded_to" else (*CONTRACT_DATES, "awarded_to")
    years = published.first_years((one.other for one in dated if not one.year), codes)
    rows = [one if one.year else replace(one, year=years.get(one.other)) for one in dated]
    year_of = {one.claim: one.year for one in rows}
    by_contract = {one.other: one.year for one in rows}
    sums = [
        replace(line, year=year_of.get(line.claim))
        for line in published.amounts_of([pile.record.id], [sort])
        if line.claim in year_of
    ]
    if first.code != "awarded_to":
        inside = {line.claim: line for line in published.amounts_of(contracts)}
        sums += [
            replace(line, year=by_contract.get(line.record))
            for line in inside.values()
            if line.claim not in year_of
        ]
    return Section(
        id="marches",
        title=title,
        template="census/sections/years.html",
        facts=relations,
        column=gettext("Marché"),
        chart=amounts.draw(rows),
        years=amounts.by_year(rows, sums),
    )


def _timeline(pile: Pile, facts: Sequence[ShownFact]) -> Section | None:
    dated = [
        fact for fact in {fact.id: fact for fact in facts}.values() if fact.begins_on > date.min
    ]
    hidden = 0
    if not pile.is_whole and len(dated) > pile.most + FEW:
        hidden = len(dated) - pile.most
        dated = sorted(dated, key=attrgetter("begins_on"), reverse=True)[: pile.most]
    if pile.counts is not None:
        total = published.facts_of_sorts(
            pile.record.id, list(pile.counts), start=0, limit=0, is_dated=True
        )[1]
        hidden = max(total - len(dated), 0)
    drawn = times.timeline(dated)
    if drawn is None:
        return None
    return Section(
        id="dates",
        title=gettext("Chronologie"),
        template="census/sections/timeline.html",
        timeline=drawn,
        hidden=hidden,
        sorts=frozenset(pile.counts or ()),
        is_dated=True,
    )


def _related(record: published.Record, pile: Pile) -> list[dict[str, str]]:
    """Return neighbours that no fact joins directly: same place, same technique, same buyer."""
    if record.kind == "project":
        return _neighbours(record, pile)
    return []


def _neighbours(record: published.Record, pile: Pile) -> list[dict[str, str]]:
    keys = published.places_of([record.id]).get(record.id, ())
    if not keys:
        return []
    return [
        {"name": one.name, "url": one.url, "why": gettext("autre projet au même endroit")}
        for one in published.first_in(keys, "project", MOST_RELATED + 1)
        if one.id != record.id
    ][:MOST_RELATED]
