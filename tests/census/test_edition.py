"""Which state of the public site is shown: a word that what is dear to make is kept by."""

from __future__ import annotations

import pytest

from contrechamp.census.models import Edition
from contrechamp.census.published import edition, facts_edition
from contrechamp.census.services import begin_edition
from contrechamp.foundation.signals import public_changed

pytestmark = pytest.mark.django_db


def test_an_installation_keeps_from_the_start_and_its_edition_stays() -> None:
    Edition.objects.all().delete()
    assert (edition(), facts_edition()) == ("", "")
    begin_edition()
    word = edition()
    begin_edition()
    assert word
    assert (edition(), facts_edition()) == (word, word)


def test_a_fact_changes_both_words() -> None:
    begin_edition()
    word = edition()
    public_changed.send(object, refs=["census:fact:clm-0000000000"])
    assert edition() != word
    assert facts_edition() == edition()


def test_a_document_leaves_the_facts_as_they_were() -> None:
    begin_edition()
    word = edition()
    public_changed.send(object, refs=["documents:page:00/1"])
    assert edition() != word
    assert facts_edition() == word


def test_the_first_news_is_no_empty_word() -> None:
    Edition.objects.all().delete()
    public_changed.send(object, refs=["documents:page:00/1"])
    assert edition()
    assert facts_edition()
