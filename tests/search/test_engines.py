"""Every engine keeps the same promises: each test runs once per engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import parse
from contrechamp.search.engines import Engine, Found, Range, Request
from contrechamp.search.engines.embedded import Embedded

from .conftest import entry, order

ENGINES: list[Callable[[Path], Engine]] = [Embedded]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = request.param(tmp_path / "index")
    return made


def put(engine: Engine, *entries: Entry) -> None:
    engine.put(entries)
    engine.commit()


def ask(engine: Engine, text: str = "", **options: Any) -> Found:
    return engine.find(Request(parsed=parse(text), **options))


def refs(found: Found) -> list[str]:
    return [hit.ref.rpartition(":")[2] for hit in found.hits]


def test_an_engine_without_an_index_finds_nothing(engine: Engine) -> None:
    assert not engine.exists()
    assert ask(engine, "caméra") == Found()
    assert engine.near("cam", limit=3) == []


def test_words_are_found_without_their_accents_and_plural(engine: Engine) -> None:
    put(engine, entry("1", "Des caméras déployées à Nîmes"), entry("2", "Rien"))
    for text in ("caméra", "CAMERAS", "deploye nimes", "cameras déployer"):
        assert refs(ask(engine, text)) == ["1"], text


def test_all_words_must_be_there(engine: Engine) -> None:
    put(engine, entry("1", "drone et caméra"), entry("2", "drone"))
    assert refs(ask(engine, "drone caméra")) == ["1"]
    assert set(refs(ask(engine, "drone caméra", any_word=True))) == {"1", "2"}


def test_a_phrase_is_found_in_its_order_only(engine: Engine) -> None:
    put(engine, entry("1", "police municipale armée"), entry("2", "municipale est la police"))
    assert refs(ask(engine, '"police municipale"')) == ["1"]


def test_phrases_of_frequent_words_are_found_like_any_other(engine: Engine) -> None:
    texts = {
        "1": "la police de la ville de Nice",
        "2": "de ville la police, de Nice la",
        "3": "la de la de la ville",
        "4": "de la",
    }
    fresh = engine.fresh(texts.values())
    fresh.put(
        entry(key, text, title="la ville de" if key == "4" else "") for key, text in texts.items()
    )
    fresh.commit()
    engine.adopt(fresh)
    put(engine, entry("5", "plaque de la police"))
    for phrase, found in {
        "de la": "1345",
        "la de": "3",
        "ville de": "14",
        "de la ville": "13",
        "la police de la": "1",
        "la police": "125",
        "de la police": "5",
        "plaque de la": "5",
        "la la": "",
    }.items():
        assert "".join(sorted(refs(ask(engine, f'"{phrase}"')))) == found, phrase
    assert refs(ask(engine, 'titre:"ville de"')) == ["4"]
    assert set(refs(ask(engine, 'police -"la police"'))) == set()


def test_a_word_can_be_excluded(engine: Engine) -> None:
    put(engine, entry("1", "drone agricole"), entry("2", "drone de police"))
    assert refs(ask(engine, "drone -agricole")) == ["2"]
    assert refs(ask(engine, "-agricole")) == ["2"]


def test_a_beginning_finds_what_begins_so(engine: Engine) -> None:
    put(engine, entry("1", "vidéoprotection"), entry("2", "la vie"))
    assert refs(ask(engine, "vidéo*")) == ["1"]
    assert refs(ask(engine, "la vie*")) == ["2"]


def test_what_begins_so_in_its_title_is_found_among_the_kinds_asked(engine: Engine) -> None:
    put(
        engine,
        entry("1", title="Vidéosurveillance à Nice", kind="project"),
        entry("2", title="Marché de vidéo", kind="contract", weight=3.0),
        entry("3", title="Arrêté vidéo, p. 3", kind="page"),
        entry("4", "vidéo", title="Drones", kind="project"),
    )
    kinds = (("kind", ("project", "contract")),)
    assert refs(ask(engine, "titre:vidé*", filters=kinds)) == ["2", "1"]
    assert set(refs(ask(engine, "titre:vidé*"))) == {"1", "2", "3"}
    assert refs(ask(engine, "titre:vidé* titre:nic*", filters=kinds)) == ["1"]
    assert refs(ask(engine, "titre:vidé*", filters=(("kind", ("page",)),))) == ["3"]


def test_the_title_counts_more_than_the_text(engine: Engine) -> None:
    put(engine, entry("1", "drone " * 3, title="Arrêté"), entry("2", "Rien", title="Drone"))
    assert refs(ask(engine, "drone")) == ["2", "1"]
    assert refs(ask(engine, "titre:drone")) == ["2"]


def test_other_names_and_numbers_are_searched(engine: Engine) -> None:
    put(engine, entry("1", "Ville", also="210600888 Nissa"))
    assert refs(ask(engine, "210600888")) == ["1"]
    assert refs(ask(engine, "nissa")) == ["1"]


def test_what_is_put_again_replaces_what_was(engine: Engine) -> None:
    put(engine, entry("1", "drone"))
    put(engine, entry("1", "caméra"))
    assert ask(engine, "drone").total == 0
    assert ask(engine, "caméra").total == 1


def test_what_is_forgotten_is_found_no_more(engine: Engine) -> None:
    """tantivy deletes nothing, and says nothing, by a key that is not text."""
    put(engine, entry("1", "drone"), entry("2", "drone"))
    engine.forget(["shelf:page:1"])
    engine.commit()

    found = ask(engine, "drone", facets=("kind",))
    assert (found.total, refs(found), found.facets) == (1, ["2"], {"kind": [("page", 1)]})


def test_nothing_is_found_before_it_is_committed(engine: Engine) -> None:
    put(engine, entry("1", "drone"))
    engine.put([entry("2", "drone")])
    assert ask(engine, "drone").total == 1
    engine.commit()
    assert ask(engine, "drone").total == 2


def test_another_process_sees_a_commit(engine: Engine, tmp_path: Path) -> None:
    put(engine, entry("1", "drone"))
    other = type(engine)(tmp_path / "index")  # type: ignore[call-arg]
    assert ask(other, "drone").total == 1
    put(engine, entry("2", "drone"))
    assert ask(other, "drone").total == 2


def test_clear_forgets_everything(engine: Engine) -> None:
    put(engine, entry("1", "drone"))
    engine.clear()
    engine.commit()
    assert ask(engine).total == 0


def test_a_fresh_index_is_searched_once_it_is_adopted(engine: Engine, tmp_path: Path) -> None:
    put(engine, entry("1", "drone"))
    other = type(engine)(tmp_path / "index")  # type: ignore[call-arg]
    assert ask(other, "drone").total == 1
    fresh = engine.fresh()
    put(fresh, entry("2", "caméra"))

    assert ask(engine, "caméra").total == 0
    engine.adopt(fresh)
    for each in (engine, other):
        assert (ask(each, "drone").total, ask(each, "caméra").total) == (0, 1)
    put(engine, entry("3", "caméra"))
    assert ask(other, "caméra").total == 2


def test_facets_are_counted_and_filter(engine: Engine) -> None:
    put(
        engine,
        order("1", technologies=("tec-1", "tec-2")),
        order("2", date=date(2020, 1, 1), kind="fact", status="alleged"),
        order("3", places=("commune:06004", "departement:06")),
    )
    facets = ("kind", "technology", "area", "commune", "year", "status")
    found = ask(engine, "caméras", facets=facets)
    assert {name: dict(counts) for name, counts in found.facets.items()} == {
        "kind": {"page": 2, "fact": 1},
        "technology": {"tec-1": 1, "tec-2": 1},
        "area": {"departement:06": 3},
        "commune": {"commune:06088": 2, "commune:06004": 1},
        "year": {"2021": 2, "2020": 1},
        "status": {"documented": 2, "alleged": 1},
    }
    assert refs(ask(engine, filters=(("year", ("2020",)),))) == ["2"]
    assert refs(ask(engine, filters=(("place", ("commune:06004", "commune:x")),))) == ["3"]
    assert set(refs(ask(engine, without=(("kind", ("fact",)),)))) == {"1", "3"}


def test_what_is_hidden_is_neither_found_nor_counted(engine: Engine) -> None:
    put(engine, order("1"), order("2"))
    found = ask(engine, "caméras", hidden=["shelf:page:1"], facets=("year",))
    assert (found.total, refs(found), found.facets) == (1, ["2"], {"year": [("2021", 1)]})


def test_counts_are_exact_with_many_values_in_many_segments(engine: Engine) -> None:
    for part in range(4):
        communes = (f"commune:{part:02}{n:03}" for n in range(200))
        put(engine, *(order(f"{part}-{code}", places=(code, "commune:00000")) for code in communes))
    (counts,) = ask(engine, facets=("commune",)).facets.values()
    assert dict(counts)["commune:00000"] == 800
    assert len(counts) == 800


def test_dates_order(engine: Engine) -> None:
    put(
        engine,
        order("1", at=datetime(2026, 1, 3, tzinfo=UTC)),
        order("2", date=date(2024, 1, 1), at=datetime(2026, 1, 1, tzinfo=UTC)),
        order("3", date=None, at=datetime(2026, 1, 2, tzinfo=UTC)),
    )
    assert refs(ask(engine, "caméras", order="date")) == ["2", "1", "3"]
    assert refs(ask(engine, "caméras", order="new")) == ["1", "3", "2"]


def test_the_weight_decides_among_equals(engine: Engine) -> None:
    put(engine, order("1"), order("2", weight=2.0))
    assert refs(ask(engine, "caméras")) == ["2", "1"]


def test_weights_order_pages_of_results_as_they_order_all(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = (1.0, 0.0, 1.0, 3.5, 1.0, 1.0, 9.0)
    for part in range(3):
        put(
            engine,
            *(
                order(f"{part}-{n}", weight=weight, text="caméra " * (n + 1))
                for n, weight in enumerate(weights)
            ),
        )
    whole = ask(engine, "caméra", limit=30)
    assert whole.total == 21
    pages = [ask(engine, "caméra", limit=4, offset=at) for at in range(0, 21, 4)]
    assert [hit.ref for page in pages for hit in page.hits] == [hit.ref for hit in whole.hits]
    monkeypatch.setattr("contrechamp.search.engines.embedded.best.MOST_MERGED", 0)
    assert [hit.ref for hit in ask(engine, "caméra", limit=30).hits] == [
        hit.ref for hit in whole.hits
    ]


def test_in_a_crowd_words_side_by_side_come_first_and_pages_follow_each_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("tribunal puis un jour enfin le refus", "le tribunal confirme le refus")
    for part in range(4):
        crowd = (order(f"{part}-{n}", text=texts[n % 4 == 0], weight=n % 3) for n in range(12))
        put(engine, *crowd)
    whole = ask(engine, "tribunal refus", limit=60)
    assert whole.total == 48
    monkeypatch.setattr("contrechamp.search.engines.embedded.best.CROWD", 2)

    again = ask(engine, "tribunal refus", limit=60)  # All of it lies in the window.
    assert refs(again) == refs(whole)
    monkeypatch.setattr("contrechamp.search.engines.embedded.best.WINDOW", 20)
    pages = [ask(engine, "tribunal refus", limit=7, offset=at) for at in range(0, 48, 7)]
    assert {page.total for page in pages} == {48}
    seen = [ref for page in pages for ref in refs(page)]
    assert len(seen) == len(set(seen)) == 48
    assert seen == refs(ask(engine, "tribunal refus", limit=60))
    scores = [hit.score for page in pages for hit in page.hits]
    assert scores[:20] == sorted(scores[:20], reverse=True)
    assert scores[20:] == sorted(scores[20:], reverse=True)


def test_pages_follow_each_other(engine: Engine) -> None:
    put(engine, *(order(str(n)) for n in range(30)))
    first, second = ask(engine, "caméras", limit=20), ask(engine, "caméras", limit=20, offset=20)
    assert (first.total, len(first.hits), len(second.hits)) == (30, 20, 10)
    assert not set(refs(first)) & set(refs(second))


@pytest.mark.parametrize("by", ["relevance", "date", "new"])
@pytest.mark.parametrize("text", ["", "caméras", "vidéo*"])
def test_among_equals_no_page_of_results_repeats_or_skips_one(
    engine: Engine, text: str, by: str
) -> None:
    for part in range(5):  # Each commit is a segment of its own, or merged with another.
        put(engine, *(order(f"{part}-{n}") for n in range(40)))
    asked = [ask(engine, text, order=by, limit=7, offset=at) for at in range(0, 200, 7)]
    seen = [ref for found in asked for ref in refs(found)]
    assert len(seen) == 200
    assert len(set(seen)) == 200


@pytest.mark.parametrize("by", ["relevance", "date", "new"])
def test_pages_of_one_document_stay_together_in_their_order(engine: Engine, by: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for part in "bac":
        pages = (order(f"{part}{n}", page=n, document=part * 64, at=at) for n in (3, 1, 2))
        put(engine, *pages)
    seen = refs(ask(engine, order=by))
    assert [key[1] for key in seen] == list("123123123")
    assert len({key[0] for key in seen[:3]}) == 1


def test_days_lie_within_a_range_with_both_its_ends(engine: Engine) -> None:
    days = {"1": date(2020, 12, 31), "2": date(2021, 1, 1), "3": date(2021, 12, 31), "4": None}
    put(engine, *(order(key, date=day) for key, day in days.items()))

    def between(low: date | None, high: date | None) -> set[str]:
        low_high = (None if day is None else day.toordinal() for day in (low, high))
        return set(refs(ask(engine, "caméras", ranges=(Range("day", *low_high),))))

    assert between(date(2021, 1, 1), date(2021, 12, 31)) == {"2", "3"}
    assert between(None, date(2021, 1, 1)) == {"1", "2"}
    assert between(date(2021, 1, 2), None) == {"3"}
    assert between(None, None) == {"1", "2", "3"}
    assert between(date(2022, 1, 1), date(2020, 1, 1)) == set()


def test_amounts_lie_within_a_range(engine: Engine) -> None:
    put(engine, order("1", amount=99.5), order("2", amount=100), order("3"), order("4", amount=-5))

    def between(low: float | None, high: float | None) -> set[str]:
        return set(refs(ask(engine, "caméras", ranges=(Range("amount", low, high),))))

    assert between(99.5, 99.9) == {"1"}
    assert between(99.6, None) == {"2"}
    assert between(None, 99.5) == {"1", "4"}
    assert between(None, None) == {"1", "2", "4"}
    assert between(5, 1) == set()
    both = ask(engine, ranges=(Range("amount", 0, None), Range("day", None, 5)))
    assert both.total == 0


def test_a_document_and_a_collection_filter_and_documents_are_counted(engine: Engine) -> None:
    one, other = "a" * 64, "b" * 64
    put(
        engine,
        order("1", document=one, page=1, collections=("cameras-de-nice", "recours")),
        order("2", document=one, page=2, collections=("recours",)),
        order("3", document=other, page=1),
    )
    assert dict(ask(engine, facets=("document",)).facets["document"]) == {one: 2, other: 1}
    assert refs(ask(engine, filters=(("document", (other,)),))) == ["3"]
    assert refs(ask(engine, filters=(("collection", ("cameras-de-nice",)),))) == ["1"]
    assert refs(ask(engine, without=(("collection", ("recours",)),))) == ["3"]


def test_a_slip_is_forgiven_when_asked(engine: Engine) -> None:
    put(engine, entry("1", "une caméra"), entry("2", "vidéosurveillance"), entry("3", "un camion"))
    for text, key in (("camrea", "1"), ("cmera", "1"), ("vidosurveilance", "2"), ("camin", "3")):
        assert ask(engine, text).total == 0, text
        assert refs(ask(engine, text, fuzzy=True)) == [key], text
    assert refs(ask(engine, "cmaera une", fuzzy=True)) == ["1"]
    assert refs(ask(engine, "vidoes*", fuzzy=True)) == ["2"]
    assert refs(ask(engine, "titre:tirte", fuzzy=True)) == ["1", "2", "3"]


def test_short_words_numbers_phrases_and_what_is_excluded_are_taken_as_typed(
    engine: Engine,
) -> None:
    put(engine, entry("1", "la rue de la caméra 06088"))
    for text in ("rus", "06089", '"rue de la camera 06088" 06087', '"camrea"', "rue -camrea"):
        found = ask(engine, text, fuzzy=True)
        assert found.total == (1 if text == "rue -camrea" else 0), text


def test_the_word_itself_stands_before_one_like_it(engine: Engine) -> None:
    """Even when it is everywhere, and the other rare and in the title."""
    put(engine, *(entry(str(n), "camera " + "mot " * 200) for n in range(20)))
    put(engine, entry("like", "canera", title="Canera", weight=50.0, also="canera"))
    found = ask(engine, "camera", fuzzy=True, limit=30)
    assert found.total == 21
    assert refs(found)[-1] == "like"


def test_a_word_that_only_withdrawn_things_had_is_like_no_other(engine: Engine) -> None:
    put(engine, entry("1", "camera"), entry("2", "canera"))
    engine.forget(["shelf:page:1"])
    engine.commit()
    assert refs(ask(engine, "camera", fuzzy=True)) == ["2"]
    assert ask(engine, "cameras", fuzzy=True).total == 1


def test_near_words_are_those_that_begin_so(engine: Engine) -> None:
    put(engine, entry("1", "caméra camion drone"))
    assert dict(engine.near("cam", limit=10)) == {"camera": 1, "camion": 1}


def test_a_killed_writer_leaves_what_was_committed_and_its_place(
    engine: Engine, tmp_path: Path
) -> None:
    put(engine, entry("1", "drone"))
    writer = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITER, type(engine).__name__, str(tmp_path / "index")],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            put(engine, entry("2", "drone"))
            break
        except ValueError:  # The system has not taken the dead process's lock back yet.
            time.sleep(0.05)
    assert ask(engine, "drone").total == 2


WRITER = """
import sys
from pathlib import Path
from contrechamp.foundation.plug import Entry
from contrechamp.search.engines import embedded
engine = getattr(embedded, sys.argv[1])(Path(sys.argv[2]))
engine.put(Entry(ref=f"x:{n}", kind="page", title="", text="rien", url="") for n in range(500))
print("writing", flush=True)
while True:
    engine.put([Entry(ref="x:1", kind="page", title="", text="rien", url="")])
"""
