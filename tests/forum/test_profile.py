"""The public page of a member shows of the forum what its reader may read."""

from __future__ import annotations

import pytest

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
