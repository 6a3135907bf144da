"""Whoever writes the index may be killed at any moment: by a person, the system or a power cut."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

from contrechamp.search import services
from contrechamp.search.domain import parse
from contrechamp.search.engines import Request
from contrechamp.search.models import Dirty
from contrechamp.search.queries import Query, engine, search

from .conftest import Shelf, entry

Kill = Callable[[str], int]

WRITER = """
import itertools, sys
import django
django.setup()
from django.db import connection
from contrechamp.foundation.plug import Entry
from contrechamp.search import services
from contrechamp.search.models import Dirty
from contrechamp.search.services import indexing
with connection.schema_editor() as editor:
    editor.create_model(Dirty)

def thing(n):
    return Entry(ref=f"shelf:page:new{n}", kind="page", title="", text="caméra " * 50, url="")

def endless(each=None):
    for n in itertools.count() if each is None else range(each):
        if n == 3_000:
            print(n, flush=True)
        yield thing(n)

class Endless(dict):
    def values(self):
        return endless()

def some(refs):
    return {ref: thing(ref.removeprefix("shelf:page:new")) for ref in refs}

indexing.placed = lambda entries: entries
indexing.public_entries = endless
if sys.argv[1] == "rebuild":
    services.rebuild()
if sys.argv[1] == "put":
    indexing.hydrate = lambda refs: Endless()
    services.note(["shelf:page:0"])
    services.refresh()
if sys.argv[1] == "commit":
    indexing.hydrate = some
    for n in itertools.count():
        services.note(f"shelf:page:new{n}-{k}" for k in range(50))
        services.refresh()
        print((n + 1) * 50, flush=True)
"""


@pytest.fixture
def kill(shelf: Shelf) -> Kill:
    """Return what starts a process that writes, and kills it when it has said that it does."""

    def kill(what: str) -> int:
        writer = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITER, what],
            stdout=subprocess.PIPE,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
                "CONTRECHAMP_DATA": str(settings.CONTRECHAMP.data),
            },
        )
        assert writer.stdout is not None
        said = int(writer.stdout.readline() or 0)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        rest = writer.stdout.read().split()
        writer.stdout.close()
        return int(rest[-1]) if rest else said

    return kill


def _request(text: str) -> Request:
    return Request(parsed=parse(text))


def total(text: str) -> int:
    return search(Query(text=text)).total


@pytest.mark.parametrize("what", ["put", "rebuild"])
def test_killed_in_the_middle_it_leaves_what_was_there_and_its_place(
    shelf: Shelf, kill: Kill, what: str
) -> None:
    shelf.publishes(entry("1", "drone"), entry("2", "drone"))
    shelf.things |= {"shelf:page:3": entry("3", "drone"), "shelf:page:2": entry("2", "rien")}
    services.note(["shelf:page:2", "shelf:page:3"])

    assert kill(what) >= 3_000
    assert (total("drone"), total("caméra")) == (2, 0)
    assert services.refresh()
    assert not Dirty.objects.exists()
    assert (total("drone"), total("caméra"), total("rien")) == (2, 0, 1)


def test_a_rebuild_after_a_killed_one_leaves_nothing_of_it(shelf: Shelf, kill: Kill) -> None:
    shelf.publishes(entry("1", "drone"))
    assert kill("rebuild") >= 3_000
    services.rebuild()
    assert total("drone") == 1
    folders = [each for each in (settings.CONTRECHAMP.data / "index").iterdir() if each.is_dir()]
    assert len(folders) == 1


def test_killed_among_many_commits_each_of_them_is_there_whole_or_not_at_all(
    shelf: Shelf, kill: Kill
) -> None:
    shelf.publishes(entry("1", "drone"))
    done = kill("commit")
    found = engine().find(_request("caméra")).total
    assert found >= done > 0
    assert found % 50 == 0
    shelf.publishes(entry("2", "drone"))
    assert engine().find(_request("drone")).total == 2
