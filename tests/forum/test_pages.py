from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from contrechamp.forum.domain.states import State
from contrechamp.forum.forms.composing import seal
from contrechamp.forum.models import Draft, Flag, Post, Thread
from contrechamp.forum.services import arranging, placing, posting
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db


def mark() -> str:
    """Return the mark of a form that was shown a minute ago."""
    return seal(timezone.now() - timedelta(minutes=1))


def value_of(page: str, name: str) -> str:
    """Return what a hidden field of a page holds."""
    found: list[str] = re.findall(rf'name="{name}" value="([^"]*)"', page.partition("<main")[2])
    return found[0]


def written(page: str) -> str:
    """Return what stands in the form of words of a page."""
    found = re.search(r'<textarea id="f-text"[^>]*>([^<]*)', page)
    return found[1].strip() if found else ""


def test_a_visitor_reads_boards_threads_and_posts() -> None:
    thread = talking.thread(text="Voici **douze** caméras, voir #1.")
    visitor = Person()
    assert "Des caméras place Carnot" in visitor.opens("/forum").text
    assert "Des caméras place Carnot" in visitor.opens("/forum/general").text
    page = visitor.opens(thread.address)
    assert page.status == 200
    assert "<strong>douze</strong>" in page.text
    assert "Se connecter pour répondre" in page.text
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]


def test_the_bare_address_and_old_titles_lead_to_the_thread() -> None:
    thread = talking.thread()
    visitor = Person()
    assert visitor.opens(f"/forum/f/{thread.pk}").location == thread.address
    assert visitor.opens(f"/forum/f/{thread.pk}-autre").location == thread.address
    assert visitor.opens(f"/forum/m/{thread.pk}/1").location == f"{thread.address}#m1"


def test_a_member_previews_keeps_a_draft_and_publishes() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    seen = lea.sends(url, act="preview", text="Un *aperçu*", mark=mark())
    assert "<em>aperçu</em>" in seen.text
    assert "Un *aperçu*" in seen.text
    assert Draft.objects.get().source == "Un *aperçu*"
    assert "Un *aperçu*" in lea.opens("/forum/brouillons").text
    form = mark()
    done = lea.sends(url, act="send", text="Un *aperçu*", mark=form)
    assert done.location == f"/forum/m/{thread.pk}/2"
    assert not Draft.objects.exists()
    again = lea.sends(url, act="send", text="Un *aperçu*", mark=form)
    assert again.location == done.location
    assert Post.objects.count() == 2


def test_a_thread_is_opened_from_its_form() -> None:
    talking.board()
    lea = Person(talking.member())
    done = lea.sends(
        "/forum/nouveau",
        act="send",
        board="general",
        title="Une question simple",
        text="Qui a lu l'arrêté ?",
        mark=mark(),
    )
    thread = Thread.objects.get()
    assert done.location == f"/forum/m/{thread.pk}/1"
    assert "Qui a lu" in lea.opens(thread.address).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"mark": "faux"}, "plus d&#x27;un jour"),
        ({"website": "http://spam.example"}, "champ caché"),
        ({"text": "a" * 20_001}, "au plus 20000 signes"),
    ],
)
def test_what_is_not_taken_is_shown_again(fields: dict[str, str], says: str) -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    given = {"act": "send", "text": "Mon texte précieux", "mark": mark(), **fields}
    answer = lea.sends(f"/forum/repondre/{thread.pk}", **given)
    assert answer.status == 200
    assert says in answer.text
    assert given["text"] in answer.text
    assert Draft.objects.get().source == given["text"]


def test_a_locked_thread_and_a_limit_lose_no_word() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    arranging.lock(thread, True, actor=talking.moderator())
    url = f"/forum/repondre/{thread.pk}"
    answer = lea.sends(url, act="send", text="Mon texte précieux", mark=mark())
    assert "Ce fil est fermé" in answer.text
    assert "Mon texte précieux" in answer.text
    posting.withdraw(thread.posts.get(), actor=thread.author, now=talking.later())  # type: ignore[arg-type]
    gone = lea.sends(url, act="send", text="Encore précieux", mark=mark())
    assert gone.status == 409
    assert "Encore précieux" in gone.text


def test_after_a_lost_session_one_signs_in_on_the_page_and_is_back_at_the_text() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    person = Person()
    url = f"/forum/repondre/{thread.pk}"
    seen = person.sends(url, act="send", text="Écrit sans session", reply_to="1", mark=mark())
    assert "Écrit sans session" in seen.text
    assert value_of(seen.text, "next") == url
    entered = person.sends(
        "/connexion/",
        name="lea",
        passphrase="lampadaire girouette tambour noisette",
        next=value_of(seen.text, "next"),
    )
    assert entered.location == url
    page = person.opens(url)
    assert "Écrit sans session" in page.text
    assert value_of(page.text, "reply_to") == "1"

    person.sends(url, act="send", text="Écrit sans session", reply_to="1", mark=mark())
    assert thread.posts.filter(source="Écrit sans session").exists()
    assert "Écrit sans session" not in written(person.opens(url).text)


