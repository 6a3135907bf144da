"""The public page of a member shows of the forum what its reader may read."""

from __future__ import annotations

import pytest

from contrechamp.accounts.services import standing as accounts
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db


def test_a_published_post_is_on_its_authors_page(visitor: Person) -> None:
    talking.thread(talking.member("lea"), "Des caméras place Carnot")
    text = visitor.opens("/membres/lea/").text
    assert "Des caméras place Carnot" in text
    assert "douze caméras" in text


def test_a_post_that_waits_is_not(visitor: Person) -> None:
    talking.thread(talking.member("lea", confirmed=False), "Des caméras place Carnot")
    assert "place Carnot" not in visitor.opens("/membres/lea/").text


def test_posts_of_a_blocked_person_are_folded_for_who_blocks_them_alone() -> None:
    lea, tom = talking.member(), talking.member("tom")
    thread = talking.thread(lea)
    talking.reply(thread, tom, "Mots que lea ne veut plus lire.")
    accounts.block(lea, tom, now=talking.later())
    folded = "Message d'une personne que vous avez bloquée"

    hers = Person(lea).opens(thread.address).text
    assert hers.count(folded) == 1
    assert "Mots que lea ne veut plus lire." in hers.partition(folded)[2]
    for other in (None, tom):
        assert folded not in Person(other).opens(thread.address).text
