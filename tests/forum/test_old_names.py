"""Names of an imported forum: asked for, proved, given back, given up, erased."""

from __future__ import annotations

from typing import Any

import pytest

from contrechamp.accounts.models import Notice
from contrechamp.forum.models import Action, LabelClaim, Post, Thread
from contrechamp.forum.personal import OFFERS
from contrechamp.forum.queries import journal
from contrechamp.forum.services import claiming
from contrechamp.kernel.errors import Refused
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db
HOST = "ancien.example"
ORIGIN = f"nodebb:{HOST}"
PAGE = "/forum/anciens-noms"


def imported(label: str = "Ancienne", count: int = 2) -> Thread:
    """A thread whose posts came from an old forum."""
    thread = talking.thread()
    board = thread.board
    board.origin = f"{ORIGIN}:2"
    board.save()
    for number in range(count):
        talking.reply(thread, thread.author, f"Mot d'avant {number}")  # type: ignore[arg-type]
    for post in thread.posts.filter(n__gt=1):
        Post.objects.filter(pk=post.pk).update(
            author=None, author_label=label, origin=ORIGIN, pid=f"{label}{post.n}"
        )
    return thread


def asked(wants: str = "posts", name: str = "noor") -> LabelClaim:
    """A claim with its proof, made on the pages."""
    noor = talking.member(name)
    sent = {"do": "claim", "origin": ORIGIN, "label": "ancienne", "wants": wants}
    Person(noor).sends(PAGE, **sent)
    claim = LabelClaim.objects.get(user=noor)
    proof = f"https://{HOST}/post/99"
    Person(noor).sends(PAGE, do="prove", key=claim.pk, proof=proof)
    return claim


def decides(key: int, what: str, by: Any) -> Any:
    return Person(by).sends("/forum/moderation/comptes", do=what, key=key)


def test_the_page_of_an_old_name_says_what_stands_under_it_and_how_to_have_it() -> None:
    thread = imported()
    first = Person().opens(thread.address)
    assert f"{PAGE}/{thread.pk}/2" in first.text
    page = Person().opens(f"{PAGE}/{thread.pk}/2")
    assert "2 messages en sont venus" in page.text
    assert "Se connecter" in page.text
    assert 'value="claim"' not in page.text
    assert 'value="claim"' in Person(talking.member("noor")).opens(f"{PAGE}/{thread.pk}/2").text
    assert Person().opens(f"{PAGE}/{thread.pk}/1").status == 404


def test_what_is_hidden_is_not_on_the_page_of_a_name() -> None:
    thread = imported()
    board = thread.board
    board.members_only = True
    board.save()
    assert Person().opens(f"{PAGE}/{thread.pk}/2").status == 404


def test_a_name_is_asked_for_proved_and_given_back() -> None:
    thread = imported()
    claim = asked()
    modou = talking.moderator()
    page = Person(claim.user).opens(PAGE)
    assert claim.code in page.text
    queue = Person(modou).opens("/forum/moderation/comptes").text
    assert claim.code in queue
    assert "Cette adresse n" not in queue
    decides(claim.pk, "claim", modou)
    assert set(Post.objects.filter(origin=ORIGIN).values_list("author__username", flat=True)) == {
        "noor"
    }
    text = Person().opens(thread.address).text
    assert "noor" in text
    assert "Ancienne" not in text
    assert Notice.objects.filter(user=claim.user, kind="forum-name").count() == 1
    assert "à votre nom" in Person(claim.user).opens("/compte/avis/").text


def test_a_proof_that_stands_elsewhere_is_shown_as_such() -> None:
    imported()
    claim = asked()
    sent = {"do": "prove", "key": claim.pk, "proof": "https://ailleurs.example/moi"}
    Person(claim.user).sends(PAGE, **sent)
    page = Person(talking.moderator()).opens("/forum/moderation/comptes").text
    assert "Cette adresse n" in page


def test_the_journal_tells_it_without_a_name() -> None:
    imported()
    claim = asked()
    decides(claim.pk, "claim", talking.moderator())
    line = list(journal.all_lines())[-1]
    assert line.verb == "NAME"
    assert not {"noor", "Ancienne", claim.code} & {str(value) for value in line.plain().values()}
    text = Person().opens("/forum/journal").text
    assert "rendus à leur auteur" in text
    assert "Ancienne" not in text
    assert "noor" not in text


@pytest.mark.parametrize("by_moderator", [False, True])
def test_what_was_given_back_can_be_put_back_under_the_old_name(by_moderator: bool) -> None:
    thread = imported()
    claim, modou = asked(), talking.moderator()
    decides(claim.pk, "claim", modou)
    Person(talking.member("autre")).sends(PAGE, do="undo", key=claim.pk)
    assert Post.objects.filter(origin=ORIGIN, author=None).count() == 0
    if by_moderator:
        decides(claim.pk, "unname", modou)
        assert Action.objects.latest("number").verb == "UNNAME"
    else:
        Person(claim.user).sends(PAGE, do="undo", key=claim.pk)
    assert Post.objects.filter(origin=ORIGIN, author=None, author_label="Ancienne").count() == 2
    assert "Ancienne" in Person().opens(thread.address).text
    assert not LabelClaim.objects.exists()


def test_posts_of_before_are_erased_for_who_proves_that_they_were_theirs() -> None:
    thread = imported()
    claim, modou = asked("removal"), talking.moderator()
    decides(claim.pk, "claim", modou)
    assert "Mot d" not in Person().opens(thread.address).text
    assert Action.objects.latest("number").verb == "WIPE"
    with pytest.raises(Refused):
        claiming.undo_claim(claim.pk, actor=modou, now=talking.later())


def test_who_asks_second_gets_nothing_of_what_was_given() -> None:
    imported()
    first, second, modou = asked(), asked(name="autre"), talking.moderator()
    decides(first.pk, "claim", modou)
    assert decides(second.pk, "claim", modou).status == 409
    decides(second.pk, "no-claim", modou)
    assert set(Post.objects.filter(origin=ORIGIN).values_list("author", flat=True)) == {
        first.user_id
    }
    assert "Refusé le" in Person(second.user).opens(PAGE).text


def test_a_request_can_be_dropped_and_leaves_nothing() -> None:
    imported()
    claim = asked()
    Person(claim.user).sends(PAGE, do="cancel", key=claim.pk)
    assert not LabelClaim.objects.exists()


def test_a_name_that_nobody_had_is_refused_and_what_was_typed_is_shown_again() -> None:
    imported()
    sent = {"do": "claim", "origin": ORIGIN, "label": "Inconnue"}
    page = Person(talking.member("noor")).sends(PAGE, **sent)
    assert page.status == 409
    assert "Inconnue" in page.text


def test_who_leaves_takes_the_old_name_along() -> None:
    imported()
    claim = asked()
    decides(claim.pk, "claim", talking.moderator())
    OFFERS[0].erase(claim.user, False, talking.later())
    assert not Post.objects.filter(author_label="Ancienne").exists()


def test_the_account_leads_there_only_where_a_forum_was_imported() -> None:
    noor = talking.member("noor")
    assert PAGE not in Person(noor).opens("/compte/").text
    imported()
    assert PAGE in Person(noor).opens("/compte/").text


@pytest.mark.parametrize("key", ["", "²", "٣", "-1", "9" * 40, "1; DROP"])
@pytest.mark.parametrize("what", ["prove", "cancel", "undo"])
def test_a_number_that_is_none_is_refused_in_words(what: str, key: str) -> None:
    answer = Person(talking.member("noor")).sends(PAGE, do=what, key=key, proof="https://a.example")
    assert answer.status in {302, 409}
