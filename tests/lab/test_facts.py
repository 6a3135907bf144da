"""Fact cards: each says what it is a share of, and the other side stands beside it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cases.domain import grounds
from contrechamp.cli.commands._lab_cards import cards
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.typography import faults
from contrechamp.lab import facts

EXPERIMENTS = {
    "alarm", "camera-claim", "cost-per-case", "face-crowd", "hit-rate", "impossible", "loop-city",
    "loop-urn", "predpol-loop", "predpol-oakland", "score-audit",
}  # fmt: skip
ONE = """
[try]
topic = "cameras"
side = "critics"
claim_fr = "a"
claim_en = "a"
number_fr = "1 sur 2"
number_en = "1 of 2"
denominator_fr = "2"
denominator_en = "2"
period_fr = "2020"
period_en = "2020"
place_fr = "Nulle part"
place_en = "Nowhere"
measured_by_fr = "Personne"
measured_by_en = "Nobody"
source = "A book"
url = "https://example.org/"
locator = "p. 1"
seen = "primary"
reply_fr = "Non."
reply_en = "No."
at = 2026-11-30
"""


def test_the_cards_name_only_what_there_is() -> None:
    wrong = facts.unknown(
        facts.every(),
        technologies=terms("technologies"),
        grounds=grounds.library().grounds,
        experiments=EXPERIMENTS,
    )
    assert not list(wrong)


def test_what_nobody_verified_is_on_no_page() -> None:
    assert all(card.seen in {"primary", "secondary"} for card in facts.shown())
    hidden = facts.load(ONE.replace('"primary"', '"unverified"'))
    assert not hidden[0].is_shown


def test_each_topic_with_critics_says_what_the_other_side_answers() -> None:
    for topic in facts.TOPICS:
        found = [card for card in facts.shown() if card.topic == topic]
        assert found
        assert all(card.reply.fr and card.reply.en for card in found)


@pytest.mark.parametrize("card", facts.every(), ids=lambda card: card.id)
def test_the_french_of_a_card_is_set_as_french(card: facts.Card) -> None:
    for name in facts.WORDS:
        assert not faults(getattr(card, name).fr)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("denominator_fr", "denominater_fr", "no denominator_fr"),
        ('"cameras"', '"camels"', "topic is none of"),
        ('"critics"', '"us"', "side is none of"),
        ("https://", "http://", "not one of https"),
        ("at = 2026-11-30", 'at = "soon"', "not a date"),
        ('reply_en = "No."', "", "no reply_en"),
        ("[try]", "[try", "Expected"),
    ],
)
def test_a_card_that_lacks_something_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(facts.BadFacts, match=said):
        facts.load(ONE.replace(old, new))


def test_a_correction_has_its_day_and_makes_the_card_newer() -> None:
    text = ONE + '[[try.corrections]]\non = 2027-01-02\nfr = "b"\nen = "b"\n'
    (card,) = facts.load(text)
    assert card.changed_on.isoformat() == "2027-01-02"
    assert json.loads(json.dumps(card.to_json()))["corrections"][0]["on"] == "2027-01-02"


@given(st.integers(0, 12), st.sampled_from(sorted(facts.TOPICS)))
def test_no_side_is_cut_short_for_the_other(most: int, topic: str) -> None:
    found = [card for card in facts.shown() if card.topic == topic]
    chosen = facts.balanced(found, most)
    assert len(chosen) == min(most, len(found))
    left = {card.side for card in found if card not in chosen}
    counts = [sum(card.side == side for card in chosen) for side in left]
    assert (
        not counts
        or min(counts)
        >= max(
            sum(card.side == side for card in chosen) for side in ("critics", "other", "context")
        )
        - 1
    )


def test_cards_stand_beside_techniques_arguments_and_experiments() -> None:
    assert {card.id for card in facts.about(["audio_surveillance"])} >= {"chicago-2021"}
    assert {card.id for card in facts.of_ground("son")} >= {"orleans-2024"}
    assert {card.id for card in facts.of_experiment("alarm")} >= {"new-york-2024"}
    assert not facts.about([])


def test_the_command_finds_no_fault_and_lists_one_subject() -> None:
    assert CliRunner().invoke(cards, ["check"]).exit_code == 0
    told = CliRunner().invoke(cards, ["list", "--topic", "money", "--json"])
    assert [card["topic"] for card in json.loads(told.output)["cards"]] == ["money", "money"]
    assert CliRunner().invoke(cards, ["list", "--topic", "x"]).exit_code == 2
