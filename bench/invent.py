"""A large observatory that never was: records, facts and sources drawn by chance.

The gazetteer is real; every name of a company, project, contract and product is made of syllables.
Places are drawn by their population, actors and documents by Zipf's law, so that there is what an
observatory has: one supplier that works for everybody, one city with thousands of facts, and a
long tail of towns with one line each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any

from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.ids import ALPHABET, LENGTH
from contrechamp.places import queries as places

SHARES = {"place": 8, "authority": 8, "company": 18, "association": 2, "project": 33, "product": 1}
"""Percent of all records; the rest are contracts."""
SYLLABLES = ("va", "lo", "tri", "sen", "mar", "qui", "ber", "no", "dal", "fi", "gor", "ze", "pul")
WORDS = (
    *("caméras", "voirie", "gare", "plaque", "analyse", "images", "centre", "supervision"),
    *("extension", "renouvellement", "maintenance", "logiciel", "drone", "place", "stade", "parc"),
    *("lycée", "marché", "fibre", "stockage", "alerte", "patrouille", "passage", "audit"),
)
PUBLISHERS = tuple(f"Gazette {one}{two}" for one in SYLLABLES[:6] for two in SYLLABLES[6:11])
KINDS = {"authority": "actor", "company": "actor", "association": "actor"}
PREFIX = {"project": "prj", "actor": "act", "technology": "tec", "place": "plc", "contract": "ctr"}
FIRST_YEAR, LAST_YEAR = 2005, 2025


@dataclass(frozen=True, slots=True)
class Made:
    """One record."""

    id: str
    kind: str
    type: str
    name: str
    territory: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    keys: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim, before it has a source."""

    subject: Made
    property: str
    value: Any = None
    target: Made | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    from_text: str = ""
    to_text: str = ""
    amount: int = 0
    amount_kind: str = ""
    session: int = 0
    """Number of the sitting in which it was published."""


class Zipf:
    """Draws from a row of things, the first far more often than the last."""

    def __init__(self, row: Sequence[Made], power: float = 1.0) -> None:
        self.row = row
        self.sums = list(accumulate(1 / (n + 1) ** power for n in range(len(row))))

    def draw(self, chance: Random) -> Made:
        return chance.choices(self.row, cum_weights=self.sums)[0]


