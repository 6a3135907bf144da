"""No draft repeats what somebody gave us, whatever it is; nobody is told which document it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.documents.models import Document, Page, TextLayer
from contrechamp.foi import services
from contrechamp.foi.domain import secrecy
from contrechamp.foi.domain.boilerplate import boilerplate
from contrechamp.foi.models import PrivateWords, Request
from contrechamp.foi.queries.drafting import findings
from contrechamp.foi.queries.secrecy import stale
from contrechamp.foi.services import Wanted
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made
from tests.people import Person

from .requests import NOW, draft

pytestmark = pytest.mark.django_db
SECRET = "le prestataire reconnaît que les alertes sont fausses dans neuf cas sur dix"
WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèàç", min_size=1, max_size=9)


def received(*pages: str, **fields: object) -> Document:
    """A document that somebody gave us, for its owner alone."""
    given: dict[str, object] = {
        "origin": "RECEIVED",
        "access": "PRIVATE",
        "state": "DRAFT",
        "published_at": None,
        "title": "Note interne confidentielle",
        "by": make.user("dépositaire"),
        **fields,
    }
    return made.document(texts=[(page,) for page in pages], **given)  # type: ignore[arg-type]


def asks(text: str) -> Request:
    request = draft()
    services.write(request, actor=request.author, now=NOW, items=[Wanted(wording=text)])
    return request


def stopped(request: Request) -> list[str]:
    found = findings(request, today=NOW.date())
    return [str(each.values["words"]) for each in found if each.code == "source"]


def test_six_words_of_a_received_document_block_until_reworded() -> None:
    received(f"Réunion du 3. En somme, {SECRET}.")
    request = asks("Le rapport où les alertes sont fausses dans neuf cas, depuis 2022.")
    assert stopped(request) == ["les alertes sont fausses dans neuf cas"]
    with pytest.raises(Refused, match="mots de suite"):
        services.mark_ready(request, actor=request.author, now=NOW)
    services.write(
        request,
        actor=request.author,
        now=NOW,
        items=[Wanted(wording="Les évaluations du logiciel depuis le 1er janvier 2022.")],
    )
    services.mark_ready(request, actor=request.author, now=NOW)


def test_five_words_do_not() -> None:
    received(SECRET)
    assert stopped(asks("Le rapport : les alertes sont fausses dans, depuis 2022.")) == []


def test_numbered_or_not_it_is_found_alike() -> None:
    received(SECRET)
    request = asks(f"Le rapport selon lequel {SECRET}.")
    before = stopped(request)
    assert services.number_received() == 1
    assert services.number_received() == 0
    assert stopped(request) == before != []


def test_a_sentence_that_goes_on_over_the_page_is_found() -> None:
    received("le prestataire reconnaît que les", "alertes sont fausses dans neuf cas sur dix")
    services.number_received()
    assert stopped(asks("Ce que le prestataire reconnaît que les alertes sont, depuis 2022."))


def test_the_title_and_the_text_by_hand_are_read_too() -> None:
    received(SECRET)
    request = draft(title=f"Pourquoi {SECRET}")
    assert stopped(request)
    services.write(
        request,
        actor=request.author,
        now=NOW,
        title="Évaluations",
        text=f"L. 311-1, L. 311-7, L. 114-2.\n\n[documents demandés]\n\nCar {SECRET}.",
    )
    assert stopped(request)


def test_a_text_read_anew_is_numbered_anew() -> None:
    document = received("rien du tout")
    services.number_received()
    made.layer(Page.objects.get(file=made.key(document)), SECRET)
    assert stale()
    assert stopped(asks(f"Le rapport : {SECRET}."))
    services.number_received()
    assert not stale()
    assert stopped(asks(f"Le rapport : {SECRET}."))


def test_documents_that_nobody_gave_us_are_not_compared() -> None:
    received(SECRET, origin="OFFICIAL_SITE")
    assert stopped(asks(f"Le rapport : {SECRET}.")) == []


def test_our_own_sentences_betray_nobody() -> None:
    received(*boilerplate()[:30])
    services.number_received()
    assert stopped(asks("Cette demande porte sur les documents existants, depuis 2022.")) == []


def test_the_name_of_the_body_betrays_nobody() -> None:
    received("Mairie de Valbrume et de ses sept hameaux réunis, réunion")
    request = asks("Le contrat de vidéoprotection depuis 2022")
    assert request.body
    request.body.name = "Mairie de Valbrume et de ses sept hameaux réunis"
    request.body.save()
    services.write(
        request,
        actor=request.author,
        now=NOW,
        title="Contrat de la Mairie de Valbrume et de ses sept hameaux réunis",
    )
    assert stopped(Request.objects.get(pk=request.pk)) == []


def test_the_page_never_says_which_document(noor: Person) -> None:
    document = received(SECRET)
    request = draft(noor.user)
    services.write(
        request, actor=request.author, now=NOW, items=[Wanted(wording=f"Le rapport : {SECRET}.")]
    )
    page = noor.opens(f"/demandes/{request.pk}/relecture")
    assert "mots de suite" in page.text
    assert document.title not in page.text
    assert document.pk not in page.text
    assert made.key(document)[:12] not in page.text


def test_numbers_go_with_their_file() -> None:
    document = received(SECRET)
    services.number_received()
    assert PrivateWords.objects.count() == 1
    Document.objects.filter(pk=document.pk).update(origin="FOI")
    assert stopped(asks(f"Le rapport : {SECRET}.")) == []


@tries(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_the_private_text_six_shared_words_are_blocked(data: st.DataObject) -> None:
    words = data.draw(st.lists(WORD, min_size=8, max_size=40))
    start = data.draw(st.integers(0, len(words) - 6))
    run = words[start : start + 6]
    if len(secrecy.words_of(" ".join(run))) < 6:
        return
    Document.objects.all().delete()
    TextLayer.objects.all().delete()
    PrivateWords.objects.all().delete()
    made.document(
        texts=[(" ".join(words),)],
        content=repr(words).encode(),
        origin="RECEIVED",
        access="PRIVATE",
        state="DRAFT",
    )
    if data.draw(st.booleans()):
        services.number_received()
    request = Request.objects.filter(author__username="autrice").first() or draft()
    services.write(
        request,
        actor=request.author,
        now=NOW,
        items=[Wanted(wording=f"Le document zzqx {' '.join(run)} zzqy, depuis 2022.")],
    )
    if any(
        secrecy.fingerprint(" ".join(run)) <= secrecy.fingerprint(each) for each in boilerplate()
    ):
        return
    assert stopped(request)
