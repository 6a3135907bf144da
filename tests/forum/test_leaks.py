"""Nothing shows what `visible_posts` denies: drawn at random, looked for everywhere."""

from __future__ import annotations

import random

import pytest

from contrechamp.forum import queries
from contrechamp.forum.domain.states import State
from contrechamp.forum.findable import FINDABLE, all_posts
from contrechamp.forum.models import Board, Post, Thread
from contrechamp.forum.services import placing, posting
from contrechamp.forum.services.leaving import erase_words
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db


def word(number: int) -> str:
    """Return a word that stands in one post alone."""
    return f"secret{number:04d}mot"


@pytest.mark.parametrize("seed", range(4))
def test_no_page_feed_or_index_shows_what_may_not_be_read(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    people = [talking.member(f"p{n}", confirmed=n != 2) for n in range(3)]
    talking.board()
    Board.objects.filter(slug="aide").update(members_only=True)
    numbers = iter(range(1000))
    for _ in range(4):
        where = dice.choice(["general", "aide"])
        author = dice.choice(people)
        title = f"Fil {word(next(numbers))}"
        thread = talking.thread(author, title, word(next(numbers)), where=where)
        if not thread.published_count:
            if dice.random() < 0.5:
                continue
            posting.publish(thread.posts.get(), now=talking.later())
        for _ in range(dice.randrange(4)):
            talking.reply(thread, dice.choice(people), word(next(numbers)))
    for post in Post.objects.filter(state=State.PUBLISHED):
        fate = dice.choice([None, None, State.HIDDEN, State.REMOVED, State.WITHDRAWN])
        if fate:
            placing.take_away(post, fate, "", now=talking.later())

    for thread in Thread.objects.all():
        kind = dice.choice(["", "", "place", "project", "request", "act", "of-no-room"])
        Thread.objects.filter(pk=thread.pk).update(subject_kind=kind, subject_id=kind and "none")
    drawn = next(numbers)
    for reader in (None, people[0], people[2]):
        known = list(Thread.objects.select_related("board"))
        may_read = set(queries.visible_threads(reader).values_list("pk", flat=True))
        assert queries.readable(known, reader) == may_read
        allowed = {post.source for post in queries.visible_posts(reader)}
        allowed |= {thread.title for thread in queries.visible_threads(reader)}
        seen = everything_seen(Person(reader))
        own = {post.source for post in Post.objects.filter(author=reader)} if reader else set()
        own |= (
            {thread.title for thread in Thread.objects.filter(author=reader)} if reader else set()
        )
        for number in range(drawn):
            shown = word(number) in seen
            permitted = any(word(number) in text for text in allowed)
            assert shown <= (permitted or any(word(number) in text for text in own)), number
            assert permitted <= shown, number
    public = {post.source for post in queries.visible_posts(None)}
    assert {entry.text for entry in all_posts()} == public


def everything_seen(person: Person) -> str:
    """Return all that somebody can get of the forum, asked by every address that there is."""
    addresses = ["/forum", "/forum.atom", "/forum.jsonfeed"]
    for board in Board.objects.all():
        addresses += [f"/forum/{board.slug}{end}" for end in ("", ".atom", ".jsonfeed")]
    for post in Post.objects.select_related("thread"):
        base = post.thread.address
        addresses += [base, f"{base}.atom", f"{base}.jsonfeed"]
        if post.n:
            addresses += [post.address, f"{post.address}/versions"]
    return "".join(person.opens(each).text for each in dict.fromkeys(addresses))


def test_a_hidden_post_is_no_more_to_be_found() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    post = talking.reply(thread, lea, "Mots à chercher")
    assert [entry.text for entry in FINDABLE.some([post.ref])] == ["Mots à chercher"]
    placing.take_away(post, State.HIDDEN, "", now=talking.later())
    assert list(FINDABLE.some([post.ref])) == []


def test_who_leaves_with_their_words_leaves_none() -> None:
    lea, tom = talking.member(), talking.member("tom")
    thread = talking.thread(lea, "Un titre à moi seule", "Mes mots à moi")
    talking.reply(thread, tom, "Une réponse")
    erase_words(lea, now=talking.later())
    page = Person().opens(f"/forum/m/{thread.pk}/2")
    text = Person().opens(page.location.partition("#")[0]).text
    assert "Une réponse" in text
    assert "Mes mots" not in text
    assert "Un titre à moi" not in text
    assert not Post.objects.filter(source__contains="Mes mots").exists()


def test_a_feed_that_is_known_costs_two_questions(django_assert_max_num_queries: object) -> None:
    talking.thread()
    visitor = Person()
    first = visitor.opens("/forum.atom")
    tag = first.headers["ETag"]
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        again = visitor.browser.get("/forum.atom", headers={"if-none-match": tag})
    assert again.status_code == 304