class World:
    """All records, and what is said of them."""

    def __init__(self, *, entities: int, claims: int, seed: int) -> None:
        self.chance = Random(seed)
        self.entities, self.claims = entities, claims
        self.sessions = max(entities // 40, 4)
        count = {name: max(entities * share // 100, 4) for name, share in SHARES.items()}
        self.technologies = list(self._techniques())
        self.products = [self._product() for _ in range(count["product"])]
        self._settle(count["place"])
        self.companies = [self._company(n) for n in range(count["company"])]
        self.associations = [self._association() for _ in range(count["association"])]
        rest = count["project"]
        self.projects = [self._project() for _ in range(rest)]
        done = len(self.technologies) + len(self.records())
        self.contracts = [self._contract() for _ in range(max(entities - done, 4))]

    def records(self) -> list[Made]:
        """Return every record but the techniques of the vocabulary that nobody uses."""
        found = [*self.products, *self.places, *self.authorities, *self.companies]
        found += [*self.associations, *self.projects, *getattr(self, "contracts", ())]
        return found

    # Records

    def new_id(self, kind: str) -> str:
        return f"{kind}-{''.join(self.chance.choices(ALPHABET, k=LENGTH))}"

    def _made(self, kind: str, type_: str, name: str, **more: Any) -> Made:
        return Made(self.new_id(PREFIX[kind]), kind, type_, name[:200], **more)

    def _word(self, least: int = 2) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(least, 4))).title()

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def _techniques(self) -> Iterator[Made]:
        for code, term in terms("technologies").items():
            yield self._made(
                "technology",
                term["type"],
                term["label"]["fr"],
                numbers=(("vocabulary", code),),
                aliases=tuple(term.get("aliases", ())),
                keys={"vocabulary": [code]},
            )

    def _product(self) -> Made:
        return self._made("technology", "product", f"{self._word()} {self.chance.randint(1, 9)}")

    def _settle(self, count: int) -> None:
        """Choose communes, the large ones more often, each with its authority."""
        rows = list(
            places.everything()
            .filter(kind="commune", successor="", population__gt=0)
            .order_by("key")
            .values_list("key", "code", "name", "population", "siren")
        )
        lots = [(self.chance.random() ** (1 / (row[3] or 1) ** 0.75), row) for row in rows]
        chosen = [row for _, row in sorted(lots, reverse=True)[:count]]
        self.places, self.authorities = [], []
        for key, code, name, _, siren in chosen:
            numbers = (("insee", code),)
            self.places.append(self._made("place", "commune", name, territory=key, numbers=numbers))
            own = (("siren", siren),) if siren else ()
            self.authorities.append(
                self._made("actor", "authority", f"Commune de {name}", numbers=own)
            )
        self.town_sums = list(accumulate((row[3] or 1) ** 0.75 for row in chosen))

    def _company(self, number: int) -> Made:
        name = f"{self._word()} {self.chance.choice(('Vision', 'Systèmes', 'Réseaux', 'Data'))}"
        return self._made(
            "actor",
            "company",
            f"{name} {number}" if self.chance.random() < 0.3 else name,
            numbers=(("lei", f"X{number:09d}"),) if self.chance.random() < 0.6 else (),
            aliases=(f"{name} SAS",) if self.chance.random() < 0.2 else (),
        )

    def _association(self) -> Made:
        return self._made("actor", "association", f"Collectif {self._word()} {self._word(1)}")

    def _project(self) -> Made:
        type_ = self.chance.choices(("programme", "deployment", "trial"), (5, 4, 1))[0]
        return self._made("project", type_, self.words(3).capitalize())

    def _contract(self) -> Made:
        type_ = self.chance.choices(("contract", "call", "framework", "subsidy"), (6, 2, 1, 1))[0]
        return self._made("contract", type_, f"Marché {self.words(3)}")

    # What is said

    def said(self) -> Iterator[Said]:
        """Yield as many claims as were asked for."""
        for number, one in enumerate(self._all()):
            if number >= self.claims:
                return
            yield one

    def _all(self) -> Iterator[Said]:
        self.suppliers = Zipf(self.companies)
        busy = self.authorities[: max(self.entities // 20, 2)]
        for town in busy:
            yield self._say(self.companies[0], "supplies", target=town, from_text=self.day())
        for place, authority in zip(self.places, self.authorities, strict=True):
            yield self._say(authority, "administers", target=place)
        for project in self.projects:
            yield from self._of_project(project)
        for contract in self.contracts:
            yield from self._of_contract(contract)
        for company in self.companies:
            yield from self._of_company(company)
        for group in self.associations:
            yield self._say(group, "website", value=f"https://{self._word().lower()}.example")
        while True:
            yield self._extra()

    def _say(self, subject: Made, property_: str, *, session: int = -1, **more: Any) -> Said:
        number = session if session >= 0 else self.chance.randrange(self.sessions)
        return Said(subject=subject, property=property_, session=number, **more)

    def day(self) -> str:
        """Return a date as people write it, surer or less sure."""
        year = self.chance.randint(FIRST_YEAR, LAST_YEAR)
        month, day = self.chance.randint(1, 12), self.chance.randint(1, 28)
        forms = (f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}", str(year))
        others = (f"avant {year}", f"après {year}", f"vers {year}", f"{year}/{year + 2}")
        return self.chance.choices((*forms, *others), (50, 15, 20, 3, 3, 6, 3))[0]

    def _of_project(self, one: Made) -> Iterator[Said]:
        chance, session = self.chance, self.chance.randrange(self.sessions)
        at = chance.choices(range(len(self.places)), cum_weights=self.town_sums)[0]
        yield self._say(one, "located_in", target=self.places[at], session=session)
        for actor, role in (
            (self.authorities[at], "commissioner"),
            (self.suppliers.draw(chance), "supplier"),
            (self.suppliers.draw(chance), "software"),
        ):
            yield self._say(
                actor, "participates_in", target=one, attributes={"role": role}, session=session
            )
        for technology in chance.sample(self.technologies, chance.randint(1, 3)):
            yield self._say(
                one, "uses_technology", target=technology, from_text=self.day(), session=session
            )
        values = {
            "summary": f"Projet de {self.words(12)}.",
            "stage": chance.choice(list(terms("stages"))),
            "purpose": chance.sample(list(terms("purposes")), 2),
            "decided_on": self.day(),
            "started_on": self.day(),
            "cameras_count": int(chance.paretovariate(1) * 4) % 5000,
            "retention_days": chance.choice((7, 15, 30)),
        }
        for property_, value in values.items():
            if property_ in {"summary", "stage"} or chance.random() < 0.8:
                yield self._say(one, property_, value=value, session=session)

    def _of_contract(self, one: Made) -> Iterator[Said]:
        chance, session = self.chance, self.chance.randrange(self.sessions)
        buyer = chance.choices(self.authorities, cum_weights=self.town_sums)[0]
        yield self._say(buyer, "buyer_of", target=one, session=session)
        yield self._say(
            one,
            "awarded_to",
            target=self.suppliers.draw(chance),
            amount=int(chance.lognormvariate(11, 1.5)),
            amount_kind="awarded",
            from_text=self.day(),
            session=session,
        )
        yield self._say(one, "contract_of", target=chance.choice(self.projects), session=session)
        values = {
            "object": f"Fourniture et pose : {self.words(6)}.",
            "procedure": "appel d'offres ouvert",
            "notified_on": self.day(),
            "duration_months": chance.choice((12, 24, 36, 48)),
            "reference": f"{chance.randint(2010, 2025)}-{chance.randint(1, 9999):04d}",
        }
        for property_, value in values.items():
            yield self._say(one, property_, value=value, session=session)

    def _of_company(self, one: Made) -> Iterator[Said]:
        chance, session = self.chance, self.chance.randrange(self.sessions)
        client = chance.choices(self.authorities, cum_weights=self.town_sums)[0]
        yield self._say(one, "supplies", target=client, from_text=self.day(), session=session)
        yield self._say(one, "manufactures", target=chance.choice(self.products), session=session)
        other = self.suppliers.draw(chance)
        if other is not one:
            property_ = chance.choice(("distributed_by", "owned_by", "interoperates_with"))
            yield self._say(one, property_, target=other, from_text=self.day(), session=session)
        yield self._say(one, "description", value=f"Vend {self.words(10)}.", session=session)
        yield self._say(one, "country", value="FR", session=session)
        yield self._say(one, "employees_count", value=chance.randint(1, 3000), session=session)

    def _extra(self) -> Said:
        """Say one thing more, of a busy record rather than a quiet one."""
        chance = self.chance
        place = int(len(self.projects) * chance.random() ** 3)
        project, kind = self.projects[place], chance.random()
        if kind < 0.5:
            act = f"Arrêté n° {chance.randint(2005, 2025)}-{chance.randint(1, 9999)}"
            return self._say(project, "authorising_act", value=act, from_text=self.day())
        if kind < 0.6:
            count = int(chance.paretovariate(1) * 4) % 5000
            return self._say(project, "cameras_count", value=count, from_text=self.day())
        if kind < 0.75:
            text = f"Le conseil approuve : {self.words(8)}."
            return self._say(project, "decision", value=text, from_text=self.day())
        if kind < 0.85:
            amount = int(chance.lognormvariate(11, 1.5))
            return self._say(
                project, "budget", value=str(amount), amount=amount, amount_kind="estimated"
            )
        client = chance.choices(self.authorities, cum_weights=self.town_sums)[0]
        return self._say(
            self.suppliers.draw(chance), "supplies", target=client, from_text=self.day()
        )
