"""One record of two, and two again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.census import published, queries, services
from contrechamp.census.models import (
    Claim,
    Entity,
    Evidence,
    Identifier,
    Merge,
    Name,
    Notice,
    NotSame,
    Published,
    PublishedChange,
    PublishedFact,
    Redirect,
)
from contrechamp.kernel.errors import Refused
from tests import observatory
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, marianne, noor, project

pytestmark = pytest.mark.django_db


def merge(survivor: Entity, absorbed: Entity, **more: Any) -> Merge:
    given: dict[str, Any] = {"actor": amina(), "now": LATER, "reason": "la même"} | more
    return services.merge(survivor, absorbed, **given)


def undo(done: Merge, **more: Any) -> services.Undone:
    given: dict[str, Any] = {"actor": amina(), "now": LATER} | more
    return services.undo_merge(done.pk, **given)


def working() -> list[Any]:
    """Return the working census without versions, which only grow."""
    rows: list[Any] = []
    for model in (Entity, Name, Identifier, Claim, Evidence, Notice):
        for row in model.objects.order_by("pk").values():
            rows.append({k: v for k, v in row.items() if k != "version"})
    return rows


def shown() -> list[Any]:
    """Return all that visitors can get but its dates."""
    rows: list[Any] = []
    for model in (Published, PublishedFact):
        for row in model.objects.order_by("pk").values():
            rows.append({k: v for k, v in row.items() if k not in {"at", "first_at", "version"}})
    return [*rows, *Redirect.objects.order_by("pk").values()]


@contextmanager
def undone_after() -> Iterator[None]:
    """Leave the database as it was."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def two_towns() -> tuple[Entity, Entity]:
    one = entity("ville de Nîmes", type_="authority", identifiers=[("siren", "213001894")])
    other = entity("ville de Nime", type_="authority", names=["Nime"], keys={"carto": ["Nime"]})
    vendor = entity("Exemple Optique")
    facts.published(
        claim(vendor, "supplies", target=one),
        claim(vendor, "supplies", target=other, attributes={"product": "B"}),
        claim(other, "member_of", target=one),
    )
    return one, other


def test_what_was_of_two_is_of_one() -> None:
    one, other = two_towns()
    merge(one, other)

    assert published.find_record(other.pk) is None
    assert published.resolve_redirect(other.pk) == one.pk
    assert published.resolve_redirect(one.pk) is None
    record = published.get_record(one.pk)
    assert [name.text for name in record.names] == ["ville de Nîmes", "Nime", "ville de Nime"]
    assert record.keys == {"carto": ["Nime"]}
    assert len(published.facts_about(one.pk)) == 2
    assert list(queries.named("ville de Nime")) == [queries.get_entity(other.pk)] == [one]
    assert [each["what"] for each in PublishedChange.objects.filter(entity=other.pk).values()] == []


def test_a_merge_taken_back_leaves_everything_as_it_was() -> None:
    one, other = two_towns()
    services.receive_notice(entity=other, kind="REPLY", text="Non.", received_on=NOW.date())
    before, seen = working(), shown()
    done = merge(one, other)
    assert working() != before
    assert shown() != seen
    assert undo(done).stayed == []
    assert working() == before
    assert shown() == seen
    assert undo(done).stayed == []


def test_claims_added_since_stay_with_the_survivor_and_are_listed() -> None:
    one, other = two_towns()
    done = merge(one, other)
    new = claim(one, "address", value="Place de l'Horloge", now=LATER.replace(hour=9))
    services.rename_entity(one, name="Nîmes", actor=noor(), now=LATER)
    assert undo(done).stayed == [new.pk]
    assert Claim.objects.get(pk=new.pk).subject_id == one.pk
    assert Entity.objects.get(pk=one.pk).name == "Nîmes"


def test_the_one_with_a_number_stays_whichever_is_named_first() -> None:
    one, other = two_towns()
    assert services.choose_survivor(other, one) == services.choose_survivor(one, other)
    assert services.choose_survivor(other, one)[0] == one
    older, newer = entity("A"), entity("B", now=LATER)
    assert services.choose_survivor(newer, older)[0] == older


def test_merging_twice_or_the_other_way_round_changes_nothing() -> None:
    one, other = two_towns()
    done = merge(one, other)
    before, seen = working(), shown()
    assert merge(one, other) == merge(other, one) == done
    assert (working(), shown()) == (before, seen)


def facts_of_all() -> set[Any]:
    """Return what is said, whichever identifier survived."""
    alive = Entity.objects.filter(merged_into=None)
    return {
        (
            frozenset(each.names.values_list("text", flat=True)),
            frozenset(each.identifiers.values_list("value", flat=True)),
            frozenset(each.claims.values_list("pk", flat=True)),
            frozenset(each.claims_as_target.values_list("pk", flat=True)),
        )
        for each in alive
    }


