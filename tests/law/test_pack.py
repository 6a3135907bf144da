"""The pack: whole or refused, and the law of the day of the facts."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from contrechamp.kernel.errors import Misconfigured, TooEarly
from contrechamp.law import queries, services
from contrechamp.law.domain.french import french
from contrechamp.law.domain.pack import STEPS, read_pack


def texts() -> dict[str, str]:
    folder = files("contrechamp.law") / "rules"
    return {each.name: each.read_text("utf-8") for each in folder.iterdir()}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('basis = ["CRPA R343-3"]', "basis = []", "basis"),
        ("reviewed_on = 2026-08-20", "", "reviewed_on"),
        ("reviewed_on = 2026-08-20", 'reviewed_on = "un jour"', "reviewed_on"),
        ('valid_to = "in force"', "", "valid_to"),
        ("valid_from = 2016-01-01", "", "valid_from"),
        ('valid_to = "in force"', "valid_to = 2015-01-01", "commencer"),
        ('"R(M(a,2))"', '"R(M(a,3))"', "R(M(a,3))"),
        ('"M(a,1)"', '"__import__(1)"', "__import__"),
        ('"ack_with_remedies"', '"ack"', "ack"),
        ('step = "cada_opinion"', 'step = "opinion"', "opinion"),
        ('sure = "T"', 'sure = "sure"', "sure"),
        ('trigger = ["received"]', 'trigger = ["recu"]', "recu"),
        ('id = "foi.opinion"', 'id = "foi.avis"', "foi.opinion"),
        ('uncertain = ["U1", "U2"]', 'uncertain = ["U99"]', "U99"),
        ('older_texts = "décret 2005-1755 art. 19"', "", "foi.opinion"),
        ("[[rule]]", "[[rule", "TOML"),
    ],
)
def test_a_pack_that_lacks_something_is_refused_in_a_sentence(
    old: str, new: str, said: str
) -> None:
    found = texts()
    assert old in found["fr-access.toml"]
    found["fr-access.toml"] = found["fr-access.toml"].replace(old, new, 1)
    with pytest.raises(Misconfigured) as refused:
        read_pack(found)
    assert said in str(refused.value)


def test_two_versions_of_one_day_are_refused() -> None:
    found = texts()
    found["fr-court.toml"] = found["fr-court.toml"].replace("2022-06-30", "2022-07-01")
    with pytest.raises(Misconfigured, match=r"court\.published"):
        read_pack(found)
    found = texts()
    found["fr-court.toml"] = found["fr-court.toml"].replace("2022-06-30", "2022-06-29")
    with pytest.raises(Misconfigured, match="pour tous les jours"):
        read_pack(found)


def test_words_are_part_of_the_pack() -> None:
    found = texts()
    found["fr-words.toml"] = found["fr-words.toml"].replace('whose = "birth"', 'whose = "ours"', 1)
    with pytest.raises(Misconfigured, match="implied_refusal"):
        read_pack(found)
    del found["fr-words.toml"]
    with pytest.raises(Misconfigured, match="complet"):
        read_pack(found)


def test_the_french_pack_is_whole() -> None:
    pack = french()
    assert {rule.step for rule in pack.every()} == set(STEPS)
    assert set(pack.questions) == {f"U{number}" for number in range(1, 13)}
    assert all(rule.basis and rule.fr and rule.en for rule in pack.every())
    step = pack.steps["cada"]
    assert (step.in_language("fr"), step.in_language("de")) == (step.fr, step.fr)
    assert step.in_language("en-gb") == step.en


def test_the_day_of_the_facts_picks_the_version() -> None:
    pack = french()
    old, new = (
        pack.at("court.published", date(2022, 6, 30)),
        pack.at("court.published", date(2022, 7, 1)),
    )
    assert old is not None
    assert new is not None
    assert (old.valid_to, new.valid_to) == (date(2022, 6, 30), None)
    assert pack.at("foi.series", date(2022, 10, 20)) is None
    assert pack.at("foi.series", date(2022, 10, 21)) is not None


def test_a_rule_that_nobody_re_read_for_eighteen_months_is_told() -> None:
    pack = french()
    assert pack.stale(date(2028, 2, 20)) == ()
    stale = pack.stale(date(2028, 2, 21))
    assert "foi.cada" in {rule.id for rule in stale}
    again = pack.reviewed({"foi.cada": date(2027, 1, 1)})
    assert "foi.cada" not in {rule.id for rule in again.stale(date(2028, 2, 21))}


@pytest.fixture
def folder(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(queries, "reviews_path", lambda: tmp_path / queries.REVIEWS)
    monkeypatch.setattr(services, "reviews_path", lambda: tmp_path / queries.REVIEWS)
    return tmp_path


def test_a_re_reading_is_kept_and_the_same_again_changes_nothing(folder: Path) -> None:
    on, today = date(2026, 11, 20), date(2026, 11, 29)
    assert services.record_review("foi.cada", on=on, today=today)
    assert services.record_review("court.cap", on=on, today=today)
    written = (folder / queries.REVIEWS).read_text()
    assert not services.record_review("foi.cada", on=on, today=today)
    assert (folder / queries.REVIEWS).read_text() == written
    assert queries.pack().rules["foi.cada"][0].reviewed_on == on
    assert queries.pack().rules["foi.opinion"][0].reviewed_on == date(2026, 8, 20)


def test_a_rule_that_is_not_there_and_a_day_to_come_are_refused(folder: Path) -> None:
    with pytest.raises(services.UnknownRule):
        services.record_review("foi.cado", on=date(2026, 1, 1), today=date(2026, 1, 1))
    with pytest.raises(TooEarly):
        services.record_review("foi.cada", on=date(2026, 1, 2), today=date(2026, 1, 1))
    assert not (folder / queries.REVIEWS).exists()


@pytest.mark.parametrize("text", ["[[", '"foi.cada" = "hier"\n'])
def test_a_spoilt_record_of_re_readings_is_told(folder: Path, text: str) -> None:
    (folder / queries.REVIEWS).write_text(text)
    with pytest.raises(Misconfigured, match="law_reviews"):
        queries.pack()
