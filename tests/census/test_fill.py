"""The large observatory that benchmarks measure is what years of publishing would have written."""

from __future__ import annotations

from typing import Any

import pytest

from bench.fill import fill
from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.census import services
from contrechamp.census.models import Entity, Published, PublishedChange, PublishedFact
from contrechamp.census.services.review import entity_snapshots
from tests import observatory
from tests.census.facts import LATER

pytestmark = pytest.mark.django_db


def _rows() -> list[Any]:
    return [
        list(Published.objects.order_by("pk").values()),
        list(PublishedFact.objects.order_by("pk").values()),
        list(PublishedChange.objects.order_by("pk").values()),
    ]


@pytest.fixture
def filled() -> list[Any]:
    observatory.territories()
    author = User.objects.create(username="marianne")
    reviewer = User.objects.create(username="amina", role=Role.EDITOR)
    fill(entities=120, claims=900, seed=3, author=author, reviewer=reviewer)
    return _rows()


def test_its_public_rows_are_those_of_the_projection(filled: list[Any]) -> None:
    assert len(filled[1]) == 900
    services.rebuild_published(now=LATER)
    assert _rows() == filled


def test_its_records_were_accepted_as_they_are(filled: list[Any]) -> None:
    entities = list(Entity.objects.order_by("pk"))
    shots = entity_snapshots(entities)
    assert [each.published_as for each in entities] == [
        shots[each.pk] | {"alone": False} for each in entities
    ]


def test_another_seed_gives_another_observatory_even_without_working_tables(
    filled: list[Any],
) -> None:
    facts = filled[1]
    for model in (PublishedChange, PublishedFact, Published):
        model.objects.all().delete()
    by = User.objects.get(username="marianne")
    reviewer = User.objects.get(username="amina")
    other = fill(entities=120, claims=900, seed=4, author=by, reviewer=reviewer, working=False)
    assert other.facts == 900
    assert list(PublishedFact.objects.order_by("pk").values()) != facts
