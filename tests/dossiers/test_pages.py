"""Dossiers in a browser: a visitor's stands in the address, a member's is kept."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.utils import timezone
from pytest_django import Settings

from contrechamp.documents import services as documents
from contrechamp.dossiers import services
from contrechamp.dossiers.domain import Ask, Item
from contrechamp.dossiers.models import Dossier, Preparation
from contrechamp.dossiers.services import preparing
from contrechamp.foundation.jobs import run_waiting
from contrechamp.kernel.errors import Refused
from tests.documents import made
from tests.observatory import SENTENCE, Observatory, observatory
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


@pytest.fixture(autouse=True)
def _no_files_of_before() -> None:
    for path in preparing._folder().glob("*.*"):
        path.unlink()


def words_of(content: bytes) -> str:
    with pdfium.PdfDocument(content) as document:
        pages = (
            document[number].get_textpage().get_text_range() for number in range(len(document))
        )
        text = " ".join(pages)
    for sign in ("\u00a0", "\u202f", "\r\n"):
        text = text.replace(sign, " ")
    return " ".join(text.split())


def test_a_fact_offers_to_be_added(visitor: Person, here: Observatory) -> None:
    claim = here.claims[0].pk
    assert f"/dossier?f={claim}" in visitor.opens(f"/fait/{claim}").text
    assert f"/dossier?d={here.sha256}" in visitor.opens(f"/documents/{here.sha256}").text
    assert f"/dossier?r={here.project.pk}" in visitor.opens(f"/projet/{here.project.pk}").text


def test_a_visitor_prints_a_fact_with_its_passage(visitor: Person, here: Observatory) -> None:
    claim = here.claims[0].pk
    page = visitor.opens(f"/dossier?f={claim}&titre=Les images")
    assert SENTENCE in page.text
    assert page.cookies == {}
    answer = visitor.opens(f"/dossier.pdf?f={claim}&titre=Les images")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="les-images.pdf"' in answer.headers["Content-Disposition"]
    text = words_of(answer.content)
    assert "Les images" in text
    assert SENTENCE in text
    assert f"http://testserver/fait/{claim}" in text.replace("\ufffe", "-")


def test_the_zip_holds_the_exhibit_and_twice_the_same_bytes(
    visitor: Person, here: Observatory
) -> None:
    query = f"f={here.claims[0].pk}&f={here.claims[1].pk}"
    first = visitor.opens(f"/dossier.zip?{query}").content
    for path in preparing._folder().glob("*.zip"):
        path.unlink()
    assert visitor.opens(f"/dossier.zip?{query}").content == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        pieces = [name for name in archive.namelist() if name.startswith("pieces/")]
        assert len(pieces) == 1
        assert archive.testzip() is None


def test_lines_are_moved_and_taken_out_by_buttons(visitor: Person, here: Observatory) -> None:
    one, two = (claim.pk for claim in here.claims[:2])
    page = visitor.opens(f"/dossier?f={one}&f={two}").text
    assert 'value="monter 1"' not in page
    assert 'value="descendre 2"' not in page
    moved = visitor.opens(f"/dossier?f={one}&f={two}&faire=monter 2")
    assert moved.location == f"/dossier?f={two}&f={one}#f-{two}"
    out = visitor.opens(f"/dossier?f={one}&f={two}&faire=enlever 1")
    assert out.location == f"/dossier?f={two}&retire=0%3Af%3A{one}"
    after = visitor.follows(out).text
    assert "Une ligne est enlevée." in after
    assert f"/dossier?f={one}&amp;f={two}" in after


def test_a_record_becomes_its_facts(visitor: Person, here: Observatory) -> None:
    answer = visitor.opens(f"/dossier?r={here.contract.pk}")
    assert answer.location.count("f=") == 2
    nothing = visitor.opens("/dossier?r=prj-0000000000")
    assert "est vide" in visitor.follows(nothing).text


def test_pasted_addresses_are_added(visitor: Person, here: Observatory) -> None:
    claim = here.claims[0].pk
    answer = visitor.opens(
        f"/dossier?f={claim}&coller=http://testserver/documents/{here.sha256}/page/2"
    )
    assert answer.location == f"/dossier?f={claim}&d={here.sha256}"
    wrong = visitor.opens("/dossier?coller=https://ailleurs.example/")
    assert "ne sont pas des adresses d'ici" in wrong.text


def test_an_empty_dossier_says_what_to_do(visitor: Person) -> None:
    assert "Ce dossier est vide." in visitor.opens("/dossier").text
    assert visitor.opens("/dossier.pdf").status == 409


def test_what_is_withdrawn_is_said_and_nothing_is_printed(
    visitor: Person, here: Observatory
) -> None:
    documents.withdraw_document(here.document, actor=here.editor, now=made.NOW, reason="Erreur.")
    page = visitor.opens(f"/dossier?d={here.sha256}")
    assert "n'est pas public, ou ne l'est plus" in page.text
    assert visitor.opens(f"/dossier.zip?d={here.sha256}").status == 409


def test_a_large_dossier_is_prepared_by_a_job(
    visitor: Person, here: Observatory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "SMALL_STATEMENTS", 0)
    query = f"f={here.claims[0].pk}"
    answer = visitor.opens(f"/dossier.zip?{query}")
    assert answer.location == f"/dossier/preparation?{query}&forme=zip"
    waiting = visitor.follows(answer)
    assert "Le dossier se compose" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert waiting.headers["Cache-Control"] == "no-store"
    services.prepare(Preparation.objects.get().pk, now=timezone.now())
    ready = visitor.follows(answer)
    assert "Le dossier est prêt" in ready.text
    assert f"/dossier.zip?{query}&amp;forme=zip" in ready.text
    assert visitor.opens(f"/dossier.zip?{query}&forme=zip").status == 200
    assert not Preparation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_job_is_run_by_those_that_run_jobs(gazetteer: None, here: Observatory) -> None:
    frame = services.Frame(site="http://testserver", day=made.NOW.date())
    ask = Ask(items=(Item("f", here.claims[0].pk),), language="fr")
    assert services.want(ask, frame, "pdf", now=timezone.now()).path is None
    run_waiting()
    assert services.want(ask, frame, "pdf", now=timezone.now()).path


def test_what_goes_wrong_is_said_to_who_waits(here: Observatory) -> None:
    frame = services.Frame(site="http://testserver", day=made.NOW.date())
    ask = Ask(items=(Item("d", here.sha256),), language="fr")
    ready = services.want(ask, frame, "zip", now=timezone.now())
    documents.withdraw_document(here.document, actor=here.editor, now=made.NOW, reason="Erreur.")
    services.prepare(ready.key, now=timezone.now())
    assert "n'est pas public" in Preparation.objects.get().message


def test_too_many_that_wait_are_refused(here: Observatory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "MOST_WAITING", 1)
    frame = services.Frame(site="http://testserver", day=made.NOW.date())
    for place, claim in enumerate(here.claims[:2]):
        ask = Ask(items=(Item("f", claim.pk),), language="fr")
        if place:
            with pytest.raises(preparing.TooManyWait):
                services.want(ask, frame, "pdf", now=timezone.now())
        else:
            services.want(ask, frame, "pdf", now=timezone.now())


def test_old_files_and_questions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    Preparation.objects.create(key="a" * 64, form="pdf", ask={}, asked_at=made.NOW)
    folder: Path = preparing._folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.pdf").write_bytes(b"x")
    monkeypatch.setattr(preparing, "KEPT_S", -1)
    services.forget_old(now=timezone.now())
    assert not (folder / "a.pdf").exists()
    assert not Preparation.objects.exists()


# Kept by members


def keeps(person: Person, here: Observatory) -> Dossier:
    claims = here.claims[:2]
    query = "&".join(f"f={claim.pk}" for claim in claims)
    answer = person.sends("/dossiers/garder", dossier=query, titre="Nice, les caméras")
    assert answer.location.startswith("/dossiers/dos-")
    return Dossier.objects.get()


def test_a_member_keeps_orders_and_writes(noor: Person, visitor: Person, here: Observatory) -> None:
    dossier = keeps(noor, here)
    one, two = (f"f:{claim.pk}" for claim in here.claims[:2])
    change = f"/dossiers/{dossier.pk}/modifier"
    noor.sends(change, faire=f"descendre {one}")
    noor.sends(change, faire=f"noter {one}", note="À plaider.")
    noor.sends(change, faire="decrire", titre="Nice", par="noor", intro="Voici.", langue="en")
    rows = list(dossier.items.order_by("order").values_list("ref", "note"))
    assert rows == [(two, ""), (one, "À plaider.")]
    text = words_of(noor.opens(f"/dossiers/{dossier.pk}/dossier.pdf").content)
    for words in ("Nice", "noor", "Voici.", "À plaider.", "Contents"):
        assert words in text
    assert visitor.opens(f"/dossiers/{dossier.pk}").status == 404


def test_what_is_taken_out_comes_back_with_its_text(noor: Person, here: Observatory) -> None:
    dossier = keeps(noor, here)
    ref = f"f:{here.claims[0].pk}"
    change = f"/dossiers/{dossier.pk}/modifier"
    noor.sends(change, faire=f"noter {ref}", note="À plaider.")
    noor.sends(change, faire=f"enlever {ref}")
    assert f"remettre {ref}" in noor.opens(f"/dossiers/{dossier.pk}").text
    noor.sends(change, faire=f"remettre {ref}")
    assert dossier.items.get(ref=ref).note == "À plaider."
    assert dossier.items.order_by("order").first().ref == ref  # type: ignore[union-attr]


def test_things_are_added_from_an_address_and_from_a_page(noor: Person, here: Observatory) -> None:
    dossier = keeps(noor, here)
    noor.sends("/dossiers/garder", dossier=f"d={here.sha256}", dans=dossier.pk)
    noor.sends(
        f"/dossiers/{dossier.pk}/modifier", faire="ajouter", coller=f"/fait/{here.claims[2].pk}"
    )
    noor.sends(f"/dossiers/{dossier.pk}/modifier", faire="ajouter", coller="rien")
    assert dossier.items.count() == 4


def test_a_second_person_makes_it_public_and_a_change_hides_it(
    noor: Person, amina: Person, visitor: Person, here: Observatory
) -> None:
    dossier = keeps(noor, here)
    state, page = f"/dossiers/{dossier.pk}/etat", f"/dossiers/{dossier.pk}"
    noor.sends(state, faire="soumettre")
    assert noor.sends(state, faire="publier").status == 409
    amina.sends(state, faire="publier")
    assert visitor.opens(page).status == 200
    assert "Nice, les caméras" in visitor.opens("/dossiers").text
    assert "À plaider" not in visitor.opens(page).text
    noor.sends(f"/dossiers/{dossier.pk}/modifier", faire=f"noter f:{here.claims[0].pk}", note="x")
    assert visitor.opens(page).status == 404


def test_an_editor_alone_publishes_where_one_person_is_enough(
    amina: Person, here: Observatory, settings: Settings
) -> None:
    dossier = keeps(amina, here)
    amina.sends(f"/dossiers/{dossier.pk}/etat", faire="soumettre")
    assert amina.sends(f"/dossiers/{dossier.pk}/etat", faire="publier").status == 409
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, reviewers=1)
    assert amina.sends(f"/dossiers/{dossier.pk}/etat", faire="publier").status == 302


def test_a_dossier_is_deleted_by_who_keeps_it(noor: Person, here: Observatory) -> None:
    dossier = keeps(noor, here)
    noor.sends(f"/dossiers/{dossier.pk}/etat", faire="supprimer")
    assert not Dossier.objects.exists()


def test_a_dossier_without_a_title_or_too_long_is_refused(here: Observatory) -> None:
    with pytest.raises(Refused, match="titre"):
        services.keep(Ask(), actor=here.author, now=made.NOW)
    kept = services.keep(Ask(title="Long"), actor=here.author, now=made.NOW)
    many = [Item("d", f"{number:012}") for number in range(201)]
    with pytest.raises(Refused, match="120"):
        services.add_to(kept, many, actor=here.author, now=made.NOW)
    with pytest.raises(Refused, match="vide"):
        services.submit(kept, actor=here.author, now=made.NOW)


def test_the_page_of_a_long_dossier_is_light(visitor: Person, here: Observatory) -> None:
    nearly, signs = here.claims[0].pk[:-2], ("abcdefg", "hjkmnpqrst")
    query = "&".join(f"f={nearly}{''.join(two)}" for two in product(*signs))
    many = "&".join(f"d={here.sha256[: 12 + at]}" for at in range(49))
    page = visitor.opens(f"/dossier?{query}&{many}&f={here.claims[0].pk}")
    assert page.text.count('class="dossier-line"') == 120
    assert SENTENCE not in page.text
    assert f"/documents/{here.sha256}/page/2#{here.quote.pk}" in page.text
    assert len(page.content) < 150_000
