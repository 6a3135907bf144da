"""The working census: reads for those who write and review. Visitors read `published` alone.

A member sees what is public, what they wrote and what waits for review; an editor sees all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, Max, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext

from contrechamp.census.domain import Candidate, Piece, suggest, words
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold
from contrechamp.kernel.numbers import is_siret
from contrechamp.places import queries as places

from . import published
from .models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Identifier,
    ImportIssue,
    ImportRun,
    Merge,
    Name,
    Notice,
    NotSame,
    State,
)

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

TOWN_WORDS = ("ville ", "commune ", "mairie ")


# Records


def entities_visible_to(user: User | Any) -> QuerySet[Entity]:
    """Return the records that a person may work on: for a member those not held or withdrawn."""
    entities = Entity.objects.filter(merged_into=None)
    if not getattr(user, "is_authenticated", False):
        return entities.none()
    if user.is_editor:
        return entities
    own = Q(made_by=user.pk)
    return entities.filter(own | Q(person_hold=False) & ~Q(state=State.WITHDRAWN))


def get_entity(entity_id: str) -> Entity:
    """Return the record, following merges, or raise `Entity.DoesNotExist`."""
    entity = Entity.objects.select_related("merged_into").get(pk=entity_id)
    return get_entity(entity.merged_into_id) if entity.merged_into_id else entity


def find_entity(entity_id: str) -> Entity | None:
    """Return the record, following merges, or None."""
    try:
        return get_entity(entity_id)
    except Entity.DoesNotExist:
        return None


def find_by_identifier(scheme: str, value: str) -> Entity | None:
    """Return the record that bears an official number; for a SIRET, the one with its SIREN."""
    row = (
        Identifier.objects.select_related("entity")
        .filter(scheme=scheme, value=value, entity__merged_into=None)
        .first()
    )
    if row is None and scheme == "siret" and is_siret(value):
        return find_by_identifier("siren", value[:9])
    return row.entity if row else None


def find_by_key(scheme: str, key: str, kind: str | None = None) -> Entity | None:
    """Return the record that an import gave this key, or None."""
    rows = Entity.objects.filter(**{f"keys__{scheme}__icontains": key}, merged_into=None)
    for entity in rows.filter(kind=kind) if kind else rows:
        if key in entity.keys.get(scheme, ()):
            return entity
    return None


def find_place(territory_key: str) -> Entity | None:
    """Return the record of a territory, or None."""
    return Entity.objects.filter(kind="place", territory=territory_key, merged_into=None).first()


def named(name: str) -> QuerySet[Entity]:
    """Return the records that bear exactly this name, by letters."""
    found = Name.objects.filter(folded=fold(name)).values("entity")
    return Entity.objects.filter(pk__in=found, merged_into=None).order_by("name", "pk")


def find_named(text: str) -> Entity:
    """Return the record of an id, of a number as `siren:…`, or of an exact name.

    Raise `Refused`, with the candidates when several bear the name.
    """
    scheme, _, value = text.partition(":")
    if entity := find_entity(text) or (find_by_identifier(scheme, value) if value else None):
        return entity
    found = list(named(text)[:10])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(gettext_noop("Aucune fiche ne correspond à « {text} »."), text=text)
    raise Refused(
        gettext_noop("Plusieurs fiches s'appellent « {text} » : {candidates}."),
        text=text,
        candidates=", ".join(f"{entity.pk} ({entity.type})" for entity in found),
    )


def search_entities(
    text: str, user: User | Any, *, kinds: Sequence[str] = (), limit: int = 20
) -> list[Entity]:
    """Return the records whose name begins like the text, or that bear it as a number."""
    folded = fold(text)
    if not folded:
        return []
    rows = entities_visible_to(user)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    number = "".join(text.split())
    begins = Name.objects.filter(folded__startswith=folded).values("entity")
    holds = Name.objects.filter(folded__contains=folded).values("entity")
    bears = Identifier.objects.filter(value=number).values("entity")
    rank = Case(
        When(pk=text.strip(), then=Value(0)),
        When(pk__in=bears, then=Value(0)),
        When(pk__in=begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = rows.filter(Q(pk=text.strip()) | Q(pk__in=bears) | Q(pk__in=begins) | Q(pk__in=holds))
    return list(found.annotate(rank=rank).order_by("rank", "name", "pk")[:limit])


def entities_held(user: User | Any) -> QuerySet[Entity]:
    """Return the records that may be private persons and about which nobody has decided."""
    return (
        entities_visible_to(user)
        .filter(person_hold=True)
        .exclude(state=State.WITHDRAWN)
        .order_by("name", "pk")
    )


def entities_waiting(user: User | Any) -> QuerySet[Entity]:
    """Return the public records on which somebody wrote what no reviewer has accepted yet."""
    return (
        entities_visible_to(user)
        .filter(state=State.IN_REVIEW, published_as__isnull=False)
        .order_by("name", "pk")
    )


# Claims


def claims_visible_to(user: User | Any) -> QuerySet[Claim]:
    """Return the claims that a person may work on: for a member public, waiting, or their own."""
    if not getattr(user, "is_authenticated", False):
        return Claim.objects.none()
    claims = Claim.objects.filter(subject__merged_into=None)
    if user.is_editor:
        return claims
    shared = Q(state__in=[State.IN_REVIEW, State.PUBLISHED], is_private=False)
    held = Q(subject__person_hold=True) | Q(target__person_hold=True)
    return claims.filter(Q(made_by=user.pk) | shared & ~held)


def claims_of(entity_id: str, user: User | Any) -> QuerySet[Claim]:
    """Return the claims about a record or leading to it that a person may work on."""
    return (
        ready(claims_visible_to(user))
        .filter(Q(subject=entity_id) | Q(target=entity_id))
        .exclude(state=State.WITHDRAWN)
        .order_by("property", "made_at", "pk")
    )


def ready(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Have with each claim what shows it: its records, sources and who read them."""
    checks = EvidenceCheck.objects.select_related("by").order_by("at", "pk")
    sources = Evidence.objects.select_related("added_by").order_by("added_at", "pk")
    return claims.select_related("subject", "target", "made_by").prefetch_related(
        Prefetch("evidence", sources.prefetch_related(Prefetch("checks", checks)))
    )


