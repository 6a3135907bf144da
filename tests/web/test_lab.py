"""The pages of the laboratory, as a resident uses them."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pytest_django import Settings

from contrechamp.foundation import jobs
from contrechamp.kernel.typography import french
from contrechamp.lab import certificate, registry
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Experiment
from contrechamp.web.domain.lab import asking, keeping, town
from contrechamp.web.domain.lab.asking import Asked, Wrong
from contrechamp.web.services.lab import folder, running, verifying
from contrechamp.web.views.lab import pages
from tests.forum import talking
from tests.people import Answer, Person
from tests.web.scene import toulon

URN = "/labo/loop-urn"


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """Give the laboratory a folder of its own, and no input of anybody's."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)
    running._checksums.clear()
    verifying._tried.clear()
    return tmp_path


pytestmark = [pytest.mark.usefixtures("data"), pytest.mark.django_db]


def said(answer: Answer) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def numbers(visitor: Person, query: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(visitor.opens(f"{URN}.json{query}").content)["numbers"]
    return found


# Reading an address


def urn() -> Experiment:
    return registry.get("loop-urn")


def read(*pairs: tuple[str, str]) -> Asked:
    found = asking.read(urn(), pairs)
    assert isinstance(found, Asked)
    return found


def wrong(*pairs: tuple[str, str]) -> Wrong:
    found = asking.read(urn(), pairs)
    assert isinstance(found, Wrong)
    return found


def test_only_what_differs_is_in_the_address_in_the_declared_order() -> None:
    asked = read(("days", "250"), ("wd", "1.0"), ("prior_a", "609"), ("lambda_a", "4"))
    assert asked.query == "lambda_a=4.0&days=250"
    assert read(*[]).is_default


def test_numbers_are_read_as_people_type_them() -> None:
    assert read(("wd", "0,7")).values["wd"] == 0.7
    assert read(("prior_a", "12 000")).values["prior_a"] == 12_000
    assert read(("wd", "  ")).values["wd"] == 1.0


def test_of_a_name_that_comes_again_the_last_counts_and_unknown_names_are_dropped() -> None:
    assert read(("wd", "0.2"), ("wd", "0.3"), ("utm_source", "x")).query == "wd=0.3"


def test_every_wrong_field_is_told_with_its_bounds_and_the_right_ones_stay() -> None:
    found = wrong(("wd", "9"), ("days", "many"), ("seed", "-1"), ("lambda_a", "4"))
    assert set(found.errors) == {"wd", "days", "seed"}
    assert found.errors["wd"].fr == "Permis : un nombre de 0 à 1."
    assert found.good == {"lambda_a": "4"}


def test_a_bound_on_a_product_is_told_beside_each_of_its_fields() -> None:
    assert set(wrong(("runs", "20000"), ("days", "3650")).errors) == {"runs", "days"}


def test_the_command_gives_the_same_state() -> None:
    asked = read(("wd", "0.7"), ("poisson", "no"), ("seed", "3"))
    command = "contrechamp lab run loop-urn --set wd=0.7 --set poisson=no --seed 3"
    assert asked.command == command


# Keeping results


def test_a_result_is_kept_whole_and_found_again() -> None:
    asked = read(("runs", "50"), ("days", "60"))
    made = running.compute(asked)
    kept = running.kept(asked)
    assert kept is not None
    assert kept.json == json.loads(json.dumps(made.json))
    assert [one.id for one in kept.figures] == [one.id for one in made.figures]
    assert kept.figures[0].reading == made.figures[0].reading
    assert running.kept(read(("runs", "51"), ("days", "60"))) is None


def test_a_damaged_file_is_no_result(data: Path) -> None:
    asked = read(("runs", "50"), ("days", "60"))
    running.compute(asked)
    (path,) = (data / "lab-results" / "results").iterdir()
    path.write_bytes(b"not packed")
    assert running.kept(asked) is None
    assert keeping.unpacked(b"") is None


def test_the_oldest_results_make_room(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr(folder, "MOST_RESULTS", 2)
    for days in ("10", "11", "12"):
        running.compute(read(("runs", "5"), ("days", days)))
    assert len(list((data / "lab-results" / "results").iterdir())) == 2
    assert running.kept(read(("runs", "5"), ("days", "10"))) is None


def test_a_few_may_wait_for_their_turn_and_no_more() -> None:
    turns = running.Turns(most=1, patience_s=0.01)
    with turns.alone(), pytest.raises(running.Busy), turns.alone():
        pass
    two = running.Turns(most=2, patience_s=0.01)
    with two.alone(), pytest.raises(running.Busy), two.alone():
        pass
    with two.alone():
        pass


# The page


def test_a_resident_without_scripts_changes_a_setting_and_gets_another_page(
    visitor: Person,
) -> None:
    first = visitor.opens(URN)
    names = re.findall(r'<input id="f-(\w+)"', first.text)
    assert {"wd", "lambda_a", "days"} <= set(names)
    sent = visitor.opens(f"{URN}?lambda_a=3.68511&wd=0.5&days=1000&poisson=yes&seed=0")
    assert (sent.status, sent.location) == (302, f"{URN}?wd=0.5")
    second = visitor.follows(sent)
    assert second.status == 200
    assert first.text.partition("<svg")[2] != second.text.partition("<svg")[2]
    assert said(first) != said(second)
    assert numbers(visitor, "?wd=0.5") == numbers(Person(), "?wd=0.5")


def test_a_page_says_everything_in_its_order(visitor: Person) -> None:
    page = visitor.opens(URN)
    heads = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page.text, re.DOTALL)
    plain = [" ".join(unescape(re.sub(r"<[^>]+>", "", each)).split()) for each in heads]
    wanted = [
        *("Le résultat", "Les nombres", "Changez les réglages", "Ce que cela ne prouve pas"),
        *("Ce qui dit le contraire", "Méthode et formules", "Partager, refaire"),
        "Où cette technique est utilisée",
    ]
    assert [each for each in plain if each in wanted] == wanted
    assert page.text.count("<h1") == 1
    assert 'name="robots"' not in page.text
    assert "contrechamp lab run loop-urn" in page.text


def test_every_figure_has_its_words_its_table_and_its_files(visitor: Person) -> None:
    page = visitor.opens(URN)
    for figure in ("share",):
        assert f'<desc id="{figure}-wide-d">' in page.text
        assert f'id="table-{figure}"' in page.text
        for ending in ("svg", "csv", "vl.json"):
            assert visitor.opens(f"{URN}/{figure}.{ending}").status == 200
    svg = visitor.opens(f"{URN}/share.svg?wd=0.5")
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert svg.content == visitor.opens(f"{URN}/share.svg?wd=0.5").content
    rows = list(csv.reader(io.StringIO(visitor.opens(f"{URN}/share.csv").text)))
    assert len(rows) > 100
    assert visitor.opens(f"{URN}/nowhere.svg").status == 404


def test_a_wrong_value_is_told_beside_its_field_and_a_result_stays(visitor: Person) -> None:
    page = visitor.opens(f"{URN}?wd=9&days=60")
    assert page.status == 422
    assert "Permis : un nombre de 0 à 1." in said(page)
    assert 'value="9" aria-invalid="true"' in page.text
    assert "Le résultat sans le champ à corriger" in said(page)
    assert "<svg" in page.text
    assert 'name="robots" content="noindex"' in page.text


def test_a_preset_is_a_link_and_says_when_it_is_the_one(visitor: Person) -> None:
    page = visitor.opens(f"{URN}?wd=0.5")
    assert re.search(r'<a href="/labo/loop-urn\?wd=0.5" aria-current="true">', page.text)
    assert 'name="robots" content="noindex"' in page.text


def test_the_page_is_in_english_too(noor: Person) -> None:
    page = Person(language="en").opens(URN)
    assert "What this does not prove" in page.text
    assert "After 1,000 days" in said(page)


def test_files_say_in_their_form_what_is_wrong(visitor: Person) -> None:
    answer = visitor.opens(f"{URN}.json?wd=9")
    assert answer.status == 422
    assert json.loads(answer.content)["fields"] == {"wd": french("Permis : un nombre de 0 à 1.")}
    for form in ("csv", "json"):
        assert visitor.opens(f"/labo/nowhere.{form}").status == 404
    assert visitor.opens(f"{URN}/share.csv?wd=9").status == 422
    assert visitor.opens(f"{URN}.csv").text.splitlines()[1].startswith("truth,0.56")


def test_what_takes_long_becomes_a_job_and_its_page_waits(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LONGEST_S", 0.0)
    page = visitor.opens(f"{URN}?days=60&runs=50")
    assert page.status == 202
    assert '<meta http-equiv="refresh" content="3">' in page.text
    assert "<progress" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert visitor.opens(f"{URN}.json?days=60&runs=50").status == 202
    jobs.run_waiting()
    assert visitor.opens(f"{URN}?days=60&runs=50").status == 200


def test_a_job_that_fails_is_told(visitor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LONGEST_S", 0.0)
    query = "?days=61&runs=50"
    visitor.opens(URN + query)
    asked = read(("days", "61"), ("runs", "50"))

    def fails(asked: Asked) -> None:
        raise MemoryError

    monkeypatch.setattr(running, "compute", fails)
    with pytest.raises(MemoryError):
        running.finish(asked)
    assert "n'a pas abouti" in said(visitor.opens(URN + query))


def test_when_too_many_ask_the_default_is_shown_and_one_is_asked_back(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.opens(URN)

    def busy(asked: Asked) -> None:
        raise running.busy()

    monkeypatch.setattr(running, "obtain", busy)
    page = visitor.opens(f"{URN}?days=62")
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
    assert "<svg" in page.text
    assert visitor.opens(f"{URN}.json?days=62").status == 503


def test_the_queue_of_jobs_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LONGEST_S", 0.0)
    monkeypatch.setattr(running, "MOST_JOBS", 1)
    assert isinstance(running.obtain(read(("days", "63"))), running.Waiting)
    with pytest.raises(running.Busy):
        running.obtain(read(("days", "64")))


# A commune


@pytest.mark.usefixtures("gazetteer")
def test_a_commune_fills_what_is_known_of_it_and_says_from_where(
    visitor: Person, marianne: Person, amina: Person
) -> None:
    assert marianne.user
    assert amina.user
    toulon(marianne.user, amina.user)
    sent = visitor.opens("/labo/face-crowd?commune=83137")
    assert sent.status == 302
    assert re.fullmatch(r"/labo/face-crowd\?crowd=\d+&commune=83137", sent.location)
    page = visitor.follows(sent)
    assert "Avec les chiffres de Toulon" in said(page)
    assert "population légale de l'Insee" in said(page)
    assert 'href="/commune/83137-toulon"' in page.text
    older = visitor.opens("/labo/face-crowd?crowd=1000&commune=83137")
    assert "cette adresse garde 1 000" in said(older)


@pytest.mark.usefixtures("gazetteer")
def test_a_commune_is_found_by_name_or_postal_code(visitor: Person) -> None:
    found = visitor.opens("/labo/face-crowd?ville=toulon+83")
    assert found.location == "/labo/face-crowd?commune=83137"
    several = visitor.opens("/labo/face-crowd?ville=saint-denis")
    assert several.status == 200
    assert several.text.count("/labo/face-crowd?commune=") > 1
    assert "Aucune commune" in said(visitor.opens("/labo/face-crowd?ville=zzzzzzzz"))


@pytest.mark.usefixtures("gazetteer")
def test_a_number_put_back_by_hand_is_no_more_the_communes(visitor: Person) -> None:
    sent = visitor.opens("/labo/face-crowd?crowd=100000&commune=83137")
    assert sent.location == "/labo/face-crowd"
    assert visitor.opens(f"{URN}?commune=83137").location == URN


@pytest.mark.usefixtures("gazetteer")
def test_the_list_leads_to_experiments_with_the_communes_numbers(visitor: Person) -> None:
    page = visitor.opens("/labo?commune=83137")
    assert 'href="/labo/face-crowd?commune=83137"' in page.text
    assert f'href="{URN}"' in page.text


def test_only_numbers_that_somebody_counted_are_filled() -> None:
    for name, fills in town.FILLS.items():
        assert set(fills) <= {each.name for each in registry.get(name).params}
    face = registry.get("face-crowd")
    large = town.TownNumber(kind="population", value=10**12, source="", url="")
    assert town.given_by(face, {"population": large}) == {}


# Checks and certificates


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> verifying.Verified:
    """Make the table from two experiments: all of them take half a minute."""
    chosen = (registry.get("alarm"), registry.get("impossible"))
    monkeypatch.setattr(registry, "experiments", lambda: chosen)
    made = verifying.verify_and_keep()
    assert made is not None
    return made


def test_the_table_shows_what_was_expected_and_what_was_found(
    visitor: Person, verified: verifying.Verified
) -> None:
    page = visitor.opens("/labo/verification")
    assert page.text.count('class="check check-pass"') == len(verified.verify["checks"])
    assert "Attendu" in page.text
    rows = list(csv.reader(io.StringIO(visitor.opens("/labo/verification.csv").text)))
    assert len(rows) == len(verified.verify["checks"]) + 1
    data = json.loads(visitor.opens("/labo/verification.json").content)
    assert data["counts"] == verified.verify["counts"]
    assert set(data["seconds"]) == {"alarm", "impossible"}


def test_before_the_first_table_the_page_says_so(visitor: Person) -> None:
    page = visitor.opens("/labo/verification")
    assert "pas encore fait" in said(page)
    assert "no-store" in page.headers["Cache-Control"]


def test_the_table_is_made_anew_with_another_program_and_not_before(
    verified: verifying.Verified, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verified.is_current
    assert not verifying.is_due()
    verifying._tried.clear()
    monkeypatch.setattr(certificate, "libraries", lambda: {"numpy": "99"})
    assert verifying.is_due()


def test_a_check_that_fails_is_told_on_the_page_of_its_experiment(
    visitor: Person, verified: verifying.Verified
) -> None:
    data = json.loads(folder.read(verifying.TABLE) or b"")
    data["verify"]["checks"][0]["status"] = "fail"
    data["verify"]["counts"] = {"pass": 1, "fail": 1, "skip": 0}
    folder.write(verifying.TABLE, json.dumps(data).encode())
    name = data["verify"]["checks"][0]["experiment"]
    assert "ne tient pas dans cette version" in said(visitor.opens(f"/labo/{name}"))
    assert "1 nombre ne tient pas." in said(visitor.opens("/labo/verification"))


def test_what_changed_is_in_the_feed(visitor: Person, verified: verifying.Verified) -> None:
    assert [one.kind for one in verifying.changes()] == ["new", "new"]
    data = json.loads(folder.read(verifying.TABLE) or b"")
    data["experiments"]["alarm"] = 99
    data["experiments"].pop("impossible")
    data["verify"]["checks"][0]["expected"] = 7
    data["verify"]["checks"][1]["status"] = "fail"
    verifying.note_changes(verified, data, now=verified.at)
    kinds = {one.kind for one in verifying.changes()}
    assert kinds == {"new", "version", "gone", "reference", "failed"}
    feed = visitor.opens("/labo.atom").text
    for words in ("Nouvelle expérience", "Expérience changée", "ne tient plus"):
        assert words in feed


def test_a_certificate_is_shown_checked_and_done_again(visitor: Person) -> None:
    page = visitor.opens(f"{URN}?wd=0.5&days=60&runs=50")
    (sha,) = set(re.findall(r"/labo/certificat/([0-9a-f]{64})", page.text))
    shown = visitor.opens(f"/labo/certificat/{sha}")
    assert "exactement le même" in said(shown)
    held = json.loads(visitor.opens(f"/labo/certificat/{sha}.json").content)
    assert certificate.digest(held) == held["sha256"] == sha
    assert visitor.opens("/labo/certificat/" + "0" * 64).status == 404


def test_a_certificate_that_differs_says_where(visitor: Person) -> None:
    made = running.compute(read(("days", "60"), ("runs", "50")))
    other = {**made.certificate, "libraries": {"numpy": "1.0"}}
    other["sha256"] = certificate.digest(other)
    folder.keep_certificate(other["sha256"], json.dumps(other).encode())
    page = visitor.opens(f"/labo/certificat/{other['sha256']}")
    assert "Refait aujourd'hui, le résultat diffère" in said(page)
    assert "libraries.numpy" in page.text
    folder.keep_certificate("1" * 64, json.dumps(other).encode())
    assert "altéré" in said(visitor.opens("/labo/certificat/" + "1" * 64))


def test_an_experiment_whose_file_is_missing_says_which(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    needing = replace(urn(), inputs=("oakland-box-day",))
    monkeypatch.setattr(registry, "get", lambda name: needing)
    monkeypatch.setattr(running, "inputs", lambda: Inputs(()))
    page = visitor.opens(URN)
    assert page.status == 200
    assert "oakland_box_day.csv" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert visitor.opens(f"{URN}.json").status == 503


# Hostile addresses


def hostile() -> Iterator[str]:
    """Yield fifty addresses that nobody types by mistake."""
    names = [each.name for each in urn().params]
    long = "9" * 10_000
    for value in ("nan", "inf", "-inf", "1e400", "-1", "0x10", long, "'; DROP TABLE", "\x00", "١"):
        yield f"?{urlencode({'wd': value})}"
        yield f"?{urlencode({'days': value, 'runs': value})}"
    yield from (f"?{name}={long}" for name in names)
    yield "?" + "&".join(f"wd=0.{n % 10}" for n in range(900))
    yield f"?{long}=1"
    yield f"?commune={long}"
    yield f"?ville={quote('é' * 10_000)}"
    yield "?seed=99999999999999999999"
    yield "?seed=1.5&commune=../../etc/passwd"
    yield "?runs=20000&days=3650"
    yield "?correction=%F0%9F%92%A3&poisson=maybe"
    yield "?wd=%ff%fe&%ff=%ff"
    yield "?wd[]=1&wd[a]=2"
    yield "?=&&&=&wd"
    yield from (f"?wd=0.{'0' * n}1" for n in (30, 300, 3_000))
    yield from (f"?correction={'a' * n}" for n in (1, 100, 9_999))
    yield from (f"?lambda_a={value}" for value in ("1e-400", "1e25", "+1", ",5"))


def test_fifty_hostile_addresses_cost_little_and_break_nothing(visitor: Person) -> None:
    running.compute(running.default_of(urn()))
    addresses = list(hostile())
    assert len(addresses) >= 50
    began = time.process_time()
    statuses = {visitor.opens(URN + each).status for each in addresses}
    files = {visitor.opens(f"{URN}.json{each}").status for each in addresses[:20]}
    spent = time.process_time() - began
    assert statuses <= {200, 302, 422}
    assert files <= {200, 422}
    print(f"{len(addresses)} hostile addresses: {spent:.2f} CPU-s")  # noqa: T201


def test_cheap_experiments_have_their_verdict_in_the_list(visitor: Person) -> None:
    for one in running.experiments():
        if one.seconds(one.defaults()) <= pages.CHEAP_S:
            verdict = french(running.compute(running.default_of(one)).sentence.fr)
            assert verdict in unescape(visitor.opens("/labo").text)
            break


def test_what_is_said_of_an_experiment_stands_on_its_page(visitor: Person) -> None:
    assert "Personne n'en a encore parlé ici." in unescape(visitor.opens(URN).text)
    thread = talking.thread(title="Est-ce bien la même urne ?", subject="experiment:loop-urn")

    page = unescape(visitor.opens(URN).text)

    assert "Est-ce bien la même urne ?" in page
    assert thread.address in page
    assert "Est-ce bien" not in unescape(visitor.opens("/labo/face-crowd").text)