def test_what_was_typed_without_a_session_is_newer_than_a_draft() -> None:
    lea = talking.member()
    post = talking.thread(lea).posts.get()
    url = f"/forum/changer/{post.pk}"
    Person(lea).sends(url, act="draft", text="Un vieux brouillon")
    person = Person()
    person.sends(url, act="send", text="Des mots neufs", mark=mark())
    person.browser.force_login(lea)
    assert written(person.opens(url).text) == "Des mots neufs"


@pytest.mark.parametrize("signed_in", [True, False], ids=["member", "visitor"])
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "plus d&#x27;un jour"),
        ({"mark": "zorglub"}, "plus d&#x27;un jour"),
        ({"mark": "now"}, "très rapide"),
        ({"mark": "old", "website": "x"}, "champ caché"),
    ],
)
def test_a_flag_that_no_person_can_have_typed_is_asked_for_again(
    more: dict[str, str], says: str, *, signed_in: bool
) -> None:
    thread = talking.thread(talking.member())
    person = Person(talking.member("tom") if signed_in else None)
    url = f"/forum/signaler/{thread.pk}/1"
    typed = {
        **{"category": "SPAM", "note": "Mes mots gardés", "why": f"Mes mots gardés {'x' * 60}"},
        **{"name": "Nadège", "email": "n@example.org", "good_faith": "on"},
    }
    marks = {"now": seal(timezone.now()), "old": mark()}
    more = more | {"mark": marks.get(more.get("mark", ""), more.get("mark", ""))}
    page = person.sends(url, **typed, **more)
    assert page.status == 409
    assert says in page.text
    assert "Mes mots gardés" in page.text
    assert not Flag.objects.exists()

    assert value_of(page.text, "mark")
    assert person.sends(url, **typed, mark=mark()).status == 302
    assert Flag.objects.count() == 1


def test_the_note_of_a_flag_without_a_session_is_kept_for_the_notice() -> None:
    thread = talking.thread(talking.member())
    page = Person().sends(f"/forum/signaler/{thread.pk}/1", note="Mes mots gardés", mark=mark())
    assert "Mes mots gardés" in page.text


def test_personal_words_ask_for_one_more_click() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    text = "Appelez Mme Martin au 06 12 34 56 78"
    warned = lea.sends(url, act="send", text=text, mark=mark())
    assert "un numéro de téléphone" in warned.text
    assert Post.objects.count() == 1
    assert lea.sends(url, act="send", text=text, sure="1", mark=mark()).status == 302


def test_what_is_removed_keeps_its_line_and_no_word() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    post = talking.reply(thread, lea, "Phrase à oublier")
    placing.take_away(post, State.REMOVED, "off_topic", now=talking.later())
    page = Person().opens(thread.address).text
    assert "Message retiré par la modération" in page
    assert "Phrase à oublier" not in page


def test_quoting_fills_the_text() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user, text="Douze caméras.")
    page = lea.opens(f"/forum/repondre/{thread.pk}?reponse=1&citer=1")
    assert "&gt; Douze caméras." in page.text
    assert "&gt; **lea** (#1)" in page.text


def test_an_edit_is_shown_with_what_was_said_before() -> None:
    lea = talking.member()
    thread = talking.thread(lea, at=timezone.now() - timedelta(hours=2))
    post = thread.posts.get()
    person = Person(lea)
    answer = person.sends(
        f"/forum/changer/{post.pk}",
        act="send",
        text="Onze caméras.",
        reason="recompté",
        mark=mark(),
    )
    assert answer.status == 302
    page = Person().opens(f"/forum/m/{thread.pk}/1/versions")
    assert "recompté" in page.text
    assert "douze caméras" in page.text


def test_a_moderator_arranges_a_thread_and_a_member_cannot() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    url = f"/forum/ranger/{thread.pk}"
    assert Person(lea).opens(url).status == 404
    modou = Person(talking.moderator())
    assert modou.opens(url).status == 200
    modou.sends(url, act="pin")
    modou.sends(url, act="tags", tags="place:commune:42218\ntechnology:vsa")
    thread.refresh_from_db()
    assert thread.pinned
    assert "commune:42218" in Person().opens("/forum/general").text


def test_a_thread_of_many_posts_is_read_in_few_questions(
    django_assert_max_num_queries: object,
) -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    for _ in range(44):
        talking.reply(thread, lea)
    placing.take_away(thread.posts.get(n=30), State.HIDDEN, "", now=talking.later())
    page = Person().opens(f"{thread.address}?page=2")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        page = Person().opens(f"{thread.address}?page=2")
    assert 'id="m21"' in page.text
    assert 'id="m40"' in page.text
    assert 'id="m41"' not in page.text
    assert Person().opens(f"{thread.address}?page=4").status == 404
