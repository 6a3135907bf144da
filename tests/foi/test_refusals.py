"""What the refusal reader proposes, on invented replies in the style of public bodies."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import refusals as bench
from contrechamp.foi.domain.cada_letters import Letter, Sense, read_cada
from contrechamp.foi.domain.canonical import canonical
from contrechamp.foi.domain.ignored import ignored, is_in
from contrechamp.foi.domain.patterns import article, rules, rules_of, tolerant
from contrechamp.foi.domain.refusals import REASONS, ReplyKind, read_reply, rule_named
from tests.shared import shared

FOLDER = Path(__file__).parents[1] / "samples/replies"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
DEVELOPED = sorted(path.stem for path in bench.DEVELOPED.glob("*.txt"))


def sample(name: str) -> tuple[str, dict[str, Any]]:
    folder = FOLDER if name in NAMES else bench.DEVELOPED
    text = (folder / f"{name}.txt").read_text("utf-8")
    return text, json.loads((folder / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", [*NAMES, *DEVELOPED])
def test_each_reply_is_read_as_expected(name: str) -> None:
    text, expected = sample(name)
    reading = read_reply(text, own_letters=expected.get("own_letters", ()))
    assert sorted(reading.codes) == sorted(expected["codes"])
    assert reading.proposed_kind == expected["kind"]
    assert reading.remedies_stated == expected["remedies_stated"]
    for field, value in expected.get("receipt", {}).items():
        assert getattr(reading.receipt, field).value == value
    if "cada" in expected:
        assert reading.cada is not None
        assert reading.cada.letter == expected["cada"]
        assert expected.get("sense") in (None, reading.cada.sense)


@pytest.mark.parametrize("name", [*NAMES, *DEVELOPED])
def test_each_quote_stands_in_the_reply_where_it_says(name: str) -> None:
    text, expected = sample(name)
    reading = read_reply(text, own_letters=expected.get("own_letters", ()))
    for finding in reading.findings:
        assert text[finding.start : finding.end] == finding.quote
        assert not is_in(reading.ignored, finding.start)
    for said in (reading.receipt.received_on, reading.receipt.implied_on, reading.receipt.number):
        assert said is None or text[said.start : said.end] == said.quote


def test_there_are_replies_for_each_reason_and_enough_of_them() -> None:
    assert len(NAMES) >= 50
    assert {code for name in NAMES for code in sample(name)[1]["codes"]} == set(REASONS)
    assert {sample(name)[1]["kind"] for name in NAMES} - {None} == set(ReplyKind)


def test_the_bench_finds_no_wrong_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main() == 0
    assert "replies: kind right on" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*NAMES, *DEVELOPED])
def test_line_ends_and_typography_change_nothing(name: str) -> None:
    text, expected = sample(name)
    own = expected.get("own_letters", ())
    changed = text.replace("'", "’").replace(" ;", "\u00a0;").replace("\n", "\r\n")
    assert read_reply(changed, own_letters=own).codes == read_reply(text, own_letters=own).codes
    shouted = text.upper().replace("A ÉCRIT :", "a écrit :")
    assert set(read_reply(shouted, own_letters=own).codes) == set(expected["codes"])


# The rules


def test_each_rule_says_what_it_means_and_what_to_do() -> None:
    for rule in rules():
        assert rule.means
        assert rule.next
        assert rule.means_en != rule.means
        assert rule.next_en != rule.next
        assert rule.basis
        assert rule.kind in set(ReplyKind)
        assert rule.code in {*REASONS, ""}
        assert rule.paragraph or rule.kind in {"ACKNOWLEDGEMENT", "PORTAL", "DOCUMENTS"}


def test_each_reason_has_a_rule() -> None:
    assert {rule.code for rule in rules()} - {""} == set(REASONS)


def test_a_paragraph_on_a_masking_reason_asks_for_the_rest() -> None:
    for rule in rules():
        if rule.code.startswith(("L311-5-2d", "L311-5-2f", "L311-5-2g", "L311-6")):
            assert any(basis == "CRPA L311-7" for basis in rule.basis)


def test_a_rule_is_found_by_its_name() -> None:
    assert rule_named("preparatory").code == "L311-2-preparatory"
    with pytest.raises(KeyError):
        rule_named("never")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("[[rule]]\nid='a'", "reviewed"),
        ("reviewed_on=2026-01-01\n[[rule]]\nid='a'\nkind='FEE'\nreads=['x']", "no means"),
        (
            "reviewed_on=2026-01-01\n"
            + "[[rule]]\nid='a'\nkind='FEE'\nreads=['x']\nmeans='m'\nnext='n'\n"
            "means_en='m'\nnext_en='n'\nbasis=['b']\n"
            "[[rule]]\nid='a'\nkind='FEE'\nreads=['x']\nmeans='m'\nnext='n'\n"
            "means_en='m'\nnext_en='n'\nbasis=['b']\n",
            "same id",
        ),
    ],
)
def test_a_rule_that_lacks_something_is_refused(source: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rules_of(source)


@pytest.mark.parametrize(
    "written", ["l. 311-5", "l.311-5", "l311-5", "l. 311 - 5", "l 311 5", "articles l. 311-5 et"]
)
def test_an_article_is_known_in_each_spelling(written: str) -> None:
    assert re.search(article("L311-5"), written)
    assert not re.search(article("L311-5"), written.replace("5", "53"))


def test_a_word_cut_by_a_scan_is_known() -> None:
    assert re.fullmatch(tolerant("communicable"), "communi cable")
    assert tolerant("a{2}") == "a{2}"


def test_a_macro_that_is_not_known_stops_the_start() -> None:
    with pytest.raises(KeyError):
        tolerant("{never}")


def test_a_word_cut_at_the_end_of_a_line_is_known() -> None:
    text = "Demande refu-\nsée : cela porterait atteinte à la sécu-\nrité publique."
    reading = read_reply(text)
    assert reading.codes == ("L311-5-2d",)
    assert reading.findings[0].quote == "porterait atteinte à la sécu-\nrité publique"


def test_words_of_a_secret_without_a_refusal_say_nothing() -> None:
    assert read_reply("Le secret des affaires a été évoqué en réunion.").findings == ()


# Places


@given(st.text(alphabet="aé-œ’ \n\t.;>L3ﬁ\u00ad\u00a0", max_size=80))
def test_each_sign_knows_where_it_came_from(text: str) -> None:
    letter = canonical(text)
    assert len(letter.text) == len(letter.places)
    assert list(letter.places) == sorted(letter.places)
    assert all(0 <= at < len(text) for at in letter.places)
    assert "  " not in letter.text
    parts = [letter.text[a:b] for a, b in letter.sentences()]
    assert "".join("".join(parts).split()) == "".join(letter.text.split())


@given(st.text(max_size=200))
def test_whatever_comes_is_read(text: str) -> None:
    reading = read_reply(text)
    assert all(text[one.start : one.end] == one.quote for one in reading.findings)


@given(st.text(alphabet="ab \n>", max_size=60), st.text(alphabet="ab ", max_size=60))
def test_ignored_places_are_in_order_and_apart(text: str, own: str) -> None:
    spans = ignored(text, [own])
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))


def test_what_an_outlook_block_holds_does_not_count() -> None:
    ours = "\n\nDe : Vigie\nEnvoyé : lundi 2 mars\nObjet : demande\n\nVotre demande est rejetée."
    assert read_reply("Bonjour." + ours).findings == ()
    assert read_reply("-----Message d'origine-----\nVotre demande est rejetée.").findings == ()


def test_an_answer_that_was_passed_on_counts() -> None:
    text = (
        "Pour information.\n\n---- Message transféré ----\nDe : Service juridique\n"
        "Date : 2 mars\n\nVotre demande est rejetée."
    )
    assert read_reply(text).codes == ("none",)


def test_our_own_letter_sent_back_refuses_nothing() -> None:
    for rule in rules():
        assert read_reply(rule.paragraph, own_letters=[rule.paragraph]).findings == ()


def test_a_day_that_does_not_exist_is_not_proposed() -> None:
    receipt = read_reply("Votre demande a été reçue le 31/02/2026.").receipt
    assert receipt.received_on is None
    first = read_reply("Demande reçue le 31/02/2026. Demande reçue le 1er mars 2026.").receipt
    assert first.received_on is not None
    assert date.fromisoformat(first.received_on.value) == date(2026, 3, 1)


def test_remedies_need_the_commission_and_its_two_months() -> None:
    refused = "Votre demande est rejetée. "
    both = "Vous pouvez saisir la CADA dans un délai de deux mois."
    assert read_reply(refused + both).remedies_stated is True
    assert read_reply(refused + "Vous pouvez saisir la CADA.").remedies_stated is False
    assert read_reply(refused + "Recours : deux mois devant le tribunal.").remedies_stated is False
    assert read_reply(refused).remedies_stated is False
    assert read_reply("Bonjour.").remedies_stated is None
    apart = "Le projet dure deux mois." + " x" * 250 + " La CADA existe."
    assert read_reply(apart).remedies_stated is None
    unrelated = "Après deux mois de travaux, la CADA a déménagé."
    assert read_reply(unrelated).remedies_stated is None


# Letters of the CADA

HEAD = "Commission d'accès aux documents administratifs\nAvis n° 20261234 du 4 juin 2026\n"


@pytest.mark.parametrize(
    ("words", "sense"),
    [
        ("La commission émet, par suite, un avis favorable.", Sense.FAVOURABLE),
        ("La commission émet un avis favorable à la demande sous ces réserves.", Sense.RESERVES),
        (
            "Sous réserve de l'occultation de ces mentions, la commission émet un avis favorable.",
            Sense.RESERVES,
        ),
        ("La commission émet donc un avis défavorable.", Sense.UNFAVOURABLE),
        ("La commission déclare sans objet la demande d'avis.", Sense.NO_OBJECT),
        ("La commission déclare la demande irrecevable.", Sense.INADMISSIBLE),
        ("La commission ne peut que se déclarer incompétente.", Sense.NOT_COMPETENT),
        (
            "La commission émet un avis favorable au point 1. Elle déclare sans objet le point 2.",
            Sense.FAVOURABLE,
        ),
        (
            "La commission émet un avis favorable sur le point 1. "
            "Elle émet un avis défavorable sur le point 2.",
            Sense.RESERVES,
        ),
        (
            "La commission déclare sans objet le point 1 et irrecevable le point 2.",
            Sense.MIXED,
        ),
    ],
)
def test_the_sense_of_an_opinion_is_read(words: str, sense: Sense) -> None:
    text = HEAD + words
    letter = read_cada(text)
    assert letter is not None
    assert letter.letter is Letter.OPINION
    assert letter.number == "20261234"
    assert letter.sense is sense
    assert all(text[read.start : read.end] == read.quote for read in letter.senses)


def test_an_opinion_that_is_only_recalled_has_no_sense() -> None:
    letter = read_cada(HEAD + "La commission rappelle avoir, en 2019, donné un avis favorable.")
    assert letter is not None
    assert letter.letter is not Letter.OPINION
    assert letter.sense is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Vous avez saisi la Commission d'un refus, dossier n° 20261234 enregistré.", "REGISTERED"),
        ("La Commission rappelle que votre saisine est incomplète.", "TO_COMPLETE"),
        ("La Commission constate une série de demandes (R. 343-3-1).", "SERIES"),
        ("La Commission estime utile de vous écrire.", "OTHER"),
    ],
)
def test_the_other_letters_of_the_commission_are_told_apart(words: str, kind: str) -> None:
    letter = read_cada("Commission d'accès aux documents administratifs\n" + words)
    assert letter is not None
    assert letter.letter == kind


def test_a_body_that_names_the_commission_is_not_the_commission() -> None:
    assert read_cada("Bonjour") is None
    assert read_cada("Vous pouvez saisir la CADA dans les deux mois.") is None


def test_published_opinions_have_their_sense() -> None:
    rows = json.loads((shared("cada_avis") / "avis.json").read_text("utf-8"))
    texts = [row["motivation_extrait"] for row in rows if row.get("motivation_extrait")]
    read = [read_cada(HEAD + text) for text in texts]
    assert all(letter is not None for letter in read)
    assert any(letter and letter.senses for letter in read)
