"""What is looked at before a request is sent, and what each finding says to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contrechamp.foi.domain.boilerplate import boilerplate
from contrechamp.foi.domain.catalogue import Holder, Step, catalogue
from contrechamp.foi.domain.guards import (
    BodyFacts,
    Draft,
    DraftItem,
    Earlier,
    Finding,
    Severity,
    drafted,
    findings,
    may_be_sent,
    source_findings,
)
from contrechamp.foi.domain.requester import Channel

from .facts import ABOUT, ASSOCIATION, FILLING, ITEMS

TODAY = date(2026, 3, 31)
TOWN = BodyFacts(key="town", name="Villeneuve-sur-Essai", kind=Holder.TOWN)


def draft(*texts: str, **fields: Any) -> Draft:
    """Return a draft of the association to a town; without texts, of three documents."""
    items = tuple(DraftItem(text=each) for each in texts or ITEMS)
    return Draft(
        **{
            "requester": ASSOCIATION,
            "body": TOWN,
            "items": items,
            "about": ABOUT,
            "object_key": "key",
            **fields,
        }
    )


def codes(of: Draft, today: date = TODAY) -> list[str]:
    """Return the codes of what is found."""
    return [each.code for each in findings(of, today)]


def only(of: Draft, today: date = TODAY) -> Finding:
    """Return the one finding; each says what to do and has its values."""
    (found,) = findings(of, today)
    assert str(found).endswith(".")
    assert "{" not in str(found)
    return found


def test_a_right_draft_raises_nothing() -> None:
    assert findings(draft(), TODAY) == ()
    assert may_be_sent(findings(draft(), TODAY))


def test_an_identity_that_is_not_whole_stops_with_its_own_sentence() -> None:
    found = only(draft(requester=replace(ASSOCIATION, number="")))
    assert (found.code, found.severity) == ("identity", Severity.STOPS)
    assert "RNA" in str(found)
    assert not may_be_sent([found])


def test_a_body_that_is_not_subject_stops_and_an_unknown_one_warns() -> None:
    not_subject = only(draft(body=replace(TOWN, is_subject_to_access=False)))
    assert (not_subject.code, not_subject.severity) == ("not_subject", Severity.STOPS)
    unknown = only(draft(body=replace(TOWN, is_subject_to_access=None)))
    assert (unknown.code, unknown.severity) == ("perhaps_subject", Severity.WARNS)
    assert may_be_sent([unknown])


def test_an_email_does_not_seize_a_body_with_an_online_service() -> None:
    body = replace(TOWN, online_service="https://demandes.villeneuve.example")
    found = only(draft(body=body))
    assert (found.code, found.severity) == ("online_service", Severity.STOPS)
    assert "https://demandes.villeneuve.example" in str(found)
    assert codes(draft(body=body, channel=Channel.POST)) == []
    assert codes(draft(body=body, channel=Channel.SERVICE)) == []


@pytest.mark.parametrize("items", [(), (DraftItem(text=" "),), (DraftItem(text="…"),)])
def test_without_a_document_it_stops(items: tuple[DraftItem, ...]) -> None:
    assert only(draft(items=items)).code == "no_item"


def test_twelve_documents_are_enough() -> None:
    texts = [f"Le rapport n° {at} depuis 2022." for at in range(1, 14)]
    assert codes(draft(*texts[:12])) == []
    found = only(draft(*texts))
    assert (found.code, found.severity) == ("too_many", Severity.STOPS)
    assert "13" in str(found)


def test_a_document_that_the_body_does_not_hold_is_asked_elsewhere() -> None:
    commission = catalogue()["departmental-commission"]
    item = DraftItem(text="Les avis.", code=commission.code, holders=commission.holders)
    found = only(draft(items=(DraftItem(text="Le contrat."), item)))
    assert (found.code, found.item) == ("held_elsewhere", 2)
    assert codes(draft(items=(item,), body=replace(TOWN, kind=Holder.PREFECTURE))) == []


def test_documents_of_two_holders_are_two_requests() -> None:
    anyone = replace(TOWN, kind=None)
    town = DraftItem(text="Le coût.", holders=(Holder.TOWN,))
    prefecture = DraftItem(text="L’avis.", holders=(Holder.PREFECTURE, Holder.MINISTRY))
    assert only(draft(items=(town, prefecture), body=anyone)).code == "many_holders"
    assert codes(draft(items=(town, DraftItem(text="X")), body=anyone)) == []
    assert codes(draft("X", body=anyone)) == []


def test_the_same_document_twice() -> None:
    found = only(draft("Le contrat, depuis 2022.", "LE CONTRAT depuis 2022"))
    assert (found.code, found.item) == ("twice", 2)


@pytest.mark.parametrize("text", ["Combien de caméras ?", "Combien de caméras？"])
def test_a_question_names_no_document(text: str) -> None:
    found = only(draft(text))
    assert (found.code, found.item) == ("question", 1)
    assert "nommez le document" in str(found)


@pytest.mark.parametrize(
    "motive",
    [
        "afin de vérifier",
        "afin d’écrire",
        "dans le but de comparer",
        "pour un article",
        "pour notre enquête",
        "dans le cadre d’une thèse",
        "dans le cadre de mon recours",
        "en tant que journaliste",
        "je suis étudiante",
        "parce que la mairie refuse",
        "car nous voulons savoir",
        "en vue d’un recours",
        "ces documents nous serviront",
        "pour pouvoir contester",
    ],
)
def test_a_motive_is_to_be_removed(motive: str) -> None:
    found = only(draft(f"Le contrat depuis 2022, {motive}"))
    assert (found.code, found.severity, found.item) == ("motive", Severity.WARNS, 1)
    assert [each.code for each in findings(draft(about=f"caméras, {motive}"), TODAY)] == ["motive"]


@pytest.mark.parametrize("code", catalogue())
def test_no_wording_of_the_catalogue_has_a_motive(code: str) -> None:
    document = catalogue()[code]
    for text in (document.wording, document.masked, document.listing):
        assert "motive" not in codes(draft(text))


def test_the_same_request_within_a_year_is_shown() -> None:
    earlier = Earlier(request="req-1", body="town", object_key="key", asked_on=date(2025, 3, 31))
    later = replace(earlier, request="req-2", asked_on=date(2025, 6, 1))
    found = only(draft(earlier=(earlier, later)))
    assert (found.code, found.severity) == ("duplicate", Severity.STOPS)
    assert found.values["request"] == "req-2"
    assert codes(draft(earlier=(earlier,)), date(2026, 4, 1)) == []
    assert codes(draft(earlier=(replace(later, body="other"),))) == []
    assert codes(draft(earlier=(replace(later, object_key="other"),))) == []


def test_more_than_three_requests_in_thirty_days_warn() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 31))
    earlier = tuple(
        Earlier(request=f"req-{at}", body="town", object_key=f"k{at}", asked_on=day)
        for at, day in enumerate(days)
    )
    found = only(draft(earlier=earlier))
    assert (found.code, found.severity) == ("often", Severity.WARNS)
    assert "4e demande" in str(found)
    assert codes(draft(earlier=earlier), date(2026, 4, 1)) == []
    assert codes(draft(earlier=earlier[:2])) == []


def test_the_fifth_like_request_announces_the_series() -> None:
    assert codes(draft(like_bodies=4)) == []
    found = only(draft(like_bodies=5))
    assert (found.code, found.severity) == ("series", Severity.TELLS)
    assert "R343-3-1" in str(found)
    assert codes(draft(like_bodies=5), date(2022, 10, 20)) == []


def test_environmental_documents_are_told() -> None:
    assert only(draft("Les relevés de bruit depuis 2022.")).code == "environment"
    flagged = DraftItem(text="La convention.", is_environmental=True)
    assert only(draft(items=(flagged,))).severity is Severity.TELLS


@pytest.mark.parametrize("code", catalogue())
def test_a_document_asked_of_its_first_holder_is_never_stopped(code: str) -> None:
    document = catalogue()[code]
    body = replace(TOWN, kind=document.holders[0])
    for step in Step:
        found = findings(draft(items=(drafted(document, FILLING, step),), body=body), TODAY)
        assert {each.code for each in found} <= {"environment"}


def test_the_gravest_comes_first() -> None:
    found = findings(draft("Quel bruit ?", requester=replace(ASSOCIATION, number="")), TODAY)
    assert [each.severity for each in found] == [*Severity]


PRIVATE = "Le prestataire a livré en secret douze caméras pilotées depuis la cave."


def test_words_of_a_source_stop_the_request() -> None:
    texts = ("Le rapport.", "Les factures des douze caméras pilotées depuis la cave.")
    (found,) = source_findings(draft(*texts), ["Autre texte.", PRIVATE], ours=boilerplate())
    assert (found.code, found.severity, found.item) == ("source", Severity.STOPS, 2)
    assert "douze caméras pilotées depuis la cave" in str(found)
    (about,) = source_findings(draft(about=PRIVATE), [PRIVATE])
    assert about.item is None


def test_the_wording_of_the_catalogue_is_no_source() -> None:
    held = " ".join(ITEMS).replace("Caméras de la place Royale", "autre chose")
    held = held.replace("1er\u00a0janvier\u00a02022", "3 juin 2019")
    assert source_findings(draft(), [held], ours=boilerplate()) == ()
