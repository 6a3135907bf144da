"""What a paper may be made of: published facts of its projects, and the grounds of the library.

Published facts alone, whoever asks; people in office are left out, as no person is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import override

from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.papers import CensusFact
from contrechamp.cases.domain.questionnaire import Look, Standing, answers, looks
from contrechamp.cases.domain.said import What, codes_in
from contrechamp.cases.models import Action
from contrechamp.census import published
from contrechamp.documents import queries as documents

from .exhibits import rows_of
from .said import said_of

MOST_PROJECTS = 10
MOST_FACTS = 400
PERSON = "person_in_office"
DULL = frozenset({"located_in", "reference", "file_number", "reported_on"})
"""Properties that say little to a court: they are ticked only where they answer a ground."""
FRENCH = "fr"
"""Papers are read by French courts, whatever language their writers read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What may be chosen, and what is ticked at first."""

    looks: tuple[Look, ...]
    """Every ground, those that look open first."""
    facts: tuple[CensusFact, ...]
    """With the grounds that each answers."""
    ticked_means: tuple[str, ...]
    ticked_facts: tuple[str, ...]

    def facts_for(self, code: str) -> tuple[CensusFact, ...]:
        """Return the facts that answer to a ground."""
        return tuple(each for each in self.facts if code in each.grounds)


def candidates_of(action: Action, *, today: date, site: str) -> Candidates:
    """Return what a paper of an action may be made of; `site` begins the addresses of facts."""
    records = _projects(action)
    best: dict[str, Look] = {}
    proofs: dict[str, list[str]] = {}
    for record in records or (None,):
        _look_at(record, today, best, proofs)
    order = list(Standing)
    found = tuple(sorted(best.values(), key=lambda one: order.index(one.standing)))
    told = _told(records)
    facts = tuple(_facts(told, action, proofs, site))
    dull = {fact.id for fact in told if fact.property in DULL}
    opened = tuple(one.ground.code for one in found if one.standing is Standing.OPEN)
    return Candidates(
        looks=found,
        facts=facts,
        ticked_means=opened,
        ticked_facts=tuple(
            each.key
            for each in facts
            if set(each.grounds) & set(opened) or (each.exhibit and each.key not in dull)
        ),
    )


def _projects(action: Action) -> tuple[published.Record, ...]:
    keys = dict.fromkeys([*action.projects, *([action.target] if action.target else [])])
    found = published.find_records(list(keys)[:MOST_PROJECTS])
    return tuple(found[key] for key in keys if key in found and found[key].kind == "project")


def _look_at(
    record: published.Record | None,
    today: date,
    best: dict[str, Look],
    proofs: dict[str, list[str]],
) -> None:
    """Add how each ground looks for one project, the best over all, and which facts answer it."""
    said = said_of(record) if record else ()
    given = answers(library(), said, {}, today=today)
    order = list(Standing)
    for look in looks(library(), given, codes_in(said, What.TECHNOLOGY)):
        code = look.ground.code
        if code not in best or order.index(look.standing) < order.index(best[code].standing):
            best[code] = look
        for question in look.ground.questions:
            for one in given[question].facts:
                if one.ref:
                    proofs.setdefault(one.ref, []).append(code)


def _told(records: Sequence[published.Record]) -> list[published.Fact]:
    facts = [fact for record in records for fact in published.facts_of(record.id)]
    return [fact for fact in facts if _may_be_told(fact)][:MOST_FACTS]


def _facts(
    kept: Sequence[published.Fact],
    action: Action,
    proofs: Mapping[str, Sequence[str]],
    site: str,
) -> Iterator[CensusFact]:
    exhibits = {row.sha256: row.pk for row in rows_of(action).order_by("pk")}
    cited = {proof.document for fact in kept for proof in fact.evidence if proof.document}
    titles = documents.public_titles(sorted(cited))
    with override(FRENCH):
        for fact in kept:
            yield _fact(fact, proofs.get(fact.id, ()), exhibits, titles, site)


def _may_be_told(fact: published.Fact) -> bool:
    ends = (fact.subject, *([fact.target] if fact.target else []))
    return fact.status != "CONTRADICTED" and all(end.type != PERSON for end in ends)


def _fact(
    fact: published.Fact,
    grounds: Iterable[str],
    exhibits: Mapping[str, str],
    titles: Mapping[str, str],
    site: str,
) -> CensusFact:
    proof = _best(fact, exhibits)
    day = _day(fact)
    when = f" ({fact.dates_text})" if fact.dates_text and not day else ""
    value = fact.value_text.strip().rstrip(".")
    said = CensusFact(
        key=fact.id,
        text=f"{fact.subject.name} — {fact.label} : {value}{when}.",
        day=day,
        url=f"{site}{fact.url}",
        grounds=tuple(dict.fromkeys(grounds)),
    )
    if proof is None:
        return said
    return replace(
        said,
        quote=proof.quote_text,
        source=titles.get(proof.document) or proof.title,
        page=str(proof.page) if proof.page else "",
        url=proof.url if proof.is_outside else f"{site}{proof.url or fact.url}",
        exhibit=exhibits.get(proof.document, ""),
    )


def _best(fact: published.Fact, exhibits: Mapping[str, str]) -> published.Proof | None:
    """Return the source to quote: one that is an exhibit, then one with a passage."""
    supports = [one for one in fact.evidence if one.stance == "SUPPORTS" and not one.rejected]
    return min(
        supports,
        key=lambda one: (one.document not in exhibits, not one.quote_text, not one.document),
        default=None,
    )


def _day(fact: published.Fact) -> date | None:
    """Return the day of a fact where it is one day alone; a month or a year stays in its words."""
    if fact.from_earliest and fact.from_earliest == fact.from_latest and not fact.to_text:
        return date.fromisoformat(fact.from_earliest)
    return None