def find_claim(claim_id: str, user: User | Any) -> Claim | None:
    """Return the claim with its sources if the person may work on it, or None."""
    return ready(claims_visible_to(user)).filter(pk=claim_id).first()


def find_evidence(evidence_id: str, user: User | Any) -> Evidence | None:
    """Return a source of a claim that the person may work on, or None."""
    return (
        Evidence.objects.select_related("claim")
        .filter(pk=evidence_id, claim__in=claims_visible_to(user))
        .first()
    )


def outside_sources() -> QuerySet[Evidence, tuple[str, str, str]]:
    """Return identifier, claim and address of the sources that are pages of the web."""
    rows = Evidence.objects.filter(kind=Evidence.Kind.URL).exclude(url="")
    return rows.order_by("added_at", "pk").values_list("pk", "claim_id", "url")


def quotes_in_use(quote_ids: Iterable[str]) -> set[str]:
    """Return which of these quotes are the evidence of any claim, public or not."""
    found = Evidence.objects.filter(quote__in=list(quote_ids))
    return set(found.values_list("quote", flat=True))


def drafts_of(user: User | Any) -> QuerySet[Claim]:
    """Return what a person wrote and has not been published, newest first."""
    return (
        ready(Claim.objects.filter(made_by=user.pk, subject__merged_into=None))
        .filter(state__in=[State.DRAFT, State.IN_REVIEW])
        .order_by("-made_at", "pk")
    )


def review_inbox(user: User | Any) -> QuerySet[Claim]:
    """Return what waits for a reviewer, record by record, oldest first within one."""
    return (
        ready(claims_visible_to(user))
        .filter(state=State.IN_REVIEW, is_private=False)
        .order_by("subject__name", "subject", "submitted_at", "pk")
    )


def inbox_by_record(user: User | Any, limit: int = 200) -> list[tuple[Entity, list[Claim]]]:
    """Return the inbox grouped by record."""
    groups: dict[str, tuple[Entity, list[Claim]]] = {}
    for claim in review_inbox(user)[:limit]:
        groups.setdefault(claim.subject_id, (claim.subject, []))[1].append(claim)
    return list(groups.values())


