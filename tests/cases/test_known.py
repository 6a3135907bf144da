"""Actions that public sources tell of: read, entered once, brought up to date, taken away."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from contrechamp.cases import services
from contrechamp.cases.domain import known
from contrechamp.cases.domain.facts import Fact, Kind
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.outcomes import Line, drawn
from contrechamp.cases.domain.states import State
from contrechamp.cases.models import Action
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Misconfigured
from tests import make
from tests.people import Person

from .actions import at

TECHNOLOGIES = tuple(terms("watched"))
ONE = """
[[action]]
code = "essai"
kind = "LIBERTY"
title = "Contre les drones de Valbrume"
about = "Le juge a suspendu l'arrêté."
court = "Tribunal administratif de Toulon"
technology = "aerial_camera"
territories = ["departement:83"]
doubts = "Le jour du dépôt n'est pas connu."
sources = [{ title = "Communiqué", url = "https://example.org/communique" }]
facts = [
  { kind = "LIBERTY_FILED", on = "2024-01" },
  { kind = "LIBERTY_RULED", on = "2024-01-28", number = "2400001", outcome = "WON" },
]
instances = [
  { court = "Tribunal administratif de Toulon", filed = "2024-01", decided = "2024-01-28" },
]
parties = [{ side = "CLAIMANT", name = "Les Yeux ouverts" }]
"""


def read(text: str = ONE) -> tuple[known.KnownAction, ...]:
    return known.read(text, technologies=TECHNOLOGIES)


def shipped() -> tuple[known.KnownAction, ...]:
    return read(files("contrechamp").joinpath("starter", known.FILE).read_text("utf-8"))


def test_the_shipped_actions_are_whole_sourced_and_past() -> None:
    found = shipped()
    assert len(found) >= 15
    for each in found:
        assert each.sources
        assert all(urlsplit(url).hostname for _, url in each.sources), each.code
        assert all(fact.last < date(2026, 11, 1) for fact in each.facts), each.code
        assert each.parties, each.code


def test_the_precedents_of_the_library_are_entered_with_their_outcome() -> None:
    said = {
        court.number: court.result for each in shipped() for court in each.instances if court.number
    }
    for number, result in (
        *(("1901249", "PARTLY"), ("440442, 440445", "WON"), ("2104478", "WON")),
        *(("2105328", "WON"), ("2303004, 2303012", "WON"), ("489990", "LOST")),
    ):
        assert said[number] == result


def test_a_day_that_no_source_gives_is_left_open() -> None:
    (one,) = read()
    assert (one.facts[0].first, one.facts[0].last) == (date(2024, 1, 1), date(2024, 1, 31))
    assert one.instances[0].filed_on is None
    assert one.instances[0].decided_on == date(2024, 1, 28)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('kind = "LIBERTY"\n', 'kind = "ZORGLUB"\n', "« {odd} » dans « {field} »"),
        ('"aerial_camera"', '"zorglub"', "« {odd} » dans « {field} »"),
        ('on = "2024-01-28"', 'on = "un jour"', "entre quels jours"),
        ('outcome = "WON"', 'outcome = "BIEN"', "issue"),
        ('"LIBERTY_RULED"', '"COMPLAINT_FILED"', "n'arrive pas"),
        ("https://example.org", "javascript:alert", "adresse http"),
        ('side = "CLAIMANT"', 'side = "AMI"', "rôle"),
        ('doubts = "', 'secret = "', "« {field} »"),
        ("[[action]]", "[[action]", "TOML"),
    ],
)
def test_a_line_that_is_not_whole_is_refused(good: str, bad: str, said: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        read(ONE.replace(good, bad, 1))
    assert said in str(refusal.value.args[0])


Step = tuple[Kind, str, dict[str, object]]


def told(*kinds: Step) -> tuple[Fact, ...]:
    return tuple(
        Fact(id=f"{number}", kind=kind, first=at(day).date(), last=at(day).date(), values=values)
        for number, (kind, day, values) in enumerate(kinds)
    )


def test_the_state_is_what_was_last_told() -> None:
    lost: Step = (Kind.JUDGED, "03-01", {"outcome": "LOST"})
    appeal: Step = (Kind.APPEALED, "04-01", {})
    won: Step = (Kind.JUDGED, "09-01", {"outcome": "WON", "is_last": True})
    for facts, state, outcome in (
        ((), State.CLAIM_FILED, ""),
        ((lost,), State.JUDGED, "LOST"),
        ((lost, appeal), State.APPEAL, ""),
        ((lost, appeal, won), State.CLOSED, "WON"),
    ):
        found = known.status(told(*facts), ActionKind.ANNULMENT)
        assert (found.state, known.outcome(told(*facts))) == (state, outcome)
        assert not found.dates.items
        assert known.step(found).sentence


def test_a_complaint_without_an_answer_is_not_said_to_be_rejected() -> None:
    filed = told((Kind.COMPLAINT_FILED, "01-05", {}))
    assert known.status(filed, ActionKind.COLLECTIVE).state is State.FILED


def test_bars_are_on_one_scale_and_hold_their_numbers() -> None:
    plot = drawn((Line(code="a", won=2, lost=4, other=0), Line(code="b", won=1, lost=0, other=0)))
    assert [part.count for part in plot.bars[0].parts] == [2, 4]
    assert sum(part.width for part in plot.bars[0].parts) == pytest.approx(plot.width, abs=0.2)
    assert plot.bars[1].parts[0].width == pytest.approx(plot.width / 6, abs=0.1)


def test_a_share_says_how_little_it_rests_on() -> None:
    assert Line(code="a", won=2, lost=2, other=9).bounds is None
    low, high = Line(code="a", won=3, lost=2, other=0).bounds or (0, 0)
    assert low < 60 < high
    assert high - low > 50


@pytest.mark.django_db
def test_entering_twice_changes_nothing_and_taking_away_leaves_nothing() -> None:
    author = make.user("depart")
    assert services.bring_known(read(), author=author, now=at("11-29")) == 1
    action = Action.objects.get()
    facts = list(action.facts.values_list("pk", flat=True))
    assert services.bring_known(read(), author=author, now=at("11-30")) == 0
    assert list(Action.objects.get().facts.values_list("pk", flat=True)) == facts
    changed = read(ONE.replace("suspendu", "annulé"))
    assert services.bring_known(changed, author=author, now=at("11-30")) == 1
    assert Action.objects.get().pk == action.pk
    page = Person().opens(f"/actions/{action.pk}").text
    for words in (
        "Le juge a annulé",
        "sources publiques",
        "jour incertain",
        "Communiqué",
        "2400001",
    ):
        assert words in page
    assert "dernier jour" not in page
    assert services.remove_known(author=author) == 1
    assert Person().opens(f"/actions/{action.pk}").status == 404
    assert not Action.objects.exists()


@pytest.mark.django_db
def test_nobody_of_this_site_can_change_an_action_that_nobody_here_leads() -> None:
    author = make.user("depart")
    services.bring_known(read(), author=author, now=at("11-29"))
    key = Action.objects.get().pk
    for way in ("suivre", "reglages", "pieces"):
        assert Person(author).opens(f"/actions/{key}/{way}").status == 404
    assert "BEGIN:VEVENT" not in Person().opens(f"/actions/{key}.ics").text
