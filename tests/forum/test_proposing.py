"""From talk to record: a post is proposed to the census, and both say where they came from."""

from __future__ import annotations

import re
from html import unescape

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.census import services as census
from contrechamp.census.models import Claim, Entity
from contrechamp.forum.domain.proposing import read_ref
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Post, PostClaim, Thread
from contrechamp.forum.services import placing
from tests import make
from tests.forum import talking
from tests.people import Person
from tests.web.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer")]
WORDS = "Le conseil a voté trente caméras, voir la délibération."


@pytest.fixture
def scene() -> Scene:
    return Scene(make.user("noe"), make.user("amina", Role.EDITOR))


@pytest.fixture
def project(scene: Scene) -> Entity:
    found = scene.project("Caméras de La Crau", "commune:83047", summary="Trente caméras.")
    scene.appears()
    return found


def link_of(page: str) -> str:
    found = re.search(r'href="(/[^"]+)" rel="nofollow">Proposer au recensement', page)
    return unescape(found.group(1)) if found else ""


def proposed(thread: Thread, person: Person, value: str = "Trente caméras au centre.") -> Claim:
    """Fill the form that the post leads to."""
    address = link_of(person.opens(thread.address).text)
    assert address
    answer = person.sends(
        f"{address}&propriete=description",
        **{
            "value": value,
            "preuve-evidence_kind": "url",
            "preuve-stance": "SUPPORTS",
            "preuve-url": "https://www.lacrau.fr/deliberation.pdf",
            "preuve-publisher": "Ville de La Crau",
            "preuve-retrieved_on": "2025-03-01",
            "then": "submit",
        },
    )
    assert answer.status == 302, answer.text
    return Claim.objects.get(property="description")


def test_the_form_has_link_quote_and_author_of_the_post(project: Entity) -> None:
    thread = talking.thread(text=WORDS, subject=f"project:{project.pk}")
    ines = Person(talking.member("ines"))

    address = link_of(ines.opens(thread.address).text)
    assert f"sujet={project.pk}" in address
    choose = unescape(ines.opens(address).text)
    assert WORDS in choose
    page = unescape(ines.opens(f"{address}&propriete=description").text)

    assert WORDS in page
    assert f'value="http://testserver/forum/m/{thread.pk}/1"' in page
    assert "lea, sur le forum" in page
    assert "Un message n'est pas une preuve" in page.replace("\xa0", " ")


def test_the_post_goes_along_while_the_record_is_chosen(project: Entity) -> None:
    thread = talking.thread(text=WORDS)
    ines = Person(talking.member("ines"))
    address = link_of(ines.opens(thread.address).text)
    assert "sujet" not in address

    first = unescape(ines.opens(f"{address}&q=La Crau").text)

    assert f'name="message" value="{thread.pk}/1"' in first
    assert re.search(rf'href="[^"]*sujet={project.pk}[^"]*message={thread.pk}', first)


def test_only_confirmed_members_propose_and_of_what_they_may_read(project: Entity) -> None:
    thread = talking.thread(text=WORDS, subject=f"project:{project.pk}")
    neuf, ines = talking.member("neuf", confirmed=False), talking.member("ines")
    address = link_of(Person(ines).opens(thread.address).text)
    form = f"{address}&propriete=description"

    assert link_of(Person().opens(thread.address).text) == ""
    assert link_of(Person(neuf).opens(thread.address).text) == ""
    assert Person(neuf).opens(form).status == 404
    assert Person(ines).opens(form).status == 200
    placing.take_away(Post.objects.get(), State.HIDDEN, "", now=talking.later())
    assert Person(ines).opens(form).status == 404
    assert Person(ines).opens(form.replace(thread.pk, "nonsense")).status == 404


def test_a_published_fact_and_its_post_lead_to_each_other(scene: Scene, project: Entity) -> None:
    thread = talking.thread(text=WORDS, subject=f"project:{project.pk}")
    claim = proposed(thread, Person(talking.member("ines")))
    assert PostClaim.objects.get().claim == claim.pk
    visitor = Person()
    assert "repris dans le recensement" not in visitor.opens(thread.address).text

    report = census.publish(
        [claim.pk], reviewer=scene.reviewer, now=talking.later(), as_alleged=True
    )
    assert not report.refused

    page = visitor.opens(thread.address).text
    assert f'<a href="/fait/{claim.pk}">repris dans le recensement</a>' in page
    fact = unescape(visitor.opens(f"/fait/{claim.pk}").text)
    assert "issu de la discussion" in fact
    assert f"/forum/m/{thread.pk}/1" in fact

    placing.take_away(Post.objects.get(n=1), State.HIDDEN, "", now=talking.later())
    assert "issu de la discussion" not in visitor.opens(f"/fait/{claim.pk}").text


def test_a_reference_to_a_post_is_read_or_is_none() -> None:
    assert read_ref("thr-1/3") == ("thr-1", 3)
    for wrong in ("", "thr-1", "thr-1/", "/3", "thr-1/x", "thr-1/999999999"):
        assert read_ref(wrong) == ("", 0)