@tries(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    names=st.lists(st.sampled_from("ABCD"), min_size=3, max_size=3),
    links=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=1, max_size=5
    ),
)
def test_merging_is_commutative_idempotent_and_can_be_undone(
    names: list[str], links: list[tuple[int, int, bool]]
) -> None:
    with undone_after():
        rows = [entity(name, names=[f"{name}{n}"]) for n, name in enumerate(names)]
        for a, b, is_public in links:
            if a != b:
                made = claim(rows[a], "supplies", target=rows[b])
                if is_public:
                    facts.published(made)
        before, seen = working(), shown()
        done = merge(rows[0], rows[1])
        one_way = facts_of_all()
        assert merge(rows[0], rows[1]) == done
        assert facts_of_all() == one_way
        undo(done)
        assert working() == before
        assert shown() == seen
        merge(rows[1], rows[0])
        # A relation between the two stays where it was, hidden.
        joined = {frozenset({rows[0].pk, rows[1].pk})}
        kept = {
            each.pk
            for each in Claim.objects.filter(target__isnull=False)
            if frozenset({each.subject_id, each.target_id}) in joined
        }
        assert _without(facts_of_all(), kept) == _without(one_way, kept)


def _without(found: set[Any], kept: set[str]) -> set[Any]:
    return {(n, i, s - kept, t - kept) for n, i, s, t in found}


def test_a_chain_of_merges_leads_to_the_end_and_unwinds_from_there() -> None:
    one, two, three = entity("A"), entity("B"), entity("C")
    claims = [claim(each, "address", value=each.name) for each in (one, two, three)]
    made = facts.published(*claims)[-1]
    first = merge(two, three)
    second = merge(one, two)
    assert published.resolve_redirect(three.pk) == one.pk
    assert queries.get_entity(three.pk) == one
    assert published.get_fact(made.pk).subject.id == one.pk
    with pytest.raises(Refused):
        undo(first)
    undo(second)
    undo(first)
    assert published.get_fact(made.pk).subject.id == three.pk


def test_what_is_private_of_one_does_not_become_public_of_the_other() -> None:
    one, other = entity("A"), entity("Secret", names=["Très secret"])
    facts.published(claim(one, "address", value="rue"))
    claim(other, "address", value="cachette")
    merge(one, other)
    assert [name.text for name in published.get_record(one.pk).names] == ["A"]
    assert len(published.facts_of(one.pk)) == 1


def test_a_public_record_absorbed_by_a_draft_stays_hidden_until_review() -> None:
    draft, public = entity("A"), entity("B")
    facts.published(claim(public, "address", value="rue"))
    done = merge(draft, public)
    assert published.find_record(draft.pk) is None
    services.publish_entities([draft.pk], reviewer=amina(), now=LATER)
    assert published.get_record(draft.pk).name == "A"
    undo(done)
    assert published.get_record(public.pk).name == "B"


def test_some_pairs_are_not_merged() -> None:
    observatory.territories()
    one = entity("A", identifiers=[("siren", "210600888")])
    others = [
        entity("B", identifiers=[("siren", "210600292")]),
        project("C"),
        entity("D", person_hold=True),
        one,
    ]
    for other in others:
        with pytest.raises(Refused):
            merge(one, other)
    absorbed = entity("E")
    merge(one, absorbed)
    with pytest.raises(Refused):
        merge(entity("F"), absorbed)
    with pytest.raises(Refused):
        merge(one, entity("G"), actor=noor())
    with pytest.raises(Refused):
        services.undo_merge(0, actor=amina(), now=LATER)


def test_the_right_pairs_are_proposed_and_a_no_is_remembered() -> None:
    observatory.territories()
    nime, nimes = entity("Société Nime"), entity("societe Nîmes")
    for name in ("ville de Nice", "ville de Cannes", "SNCF", "SNEF", "GICAN", "GICAT"):
        entity(name)
    (pair,) = queries.merge_suggestions()
    assert {pair.a, pair.b} == {nime.pk, nimes.pk}
    assert pair.code == "sound"
    assert "prononciation" in pair.why
    assert queries.merge_suggestions([nime.pk]) == []

    judged = services.mark_not_same(nimes, nime, actor=amina(), now=NOW, reason="deux villes")
    assert services.mark_not_same(nime, nimes, actor=amina(), now=LATER) == judged
    assert list(queries.judged_different()) == [judged]
    assert queries.merge_suggestions() == []
    with pytest.raises(Refused):
        merge(nime, nimes)
    with pytest.raises(Refused):
        services.mark_not_same(nime, nime, actor=amina(), now=NOW)
    services.forget_not_same([judged.pk], actor=amina(), now=LATER)
    assert not NotSame.objects.exists()
    assert len(queries.merge_suggestions()) == 1
    verbs = [change.verb for change in queries.history_of(nime.pk)]
    assert verbs == ["forget_not_same", "mark_not_same", "add_entity"]


def test_names_of_a_list_are_compared_without_the_tables() -> None:
    found = queries.similar_names({"1": "Cameras", "2": "cameras", "3": "Micros"}, {})
    assert found == [("Cameras", "cameras", "letters")]
    assert queries.similar_names({"1": "Nime", "2": "Nîmes"}, {"1": "a", "2": "b"}) == []


def test_towns_that_the_gazetteer_tells_apart_are_not_proposed() -> None:
    observatory.territories()
    entity("ville de Nice", type_="authority")
    entity("Ville de Nice", type_="authority")
    entity("Ville de Nisse", type_="authority")
    assert [pair.code for pair in queries.merge_suggestions()] == ["letters", "sound", "sound"]


def test_merges_are_listed_and_stand_in_both_histories() -> None:
    one, other = two_towns()
    done = merge(one, other)
    assert list(queries.merges_done()) == [done]
    assert queries.find_merge(done.pk) == done
    assert marianne() is not None
    for each in (one, other):
        assert queries.history_of(each.pk)[0].verb == "merge"
