"""Opinions come in from a file: once, again, changed, cut; and what is asked of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from contrechamp.kernel.errors import Refused
from contrechamp.opinions import queries, services
from contrechamp.opinions.domain.known import known
from contrechamp.opinions.domain.layout import write_rows
from contrechamp.opinions.models import Earlier, Match, Opinion, Run, Wording
from contrechamp.opinions.services import opening
from tests.observatory import NOW
from tests.opinions import invented

pytestmark = pytest.mark.django_db


def state() -> list[tuple[object, ...]]:
    """Return all that an import writes of the opinions."""
    rows = Opinion.objects.order_by("pk").values_list()
    texts = Wording.objects.order_by("pk").values_list()
    return [
        *rows,
        *texts,
        *Match.objects.order_by("opinion", "kind").values_list("opinion", "kind"),
    ]


def test_opinions_come_in_with_their_outcomes(tmp_path: Path) -> None:
    report = invented.bring(tmp_path)
    assert (report.read, report.new, report.changed, report.same) == (6, 6, 0, 0)
    assert report.surveillance == 4
    outcomes = dict(Opinion.objects.values_list("pk", "outcome"))
    assert outcomes["20990001"] == "RESERVES"
    assert outcomes["20990006"] == "WITHOUT_OBJECT"
    one = queries.find_opinion("20990001")
    assert one is not None
    assert (one.body, one.motives) == ("COMMUNE", ["SECURITY"])
    assert {match.kind for match in one.matches.all()} >= {1}


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    invented.bring(tmp_path)
    before = state()
    report = invented.bring(tmp_path)
    assert (report.new, report.changed, report.same) == (0, 0, 6)
    assert state() == before
    assert Run.objects.count() == 1


def test_a_new_version_keeps_the_hash_of_the_old_one(tmp_path: Path) -> None:
    invented.bring(tmp_path)
    old = Opinion.objects.get(pk="20990001").text_sha256
    later = NOW + timedelta(days=30)
    changed = invented.row(text="La commission se ravise sur les tourelles.", senses="Défavorable")
    path = invented.file_of(tmp_path, [changed], "later.csv")
    report = services.import_file(path, now=later)
    assert (report.new, report.changed) == (0, 1)
    one = Opinion.objects.get(pk="20990001")
    assert (one.outcome, one.changed_at, one.first_at) == ("UNFAVOURABLE", later, NOW)
    assert Earlier.objects.get().text_sha256 == old
    assert found("tourelles") == ["20990001"]
    assert Opinion.objects.count() == 6, "a file of part of them removes none"


def found(text: str) -> list[str]:
    words, _ = queries.understood(text)
    return [one.pk for one in queries.filtered(queries.Filter(words=words))]


def test_an_old_version_is_not_found_any_more(tmp_path: Path) -> None:
    invented.bring(tmp_path, invented.row(text="Il est question de girouettes."))
    assert found("girouettes") == ["20990001"]
    invented.bring(tmp_path, invented.row(text="Il est question de tourelles."))
    assert found("girouettes") == []


def test_a_dry_run_only_tells(tmp_path: Path) -> None:
    path = invented.file_of(tmp_path, invented.many())
    report = services.import_file(path, now=NOW, dry_run=True)
    assert (report.read, report.new) == (6, 6)
    assert not Opinion.objects.exists()
    assert not Run.objects.exists()


def test_the_good_lines_of_a_bad_file_come_in(tmp_path: Path) -> None:
    path = invented.file_of(tmp_path, invented.many())
    text = path.read_text("utf-8").replace("20990002,", "209,").replace("10/03/2022", "hier", 1)
    twice = "".join(write_rows([invented.row("20990003")])).partition("\n")[2]
    path.write_text(text + twice, "utf-8")
    report = services.import_file(path, now=NOW)
    assert (report.read, report.lost) == (5, 2)
    assert set(report.counts) == {"number", "session", "twice"}
    assert all(fault.line > 1 for fault in report.faults)


@pytest.mark.parametrize("last", [4, 6])
def test_an_import_that_was_cut_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    path = invented.file_of(tmp_path, invented.many())
    monkeypatch.setattr(services.importing, "AT_ONCE", 2)

    def stop(done: int) -> None:
        if done >= last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.import_file(path, now=NOW, progress=stop)
    assert queries.last_run() is None
    report = services.import_file(path, now=NOW)
    assert (report.new, report.same) == (6 - last, last)
    assert Run.objects.count() == 1
    assert report.surveillance == 4
    assert Match.objects.exists(), "those of the first attempt have their kinds too"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "est vide"),
        (b"a,b,c\n1,2,3\n", "onze colonnes"),
        (b"\x00\x01\x02\xff\xfe", "onze colonnes"),
        (",".join(invented.HEADER).encode() + b"\n", "aucun avis"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=says):
        services.import_file(path, now=NOW)
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = invented.file_of(tmp_path, [invented.row(subject="L'étude d'impact, à côté")])
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert services.import_file(path, now=NOW).counts == {}
    assert Opinion.objects.get().subject == "L'étude d'impact, à côté"
    assert opening.open_file(path).encoding in {encoding, "utf-8"}


def test_the_known_opinions_are_there_from_the_start() -> None:
    assert services.load_known(now=NOW) == 10
    before = state()
    assert services.load_known(now=NOW + timedelta(days=1)) == 0
    assert state() == before
    assert Opinion.objects.filter(is_surveillance=True).count() == 10
    assert Opinion.objects.get(pk="20192284").outcome == "RESERVES"
    assert {match.kind for match in Match.objects.filter(opinion="20194023")} == {21}


def test_a_file_replaces_what_was_known_by_a_citation(tmp_path: Path) -> None:
    services.load_known(now=NOW)
    number = next(iter(known()))
    invented.bring(tmp_path, invented.row(number, senses="Favorable"))
    one = Opinion.objects.get(pk=number)
    assert (one.is_cited, one.outcome) == (False, "FAVOURABLE")
    assert not Earlier.objects.exists(), "nothing of the CADA was replaced"
    services.load_known(now=NOW)
    assert Opinion.objects.get(pk=number).outcome == "FAVOURABLE"


def test_precedents_count_and_show_the_nearest(tmp_path: Path) -> None:
    invented.bring(tmp_path)
    seen = queries.precedents("plan OU analyse OU permis", 2)
    assert seen.counts == {"FAVOURABLE": 2, "UNFAVOURABLE": 1}
    assert seen.odds.count == 3
    assert seen.surveillance.count == 2
    assert len(seen.nearest) == 2
    assert all(one.is_surveillance for one in seen.nearest), "those about surveillance come first"
    assert [one.number for one in queries.precedents("permis").nearest] == ["20990004"]


def test_precedents_mend_a_slip_and_answer_nothing_to_nothing(tmp_path: Path) -> None:
    invented.bring(tmp_path, invented.row("20990001"), invented.row("20990002", text="Autre."))
    seen = queries.precedents("vidéoprotectoin")
    assert seen.mended == {"videoprotectoin": "videoprotection"}
    assert sum(seen.counts.values()) == 2
    assert queries.precedents("").counts == {}
    assert queries.precedents("zorglubique").nearest == ()


def test_a_broad_query_shows_the_last_that_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented.bring(tmp_path)
    monkeypatch.setattr(queries.nearest, "MANY", 1)
    assert len(queries.precedents("permis OU dossier").nearest) == 2


def test_a_masked_name_is_found_by_nobody(tmp_path: Path) -> None:
    invented.bring(tmp_path, invented.row(text="Madame Zélie Tournebroche a saisi la commission."))
    assert found("Tournebroche") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM opinions_words WHERE opinions_words MATCH 'zelie'")
        assert cursor.fetchone() == (0,)


def test_matches_are_made_anew_when_the_queries_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented.bring(tmp_path)
    Match.objects.all().delete()
    services.match_kinds()
    assert not Match.objects.exists()
    monkeypatch.setattr(services.matching, "edition", lambda: "another")
    services.match_kinds()
    assert Match.objects.exists()


def test_a_filter_narrows(tmp_path: Path) -> None:
    invented.bring(tmp_path)
    assert [o.pk for o in queries.filtered(queries.Filter(outcome="UNFAVOURABLE"))] == ["20990003"]
    assert queries.filtered(queries.Filter(only_surveillance=True)).count() == 4
    assert queries.filtered(queries.Filter(kind=27)).get().pk == "20990006"
    assert not queries.filtered(queries.Filter(year=1999)).exists()
    words, _ = queries.understood("boisclair")
    assert queries.filtered(queries.Filter(administration=words)).count() == 6
    assert queries.kind_counts()[27] == 1
    assert queries.administrations("mairie") == ["Mairie de Boisclair"]
