"""What search shows of talk follows the thing that is talked about, and the board."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from contrechamp.accounts.models import User
from contrechamp.census import services as census
from contrechamp.documents import services as documents
from contrechamp.documents.models import Document
from contrechamp.foi import services as foi
from contrechamp.forum.domain.subjects import after
from contrechamp.forum.models import Thread
from contrechamp.forum.queries.subjects import kinds
from contrechamp.forum.services import following
from contrechamp.kernel.errors import Refused
from contrechamp.search import services as search
from contrechamp.search.models import Dirty
from contrechamp.watch import services as watch
from contrechamp.watch.models import PublicAct
from tests.cases.actions import opened
from tests.foi.requests import asked, at
from tests.forum import talking
from tests.observatory import NOW, Observatory, observatory
from tests.people import Person
from tests.watch import invented

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """The index of one test is not that of the next."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    """A small observatory."""
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


WORD = "zorglubique"


def about(subject: str, author: User) -> Thread:
    """Open a thread about something, with a word that stands nowhere else; index it."""
    thread = talking.thread(author, text=f"Un mot {WORD}.", subject=subject)
    search.rebuild()
    Dirty.objects.all().delete()
    return thread


def found() -> int:
    """Return how many things a visitor finds with that word, shown and counted."""
    said = json.loads(Person().opens(f"/recherche.json?q={WORD}").content)
    assert said["total"] == len(said["results"])
    return len(said["results"])


def test_posts_of_a_board_that_closes_leave_search_at_once_and_come_back() -> None:
    lea = talking.member()
    thread = about("", lea)
    assert found() == 1

    following.open_board("general", members_only=True)
    assert list(Dirty.objects.values_list("ref", flat=True)) == [f"forum:post:{thread.pk}/1"]
    assert found() == 0
    search.refresh()
    following.open_board("general", members_only=True)
    assert not Dirty.objects.exists(), "again changes nothing"

    following.open_board("general", members_only=False)
    search.refresh()
    assert found() == 1
    with pytest.raises(Refused, match="zorglub"):
        following.open_board("zorglub", members_only=True)


def test_talk_about_a_request_leaves_search_with_it() -> None:
    request = asked()
    author = request.author
    foi.publish(request, actor=author, now=at("01-20"))
    about(f"request:{request.pk}", author)
    assert found() == 1

    foi.withdraw_publication(request, reason="Une erreur.", actor=author, now=at("01-21"))
    assert found() == 0
    search.refresh()
    foi.undo_publication(request, actor=author, now=at("01-22"))
    search.refresh()
    assert found() == 1


def test_talk_about_a_document_leaves_search_with_it(here: Observatory) -> None:
    about(f"document:{here.sha256}", talking.member())
    assert found() == 1

    document = Document.objects.get(versions__file=here.sha256)
    documents.withdraw_document(document, actor=here.editor, now=NOW, reason="Une erreur.")
    assert found() == 0


def test_talk_about_a_record_or_a_fact_leaves_search_with_it(here: Observatory) -> None:
    about(f"claim:{here.kept.pk}", talking.member())
    assert found() == 1

    census.withdraw([here.kept.pk], actor=here.editor, now=NOW, reason="Erreur.")
    assert found() == 0


def test_talk_about_an_act_leaves_search_with_it(gazetteer: None, here: Observatory) -> None:
    ban = invented.flight(1, technology="demonstration_ban", decision="ban", operator=None)
    watch.take_in([ban], now=NOW)
    watch.accept([ban["id"]], actor=here.author, now=NOW)
    watch.publish([ban["id"]], reviewer=here.editor, now=NOW)
    act = PublicAct.objects.get()
    about(f"act:{act.slug}", talking.member())
    assert found() == 1

    watch.withdraw([ban["id"]], actor=here.editor, now=NOW, note="mal lue")
    assert found() == 0


def test_refs_name_what_threads_are_about(here: Observatory) -> None:
    action = opened()
    assert after("a:b:")(["a:b:1", "a:c:2"]) == ["1"]
    assert list(kinds()["case"].named([f"cases:action:{action.pk}"])) == [action.pk]
    assert list(kinds()["project"].named([f"census:entity:{here.project.pk}"])) == [here.project.pk]
    document = Document.objects.get(versions__file=here.sha256)
    named = kinds()["document"].named([f"documents:document:{document.pk}", "documents:page:f00/2"])
    assert set(named) == {here.sha256, "f00"}


def test_the_operator_says_who_reads_a_board(monkeypatch: pytest.MonkeyPatch) -> None:
    command = import_module("contrechamp.cli.commands.forum")
    monkeypatch.setattr(command, "ensure_ready", lambda: None)
    talking.board()
    said = CliRunner().invoke(command.command, ["readers", "general", "members"])
    assert (said.exit_code, said.output.strip()) == (0, "general\xa0: lu par les membres seuls.")
    assert Person().opens("/forum/general").status == 404
