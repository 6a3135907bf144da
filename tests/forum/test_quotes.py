"""Who leaves with their words leaves quotes in posts of others: a moderator decides of each."""

from __future__ import annotations

import pytest
from django.utils import timezone

from contrechamp.forum.domain import quotes
from contrechamp.forum.domain.flags import QUOTES_ERASED
from contrechamp.forum.domain.markdown import quoted
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Flag, Post
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.services import moderating
from contrechamp.forum.services.leaving import erase_words
from tests.forum import talking
from tests.people import Person

SAID = "Le capteur de la rue Haute\nécoute aussi les voix des passants."


@pytest.mark.parametrize(
    ("source", "does"),
    [
        (quoted(SAID, name="lea", n=2) + "D'accord.", True),
        ("> écoute aussi **les voix** des passants\n\nVraiment ?", True),
        ("Elle dit « le capteur de la rue haute » sans preuve.", True),
        ("> **lea** (#2) :\n>\n> Oui.", True),
        ("> Merci à tous", False),
        ("> Une autre phrase, de quelqu'un d'autre.", False),
        ("Le capteur de la rue Haute écoute.", False),
        ("", False),
    ],
)
def test_a_quote_is_known_by_its_name_or_its_words(source: str, does: bool) -> None:
    assert quotes.quotes(source, name="lea", texts=[quotes.words_of(SAID)]) is does


@pytest.mark.django_db
def test_quotes_of_who_left_wait_in_the_queue_with_why() -> None:
    lea, tom, modou = talking.member(), talking.member("tom"), talking.moderator()
    thread = talking.thread(lea, "Un capteur", SAID)
    by_words = talking.reply(thread, tom, "> écoute aussi les voix des passants.\n\nVraiment ?")
    silent = talking.reply(thread, tom, "Je n'en sais rien du tout.")
    elsewhere = talking.thread(tom, "Un autre fil", quoted(SAID, name="lea", n=1) + "Lu ailleurs.")
    now = timezone.now()
    erase_words(lea, now=now)
    asked = {by_words.pk, elsewhere.posts.get().pk}
    assert set(Flag.objects.values_list("post", flat=True)) == asked
    assert {flag.by for flag in Flag.objects.all()} == {None}
    assert {row.post.pk for row in queries.queue(modou, now)} == asked
    assert silent.pk not in asked
    assert queries.wait(now).waiting == 2
    page = Person(modou).opens(f"/forum/moderation/{by_words.pk}").text
    assert "partie en effaçant ses textes" in page
    assert "le forum, de lui-même" in page
    assert "keep-abusive" not in page
    erase_words(lea, now=now)
    assert Flag.objects.count() == 2


@pytest.mark.django_db
def test_a_moderator_keeps_a_quote_or_takes_it_away_and_the_queue_is_empty() -> None:
    lea, tom, modou = talking.member(), talking.member("tom"), talking.moderator()
    thread = talking.thread(lea, "Un capteur", SAID)
    first, second = (
        talking.reply(thread, tom, quoted(SAID, name="lea", n=1) + word) for word in ("Un", "Deux")
    )
    now = timezone.now()
    erase_words(lea, now=now)
    moderating.keep(first.pk, actor=modou, now=now)
    moderating.remove(second.pk, reason="PRIVATE_DATA", actor=modou, now=now)
    assert queries.wait(now).waiting == 0
    states = dict(Flag.objects.filter(category=QUOTES_ERASED).values_list("post", "state"))
    assert states == {first.pk: "DISMISSED", second.pk: "UPHELD"}
    assert Post.objects.get(pk=second.pk).state == State.REMOVED
    assert Post.objects.get(pk=first.pk).state == State.PUBLISHED


@pytest.mark.django_db
def test_a_former_text_that_quotes_is_asked_of_too() -> None:
    lea, tom = talking.member(), talking.member("tom")
    thread = talking.thread(lea, "Un capteur", SAID)
    post = talking.reply(thread, tom, "Sans citation.")
    post.revisions.create(source="> écoute aussi les voix des passants", by=tom, at=timezone.now())
    erase_words(lea, now=timezone.now())
    assert Flag.objects.get().post_id == post.pk
