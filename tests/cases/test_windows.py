"""The windows of a territory: what opens one, what closes it, and what leaves no trace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from contrechamp.accounts.domain import Role
from contrechamp.cases import services
from contrechamp.cases.domain.decided import Source, publication
from contrechamp.cases.domain.facts import Kind, Proof
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.windows import Why, last_turn, status_of, turns
from contrechamp.cases.models import Window
from contrechamp.cases.queries import windows
from contrechamp.cases.queries.windows import Filter
from contrechamp.census import services as census
from contrechamp.census.models import Claim
from contrechamp.watch import services as watch
from tests import make
from tests.cases.actions import at, opened, record
from tests.census import facts
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2025, 3, 12)
TOULON = "commune:83137"

pytestmark = pytest.mark.django_db


def publish(*findings: dict[str, Any], now: datetime = NOW) -> None:
    """Let two readers publish findings of the watch."""
    one, two = make.user("lectrice", Role.EDITOR), make.user("relecteur", Role.EDITOR)
    watch.take_in(findings, now=now)
    ids = [each["id"] for each in findings]
    assert watch.accept(ids, actor=one, now=now).refused == []
    assert watch.publish(ids, reviewer=two, now=now).refused == []


def act_of(**more: Any) -> Claim:
    """A published authorising act of a project in Toulon that films, with its source."""
    project = facts.entity("Caméras du port", "project", "deployment")
    town = facts.entity("Toulon", "place", "commune", territory=TOULON)
    claim = facts.claim(project, "authorising_act", value="83-2026-01-20-00004")
    facts.act(claim, **more)
    facts.published(claim, facts.claim(project, "located_in", target=town))
    return claim


def window(key: str) -> Window:
    return Window.objects.get(pk=key)


def listed(today: date = TODAY, **wanted: Any) -> Sequence[str]:
    return [row.pk for row in windows.listed(Filter(**wanted), today=today)]


# What is said of a window


def test_a_window_changes_on_three_mornings() -> None:
    safe, last = date(2025, 5, 3), date(2025, 5, 5)
    days = list(turns(safe, last))
    assert days == [date(2025, 4, 26), date(2025, 5, 4), date(2025, 5, 6)]
    said = [status_of(safe, last, "", today=day) for day in days]
    assert said == [Openness.LAST_DAYS, Openness.USUAL_ONLY, Openness.CLOSED]
    assert status_of(safe, last, "", today=date(2025, 4, 25)) is Openness.OPEN
    assert last_turn(safe, last, today=date(2025, 5, 4)) == date(2025, 5, 4)
    assert last_turn(safe, last, today=date(2025, 4, 25)) is None


def test_without_days_it_is_said_why() -> None:
    assert status_of(None, None, Why.REVEALED, today=TODAY) is Openness.UNLIMITED
    assert status_of(None, None, Why.NEVER_PUBLISHED, today=TODAY) is Openness.UNLIMITED
    assert status_of(None, None, Why.NO_PROOF, today=TODAY) is Openness.UNKNOWN


def test_only_a_publisher_dates_a_publication() -> None:
    day = date(2026, 1, 20)
    seen = Source(register="", first=day, last=day)
    month = Source(register="raa", first=day, last=date(2026, 1, 31))
    proof = Source(register="raa", first=day, last=day)
    assert publication([seen]).why == Why.NO_PROOF
    assert publication([seen, month]).why == Why.NOT_A_DAY
    assert publication([seen, month, proof]).day == day
    assert publication([seen], is_secret=True).why == Why.REVEALED
    assert publication([], is_never=True, is_secret=True).why == Why.NEVER_PUBLISHED
    assert publication([proof], is_secret=True, is_never=True).day == day
    journal = Source(register="legifrance", first=day, last=day)
    assert publication([journal]).is_national


# Acts of the watch


def test_an_act_opens_its_window_and_the_end_of_what_it_authorises(gazetteer: None) -> None:
    publish(invented.video())
    row = window("act-0000000000000001")
    assert (row.act_by_safe, row.last_day) == (date(2025, 5, 3), date(2025, 5, 5))
    assert (row.departement, row.court) == ("83", "Tribunal administratif de Toulon")
    assert listed() == ["act-0000000000000001"]
    assert listed(territory=TOULON) == listed(territory="region:93") == listed()
    assert listed(departement="06") == listed(technology="aerial_camera") == []
    assert listed(date(2025, 5, 6)) == []
    assert listed(date(2029, 4, 1)) == ["end-0000000000000001"]


def test_the_day_on_which_an_act_was_seen_gives_no_day(gazetteer: None) -> None:
    document = invented.BULLETIN.__class__(
        path="x",
        sha256="ef" * 32,
        title="Recueil",
        departement="83",
        rendition="text",
        first_seen_on=date(2025, 3, 9),
    )
    publish(invented.video(5, document=document, appeal=None, expires_on=None))
    row = window("act-0000000000000005")
    assert (row.act_by_safe, row.last_day, row.why) == (None, None, Why.NO_PROOF)
    assert listed(status="unknown") == [row.pk]
    publish(invented.video())
    assert listed() == ["act-0000000000000001", row.pk]


def test_a_contract_has_no_day_and_is_shown_for_a_year(gazetteer: None) -> None:
    publish(invented.contract())
    row = window("act-0000000000000004")
    assert (row.sort, row.act_by_safe, row.why) == ("contract", None, Why.PUBLICITY)
    assert row.authority == "Commune de Toulon"
    assert listed() == [row.pk]
    assert listed(date(2027, 1, 1)) == []


def test_a_withdrawn_act_leaves_no_trace(gazetteer: None) -> None:
    publish(invented.video())
    editor = make.user("lectrice", Role.EDITOR)
    watch.withdraw(
        ["wf-0000000000000001"], actor=editor, now=NOW, note="faux", reason="wrong_place"
    )
    assert not Window.objects.exists()


def test_writing_all_again_changes_nothing(gazetteer: None) -> None:
    publish(invented.video(), invented.contract(), invented.flight())
    act_of(dated_text="2026-01-22")
    before = list(Window.objects.order_by("pk").values())
    assert services.rebuild(now=at("04-01")) == len(before)
    assert list(Window.objects.order_by("pk").values()) == before


def test_all_is_written_where_nothing_was(gazetteer: None) -> None:
    publish(invented.video(), invented.contract())
    act_of(dated_text="2026-01-22")
    before = set(Window.objects.values_list("pk", "act_by_safe"))
    Window.objects.all().delete()
    services.rebuild(now=at("04-01"))
    assert set(Window.objects.values_list("pk", "act_by_safe")) == before


# Decisions of the census


def test_a_decision_counts_from_the_day_that_the_collection_proves(gazetteer: None) -> None:
    claim = act_of(dated_text="2026-01-22")
    row = window(claim.pk)
    assert (row.published_on, row.act_by_safe) == (date(2026, 1, 22), date(2026, 3, 22))
    assert row.last_day == date(2026, 3, 23)
    assert (row.departement, row.court) == ("83", "Tribunal administratif de Toulon")
    assert row.title == "Acte d'autorisation 83-2026-01-20-00004 — Caméras du port"
    assert listed(date(2026, 2, 1), record=claim.subject_id) == [claim.pk]


def test_a_decision_without_a_day_says_what_to_check(gazetteer: None) -> None:
    claim = act_of(dated_text="janvier 2026")
    assert window(claim.pk).why == Why.NOT_A_DAY
    other = facts.entity("Autre", "project", "deployment")
    decided = facts.claim(other, "decided_on", value="2026-01-20")
    facts.page(decided)
    facts.published(decided, as_alleged=True)
    assert window(decided.pk).why == Why.NO_PROOF
    assert listed(date(2030, 1, 1)) == sorted([claim.pk, decided.pk])


def test_a_secret_decision_is_a_revealed_one(gazetteer: None) -> None:
    project = facts.entity("Logiciel d'analyse", "project", "trial")
    secret = facts.claim(project, "is_secret", value=True)
    facts.published(secret)
    row = window(secret.pk)
    assert row.why == Why.REVEALED
    assert listed(date(2030, 1, 1), status="unlimited") == [secret.pk]
    # Once the decision itself is known it stands alone.
    decided = facts.claim(project, "decided_on", value="2026-01-20")
    facts.page(decided)
    facts.published(decided, as_alleged=True)
    assert window(decided.pk).why == Why.REVEALED
    assert not Window.objects.filter(pk=secret.pk).exists()


def test_a_public_action_says_that_a_decision_was_never_published(
    gazetteer: None, django_capture_on_commit_callbacks: Any
) -> None:
    claim = facts.claim(property_="decided_on", value="2026-01-20")
    facts.page(claim)
    facts.published(claim, as_alleged=True)
    action = opened(published="", target_kind="DECISION", target=claim.pk)
    with django_capture_on_commit_callbacks(execute=True):
        record(action, Kind.NEVER_PUBLISHED, "02-01", proof=Proof.CERTIFICATE)
    assert window(claim.pk).why == Why.NO_PROOF  # It is its team's alone.
    with django_capture_on_commit_callbacks(execute=True):
        services.set_public(action, is_public=True, now=at("02-02"))
    assert window(claim.pk).why == Why.NEVER_PUBLISHED
    with django_capture_on_commit_callbacks(execute=True):
        services.set_public(action, is_public=False, now=at("02-03"))
    assert window(claim.pk).why == Why.NO_PROOF


def test_a_draft_opens_nothing_and_a_withdrawn_claim_leaves_nothing(gazetteer: None) -> None:
    project = facts.entity("Brouillon", "project", "deployment")
    facts.claim(project, "authorising_act", value="83-2026")
    assert not Window.objects.exists()
    claim = act_of(dated_text="2026-01-22")
    census.withdraw([claim.pk], actor=facts.amina(), now=facts.LATER, reason="error")
    assert not Window.objects.filter(pk=claim.pk).exists()


def test_an_act_that_the_watch_shows_is_not_told_twice(gazetteer: None) -> None:
    claim = act_of()
    number = invented.video()["act"]["number"]
    twin = facts.claim(claim.subject, "modifying_act", value=number)
    facts.act(twin)
    facts.published(twin)
    assert Window.objects.filter(pk=twin.pk).exists()
    finding = invented.video()
    publish(finding)
    Window.objects.filter(pk="act-0000000000000001").update(record=claim.subject_id)
    services.refresh([f"census:entity:{claim.subject_id}"], now=NOW)
    assert listed(record=claim.subject_id, sort="decision") == [claim.pk]


def test_a_corrected_day_keeps_the_name_and_grows_the_number(gazetteer: None) -> None:
    claim = act_of(dated_text="2026-01-22")
    before = window(claim.pk)
    # As it was told before the source's day was corrected.
    Window.objects.update(published_on="2026-01-15", act_by_safe="2026-03-15", sequence=4)
    services.refresh([f"census:fact:{claim.pk}"], now=facts.LATER)
    after = window(claim.pk)
    assert (after.published_on, after.act_by_safe) == (before.published_on, before.act_by_safe)
    assert (after.sequence, after.changed_at) == (5, facts.LATER)
    services.refresh([f"census:fact:{claim.pk}"], now=at("05-01"))
    assert window(claim.pk).sequence == 5  # Nothing changed.


# Silences


def test_a_silent_complaint_is_a_window_while_it_is_silent(
    gazetteer: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        action = opened(kind=ActionKind.COMPLAINT, published="", target_kind="OTHER")
        told = {"controller": "Ville", "processing": "caméras", "contact": "courrier"}
        record(action, Kind.COMPLAINT_FILED, "01-15", has_standing=True, **told)
        record(action, Kind.COMPLAINT_REGISTERED, "01-15")
        record(action, Kind.NOTHING_CAME, "04-16")
        services.derive(action, now=at("04-17"))
        services.refresh_silent(now=at("04-17"))
    assert not Window.objects.exists()  # It is private.
    services.set_public(action, is_public=True, now=at("04-17"))
    services.refresh_silent(now=at("04-17"))
    row = window(action.pk)
    assert (row.sort, row.court) == ("silence", "Conseil d'État")
    assert row.act_by_safe is not None
    record(action, Kind.COMPLAINT_PURSUED, "05-02")
    services.derive(action, now=at("05-02"))
    services.refresh_silent(now=at("05-02"))
    assert window(action.pk).gone_at is not None
    assert listed(date(2026, 5, 3)) == []
    kept = windows.for_calendar(Filter(), most=10, today=date(2026, 5, 3))
    assert [row.pk for row in kept] == [action.pk]
    services.set_public(action, is_public=False, now=at("05-03"))
    with transaction.atomic():
        services.refresh_action(action, now=at("05-03"))
    assert not Window.objects.exists()