def scheduled() -> QuerySet[Claim]:
    """Return the accepted claims that wait for their time."""
    return ready(Claim.objects.filter(publish_at__isnull=False)).order_by("publish_at", "pk")


# Notices


def notices_waiting(user: User | Any) -> QuerySet[Notice]:
    """Return replies, corrections and removals that nobody has answered, oldest first."""
    if not getattr(user, "is_editor", False):
        return Notice.objects.none()
    return Notice.objects.filter(decision=Notice.Decision.WAITING).order_by("received_on", "pk")


def about_public(entity_id: str, claim_id: str = "") -> tuple[Entity, Claim | None]:
    """Return what anybody may write to us about: a record and a fact that are public.

    Raise `LookupError` when they are not.
    """
    shown = published.find_record(entity_id)
    fact = published.find_fact(claim_id) if claim_id else None
    if shown is None or (claim_id and fact is None):
        raise LookupError(entity_id)
    entity = Entity.objects.get(pk=entity_id)
    return entity, Claim.objects.get(pk=claim_id) if fact else None


def notices_of(entity_id: str) -> QuerySet[Notice]:
    """Return all notices about a record, newest first."""
    return Notice.objects.filter(entity=entity_id).order_by("-received_on", "pk")


# Imports


def import_runs() -> QuerySet[ImportRun]:
    """Return the imports, newest first."""
    runs = ImportRun.objects.select_related("by").annotate(issues_count=Count("issues"))
    return runs.order_by("-at", "pk")


def find_run(run_id: str) -> ImportRun | None:
    """Return an import, or None."""
    return ImportRun.objects.select_related("by").filter(pk=run_id).first()


def run_states(run_id: str) -> list[tuple[str, int]]:
    """Return how many claims of an import are in each state, by the state's words."""
    rows = Claim.objects.filter(run=run_id).values_list("state").annotate(Count("pk"))
    counts = dict(rows.order_by("state"))
    return [(str(State(code).label), counts[code]) for code in State.values if code in counts]


def issues_of(run_id: str, code: str = "") -> QuerySet[ImportIssue]:
    """Return what an import did not understand, in the order of the file."""
    issues = ImportIssue.objects.filter(run=run_id).order_by("line", "pk")
    return issues.filter(code=code) if code else issues


def issue_counts(run_id: str) -> list[tuple[str, int]]:
    """Return how many issues of each code an import has."""
    rows = ImportIssue.objects.filter(run=run_id).values_list("code").annotate(Count("pk"))
    return list(rows.order_by("code"))


# Merging


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one, with the reason in words."""

    a: str
    b: str
    a_name: str
    b_name: str
    code: str
    why: str


def merge_suggestions(entity_ids: Iterable[str] | None = None) -> list[Pair]:
    """Return the pairs of records that may be one, best reason first; never a judged pair.

    With `entity_ids`, among these records only.
    """
    candidates = candidates_for_merge(entity_ids)
    names = {candidate.id: candidate.name for candidate in candidates}
    judged = NotSame.objects.values_list("a", "b")
    return [
        Pair(
            a=found.a,
            b=found.b,
            a_name=names[found.a],
            b_name=names[found.b],
            code=found.why,
            why=gettext(found.sentence).format(what=found.what),
        )
        for found in suggest(candidates, judged)
    ]


def similar_names(names: Mapping[str, str], towns: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the pairs of names of a list that may mean one thing, and why: (name, name, code).

    `names`: {key: name}; `towns`: {key: INSEE code} for those that mean one commune.
    """
    candidates = [
        Candidate(id=key, kind="actor", name=name, town=towns.get(key, ""))
        for key, name in names.items()
    ]
    return [(names[found.a], names[found.b], found.why) for found in suggest(candidates)]


