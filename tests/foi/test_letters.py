"""The letters: what each must say, what none may say, and their whole text as it is kept.

After a change that is meant: `WRITE_LETTERS=1 pytest tests/foi/test_letters.py`, then
read the difference.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contrechamp.foi.domain.following import (
    Opinion,
    after_opinion,
    follow_up,
    precision,
    reasons,
    reply,
)
from contrechamp.foi.domain.guards import _MOTIVES
from contrechamp.foi.domain.handover import Event, HandOver, handover
from contrechamp.foi.domain.letter import Form, compose
from contrechamp.foi.domain.paper import Letter
from contrechamp.foi.domain.referral import (
    FileLine,
    Piece,
    RefusedItem,
    SeriesBlock,
    incomplete,
    referral_letter,
)
from contrechamp.foi.domain.requester import Channel
from contrechamp.foi.domain.series_papers import notice
from contrechamp.foi.domain.wording import in_full, say
from contrechamp.kernel.typography import faults, french

from .facts import (
    COMPANY,
    FILES,
    ITEMS,
    ODD,
    PERSON,
    REFERENCE,
    REPLY_TO,
    WINDOWS,
    exchange,
    member,
    referral,
    request,
)

ANNEX = FileLine(kind=Piece.ANNEX, name="03_Liste.pdf", label="Liste", sha256="ef56" * 16)
ONE = ITEMS[:1]
LETTERS: dict[str, Letter] = {
    "request": compose(request()),
    "request-person-one-post": compose(
        request(
            requester=PERSON,
            items=ONE,
            form=Form.CONSULTATION,
            channel=Channel.POST,
            is_draft=True,
            enclosures=("Mandat",),
        )
    ),
    "request-copy": compose(request(form=Form.COPY, reply_to="", requester=COMPANY, place="")),
    "request-publication": compose(request(form=Form.PUBLICATION)),
    "follow-up": follow_up(exchange()),
    "follow-up-person-one": follow_up(exchange(requester=PERSON, items=ONE)),
    "precision": precision(exchange(), date(2026, 3, 10)),
    "precision-person-one": precision(exchange(requester=PERSON, items=ONE), date(2026, 3, 10)),
    "reply": reply(exchange(), date(2026, 3, 20), ["Le prix global est communicable."]),
    "reply-person-one": reply(
        exchange(requester=PERSON, items=ONE, reply_to=""),
        date(2026, 3, 20),
        ["Il est public.", " "],
    ),
    "reasons": reasons(exchange(), date(2026, 4, 1), is_confirmed=False),
    "reasons-confirmed-person": reasons(
        exchange(requester=PERSON), date(2026, 6, 20), is_confirmed=True
    ),
    "after-opinion": after_opinion(
        exchange(),
        Opinion(number="20261234", session_on=date(2026, 6, 11), has_reserves=True),
        date(2026, 8, 20),
    ),
    "after-opinion-person-one": after_opinion(
        exchange(requester=PERSON, items=ONE), Opinion(number="20261234")
    ),
    "referral": referral_letter(referral()),
    "referral-silent-person": referral_letter(
        referral(
            exchange=exchange(requester=PERSON),
            refused_on=None,
            silent_since=date(2026, 4, 2),
            received_on=None,
            items=tuple(RefusedItem(item=each) for each in ITEMS),
            windows=(),
            arguments=(),
            files=FILES[:1],
        )
    ),
    "referral-series": referral_letter(
        referral(series=SeriesBlock(bodies=6, annex=ANNEX.name), files=(*FILES, ANNEX))
    ),
    "series-notice": notice(exchange(), member(1), pilot="Commune de Villeneuve-0", bodies=6),
    "handover": handover(
        HandOver(
            exchange=exchange(),
            state="Refus confirmé",
            events=(
                Event(day=date(2026, 3, 20), what="Refus notifié"),
                Event(day=date(2026, 3, 1), what="Demande envoyée", proof="01_Demande.pdf"),
            ),
            windows=WINDOWS,
            files=FILES,
            reasons=("Secret des affaires",),
            open_points=("La preuve de la réception.",),
            checked_by="amina",
        )
    ),
}
EACH = pytest.mark.parametrize("name", LETTERS)
TO_A_BODY = pytest.mark.parametrize("name", [each for each in LETTERS if each != "handover"])
FOLDER = Path(__file__).parents[1] / "snapshots" / "letters"


@EACH
def test_each_letter_is_as_it_was_last_read(name: str) -> None:
    kept = FOLDER / f"{name}.txt"
    if os.environ.get("WRITE_LETTERS"):
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(LETTERS[name].text, "utf-8")
    assert LETTERS[name].text == kept.read_text("utf-8")


@TO_A_BODY
def test_each_letter_invokes_severance_and_passing_on(name: str) -> None:
    text = LETTERS[name].text
    assert "L.\u00a0311-7" in text
    assert "L.\u00a0114-2" in text


@EACH
def test_no_letter_states_a_motive_or_asks_a_question(name: str) -> None:
    assert not _MOTIVES.search(LETTERS[name].text)
    assert "?" not in LETTERS[name].text


@EACH
def test_each_letter_is_set_in_french(name: str) -> None:
    for line in LETTERS[name].text.splitlines():
        assert faults(line) == []
        assert french(line) == line
        assert "'" not in line
        assert "  " not in line.strip()
        assert "{" not in line


@EACH
def test_each_letter_bears_its_reference_and_its_sender(name: str) -> None:
    letter = LETTERS[name]
    assert REFERENCE in letter.text
    assert letter.text.startswith(("PROJET", letter.sender[0]))


def test_the_request_says_all_that_the_law_wants() -> None:
    text = LETTERS["request"].text
    for article in ("311-1", "300-2", "311-9", "311-7", "114-2", "112-11", "112-11-1"):
        assert f".\u00a0{article}" in text
    assert "RNA W442001234" in text
    assert REPLY_TO in text
    assert "les noms et coordonnées des agents y seront masqués" in text
    assert LETTERS["request"].items == ITEMS
    assert [f"{at}. {each}" in text for at, each in enumerate(ITEMS, 1)] == [True] * 3


def test_a_person_says_i_and_a_body_says_we() -> None:
    assert "j’ai l’honneur" in LETTERS["request-person-one-post"].text
    assert "nous avons l’honneur" in LETTERS["request"].text
    assert LETTERS["request"].signature == ("Pour Les Yeux ouverts", "Camille Exemple, présidente")
    assert LETTERS["request-copy"].signature == ("Pour Essais réunis", "Dominique Exemple")
    assert compose(request(requester=replace(COMPANY, representative=""))).signature == (
        "Essais réunis",
    )


def test_what_one_types_is_said_as_typed() -> None:
    letter = compose(request(items=(ODD, "a\nb"), about=ODD, reference="{have}"))
    assert letter.items == (ODD, "a b")
    assert ODD in letter.subject
    assert "la référence {have} dans" in letter.text


def test_a_reminder_says_that_it_stops_no_time() -> None:
    letter = LETTERS["follow-up"]
    assert "ne suspend ni n’interrompt aucun délai" in letter.banner
    assert letter.banner in letter.text


def test_a_precision_keeps_the_dates() -> None:
    assert "ne constituent pas une demande nouvelle" in LETTERS["precision"].text


def test_a_reply_without_a_paragraph_is_none() -> None:
    with pytest.raises(ValueError, match="at least one paragraph"):
        reply(exchange(), date(2026, 3, 20), [" "])


def test_reasons_are_asked_by_the_article() -> None:
    assert "L.\u00a0232-4" in LETTERS["reasons"].text
    assert "confirmant le refus" in LETTERS["reasons-confirmed-person"].text
    assert "confirmant" not in LETTERS["reasons"].text


def test_after_an_opinion_the_court_date_is_said_not_to_move() -> None:
    text = LETTERS["after-opinion"].text
    assert "n°\u00a020261234" in text
    assert "quinze jours" in text
    assert "jusqu’au 20\u00a0août\u00a02026" in text
    assert "Ni l’avis ni la présente lettre ne modifient" in text
    assert "tribunal" not in LETTERS["after-opinion-person-one"].text


def test_a_referral_has_what_registration_needs() -> None:
    assert incomplete(referral()) == ()
    text = LETTERS["referral"].text
    for words in (
        "Association déclarée",
        "Camille Exemple, présidente",
        "19\u00a0mai\u00a02026",
        "deux mois\u00a0: 20\u00a0mai 2026",
        "ab12" * 16,
    ):
        assert words in text
    assert not LETTERS["referral"].is_draft


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("request_copy", {"files": (), "refused_on": None, "silent_since": date(2026, 4, 2)}),
        ("items", {"items": (RefusedItem(item=" "),)}),
        ("refusal", {"refused_on": None}),
        ("request_copy", {"files": FILES[1:]}),
        ("refusal_copy", {"files": FILES[:1]}),
        ("annex", {"series": SeriesBlock(bodies=5, annex="x.pdf")}),
        ("first_name", {"exchange": exchange(requester=replace(PERSON, first_name=""))}),
        ("form", {"exchange": exchange(requester=replace(COMPANY, form=""))}),
    ],
)
def test_a_referral_that_lacks_something_is_a_draft(field: str, fields: dict[str, object]) -> None:
    lacking = referral(**fields)
    assert [each.field for each in incomplete(lacking)] == [field]
    assert referral_letter(lacking).is_draft
    assert referral_letter(lacking).text.startswith("PROJET")


def test_a_sheet_that_no_one_read_is_a_draft() -> None:
    sheet = handover(HandOver(exchange=exchange(), state="En attente", events=()))
    assert sheet.is_draft
    assert "Non relu." in sheet.note
    assert "n’est pas un conseil juridique" in LETTERS["handover"].banner.replace("\u00a0", " ")


def test_words_of_letters() -> None:
    assert in_full(date(2026, 3, 1)) == "1er\u00a0mars\u00a02026"
    assert in_full(date(2026, 3, 11)) == "11\u00a0mars\u00a02026"
    assert (
        say("l'article L. 311-9, 3° de {x}", x="l'x ;")
        == "l’article L.\u00a0311-9, 3°\u00a0de l'x ;"
    )
