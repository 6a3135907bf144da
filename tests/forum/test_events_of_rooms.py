"""What acts, requests and actions tell where one talks of them: real cases, through their verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from contrechamp.accounts.domain import Role
from contrechamp.cases import services as cases
from contrechamp.cases.domain.facts import Kind as CaseKind
from contrechamp.census.models import Entity
from contrechamp.foi import services as foi
from contrechamp.foi.domain.facts import Kind
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Event, Post, Thread
from contrechamp.forum.services import events
from contrechamp.forum.shown.posts import event_text
from contrechamp.watch import services as watch
from contrechamp.watch.models import PublicAct
from contrechamp.watch.services.deciding import attach
from tests import make
from tests.cases.actions import opened
from tests.cases.actions import record as case_record
from tests.foi.requests import asked, record
from tests.forum import talking
from tests.people import Person
from tests.watch import invented
from tests.web.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer")]


@pytest.fixture
def project() -> Entity:
    scene = Scene(make.user("noe"), make.user("amina", Role.EDITOR))
    found = scene.project("Caméras de La Crau", "commune:83047", summary="Trente caméras.")
    scene.appears()
    return found


def about(project: Entity) -> Thread:
    return talking.thread(subject=f"project:{project.pk}")


def said(thread: Thread) -> list[str]:
    rows = thread.posts.filter(kind=Post.Kind.SYSTEM, state=State.PUBLISHED).order_by("n")
    return [event_text(post).replace("\xa0", " ").replace("\u202f", " ") for post in rows]


def published_act(finding: dict[str, object], project: str) -> PublicAct:
    one, two = make.user("lectrice", Role.EDITOR), make.user("relecteur", Role.EDITOR)
    now = timezone.now()
    key = str(finding["id"])
    watch.take_in([finding], now=now)
    assert not attach({key: project}, actor=one, now=now).refused
    assert not watch.publish([key], reviewer=two, now=now).refused
    return PublicAct.objects.get(pk=key)


def test_an_act_and_its_deadlines_are_told_in_the_thread_of_its_project(project: Entity) -> None:
    thread = about(project)
    act = published_act(invented.video(), project.pk)
    assert act.published_on
    assert act.act_by_safe
    now = datetime.combine(act.published_on, datetime.min.time(), UTC) + timedelta(days=1)

    events.tell([f"watch:act:{act.pk}"], now=now)
    assert len(said(thread)) == 1
    assert said(thread)[0].startswith("Acte publié le 3 mars 2025 :")

    for left in (31, 30, 20, 7, 6, 0, -1):
        day = act.act_by_safe - timedelta(days=left)
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=8)
        events.tell(events.due(day), now=at)
    _, month, week = said(thread)
    assert month.startswith("Délai de recours : 30 jours, jusqu'au ")
    assert week.startswith("Délai de recours : 7 jours, jusqu'au ")
    assert thread.posts.filter(source_url=f"/actes/{act.slug}").count() == 3


def test_an_award_is_told_with_its_link(project: Entity) -> None:
    thread = about(project)
    act = published_act(invented.contract(), project.pk)
    day = act.published_on or act.signed_on or date(2025, 3, 3)

    events.tell([f"watch:act:{act.pk}"], now=datetime.combine(day, datetime.min.time(), UTC))

    assert said(thread)[0].startswith("Avis d'attribution publié le ")
    assert Person().opens(thread.posts.get(kind=Post.Kind.SYSTEM).source_url).status == 200


def test_an_act_that_is_withdrawn_is_told_no_more(project: Entity) -> None:
    thread = about(project)
    act = published_act(invented.video(), project.pk)
    assert act.published_on
    now = datetime.combine(act.published_on, datetime.min.time(), UTC)
    events.tell([f"watch:act:{act.pk}"], now=now)

    editor = make.user("editrice", Role.EDITOR)
    watch.withdraw([act.pk], actor=editor, now=timezone.now(), note="erreur")
    events.tell([f"watch:act:{act.pk}"], now=now)

    assert said(thread) == []


def test_a_public_request_tells_what_everybody_may_know_and_never_who_asked(
    project: Entity,
) -> None:
    request = asked(project=project.pk)
    thread = about(project)
    now = datetime(2026, 3, 20, 9, tzinfo=UTC)
    ref = f"foi:request:{request.pk}"
    events.tell([ref], now=now)
    assert said(thread) == []  # It is private still.
    assert not Event.objects.filter(origin=ref).exists()

    foi.publish(request, actor=request.author, now=datetime(2026, 1, 20, tzinfo=UTC))
    record(request, Kind.NOTE, "02-01")
    record(request, Kind.REFUSED, "02-10")
    events.tell([ref], now=now)
    record(request, Kind.CADA_FILED, "02-12")
    record(request, Kind.CADA_REGISTERED, "02-15", values={"number": "20260123"})
    record(request, Kind.CADA_OPINION, "03-18", values={"number": "20260123", "sense": "favorable"})
    events.tell([ref], now=now)
    events.tell([ref], now=now)

    told = said(thread)
    facts = [text.partition(",")[0] for text in told if not text.startswith("Délai")]
    assert facts == ["Demande envoyée", "Refus écrit", "Avis de la CADA"]
    assert not any(request.author.username in text for text in told)
    assert all(request.title in text for text in told)

    foi.withdraw_publication(request, reason="une erreur", actor=request.author, now=now)
    events.tell([ref], now=now)
    assert said(thread) == []
    assert request.title not in Person().opens(thread.address).text


def test_a_public_action_tells_that_it_was_filed_and_decided(project: Entity) -> None:
    thread = about(project)
    action = opened(projects=[project.pk])
    case_record(action, CaseKind.CLAIM_FILED, "03-02", number="2600001")
    ref = f"cases:action:{action.pk}"
    events.tell([ref], now=datetime(2026, 3, 3, tzinfo=UTC))
    assert said(thread) == []

    cases.set_public(action, is_public=True, now=datetime(2026, 3, 4, tzinfo=UTC))
    events.tell([ref], now=datetime(2026, 3, 4, tzinfo=UTC))
    case_record(action, CaseKind.JUDGED, "10-05", outcome="WON")
    events.tell([ref], now=datetime(2026, 10, 6, tzinfo=UTC))

    filed, judged = said(thread)
    assert filed.startswith("Requête déposée, n° 2600001, le 2 mars 2026 :")
    assert judged.startswith("Jugement")
    assert "5 octobre 2026" in judged