def candidates_for_merge(entity_ids: Iterable[str] | None = None) -> list[Candidate]:
    """Return the records as the rules of suggestion need them."""
    rows = Entity.objects.filter(merged_into=None).exclude(state=State.WITHDRAWN)
    if entity_ids is not None:
        rows = rows.filter(pk__in=list(entity_ids))
    # A place of the gazetteer has its code and cannot be another.
    entities = list(rows.filter(territory="").values_list("pk", "kind", "name"))
    numbers: dict[str, list[tuple[str, str]]] = {}
    for key, scheme, value in Identifier.objects.values_list("entity", "scheme", "value"):
        numbers.setdefault(key, []).append((scheme, value))
    aliases: dict[str, list[str]] = {}
    for key, text in Name.objects.filter(role__in=[Name.Role.ALIAS, Name.Role.FORMER]).values_list(
        "entity", "text"
    ):
        aliases.setdefault(key, []).append(text)
    towns = _towns([name for _, kind, name in entities if kind == "actor"])
    return [
        Candidate(
            id=key,
            kind=kind,
            name=name,
            aliases=tuple(aliases.get(key, ())),
            identifiers=tuple(numbers.get(key, ())),
            town=towns.get(name, ""),
        )
        for key, kind, name in entities
    ]


def _towns(names: Sequence[str]) -> dict[str, str]:
    """Return the INSEE code of each name that says it is a town and means one commune."""
    said = sorted({name for name in names if name.casefold().startswith(TOWN_WORDS)})
    found = places.resolve_towns(said)
    return {name: town.key for name in said if (town := found[name].town)}


def merges_done() -> QuerySet[Merge]:
    """Return the merges, newest first."""
    return Merge.objects.select_related("survivor", "absorbed", "change__by").order_by("-pk")


def find_merge(merge_id: int) -> Merge | None:
    """Return a merge, or None."""
    return Merge.objects.select_related("survivor", "absorbed").filter(pk=merge_id).first()


def judged_different() -> QuerySet[NotSame]:
    """Return the pairs that somebody judged to be different, newest first."""
    return NotSame.objects.select_related("a", "b", "by").order_by("-at")


# History


def history_of(entity_id: str) -> QuerySet[Change]:
    """Return all that was done to a record, newest first, with the lines that concern it."""
    lines = ChangeLine.objects.filter(entity=entity_id).order_by("pk")
    return (
        Change.objects.filter(pk__in=ChangeLine.objects.filter(entity=entity_id).values("change"))
        .select_related("by", "run", "reverts")
        .prefetch_related(Prefetch("lines", lines))
        .annotate(last=Max("lines__pk"))
        .order_by("-at", "-last")
    )


def find_change(change_id: str) -> Change | None:
    """Return a change with all its lines, or None."""
    return (
        Change.objects.select_related("by", "run", "reverts")
        .prefetch_related("lines")
        .filter(pk=change_id)
        .first()
    )


def line_words(line: ChangeLine) -> list[Piece]:
    """Return a line of history word by word."""
    before, after = (
        value if isinstance(value, str) else "" if value is None else str(value)
        for value in (line.before, line.after)
    )
    return words(before, after)


def history_as_data(entity_id: str) -> dict[str, Any]:
    """Return the whole history of a record as plain values, newest first."""
    return {
        "id": entity_id,
        "changes": [
            {
                "id": change.pk,
                "at": change.at.isoformat(),
                "by": change.by.get_username(),
                "verb": change.verb,
                "reason": change.reason,
                "reverts": change.reverts_id,
                "import": change.run_id,
                "lines": [
                    {
                        "table": line.table,
                        "row": line.row,
                        "field": line.field,
                        "before": line.before,
                        "after": line.after,
                    }
                    for line in change.lines.all()
                ],
            }
            for change in history_of(entity_id)
        ],
    }


def last_change_at() -> datetime | None:
    """Return when the working census last changed, or None while it is empty."""
    change = Change.objects.order_by("-at").first()
    return change.at if change else None


def properties_for(kind: str, type_: str = "") -> list[str]:
    """Return the codes of values and relations that can be said of a record."""
    values = [code for code, term in terms("properties").items() if kind in term["kinds"]]
    joined = [
        code
        for code, term in terms("relations").items()
        if kind in term["from"] and (not term.get("from_types") or type_ in term["from_types"])
    ]
    return values + joined
