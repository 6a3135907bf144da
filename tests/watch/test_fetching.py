"""Sources are run against a site on loopback: what is new, replaced, gone, forbidden, broken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings

from contrechamp.accounts.services import system_account
from contrechamp.kernel.errors import Refused
from contrechamp.watch import queries, services, tasks
from contrechamp.watch.models import Event, Fetch, Found, Item, Scan, Source
from contrechamp.watch.services import kept, reading
from tests.documents import made

from .site import PretendSite, card, download, page, serving

NOW = datetime(2031, 3, 2, 10, tzinfo=UTC)
PDF = made.pdf([("Bulletin du pays inventé", "Article 1")])
PDF2 = made.pdf([("Bulletin du pays inventé", "Article 1 corrigé")])
START = "/Publications/Recueil"


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def site() -> Iterator[PretendSite]:
    with serving() as pretend:
        yield pretend


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Clock:
    settings.CONTRECHAMP = replace(
        django_settings.CONTRECHAMP, data=tmp_path, watch_pause="0-0", watch_size_mb=1
    )
    return Clock()


def source(site: PretendSite, kind: str = "prefecture", path: str = START, **how: Any) -> str:
    made_source, _ = services.add_source(
        kind,
        site.address + path,
        actor=system_account("watch"),
        now=NOW,
        name=how.pop("name", "pays"),
        **how,
    )
    return made_source.name


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db
def test_cards_and_pagers_lead_to_files_that_are_kept_as_proof(
    site: PretendSite, clock: Clock
) -> None:
    more = '<a class="fr-pagination__link fr-pagination__link--next" href="?page=2">Suivante</a>'
    site.put(START, page(card("/2031", "Recueils 2031")))
    site.put("/2031", page(card("/raa-1.pdf", "RAA n° 1", "Publié le 04/02/2031"), more))
    site.put("/2031?page=2", page(download("/raa-2.pdf", "RAA n° 2")))
    site.put("/raa-1.pdf", PDF)
    site.put("/raa-2.pdf", PDF2)

    ran = services.run_source(source(site), clock=clock)

    assert (ran.state, ran.listed, ran.new, ran.scanned) == ("OK", 2, 2, 2)
    assert events() == ["new", "new"]
    fetch = Fetch.objects.get(item__url__endswith="raa-1.pdf")
    assert (fetch.status, fetch.bytes, fetch.etag != "") == (200, len(PDF), True)
    with kept.path_of(fetch.sha256) as path:
        assert path.read_bytes() == PDF
    item = fetch.item
    assert (str(item.published_on), item.published_how) == ("2031-02-04", "listing")
    assert all("Contrechamp/" in headers["User-Agent"] for _, _, headers in site.asked)


@pytest.mark.django_db
def test_menus_are_sent_as_forms(site: PretendSite, clock: Clock) -> None:
    site.put(
        START,
        page(
            f'<form method="post" action="{START}"><select id="x-liste-docs" name="annee">'
            '<option value="">Année</option><option value="2031">2031</option></select></form>'
        ),
    )
    site.on_post = lambda path, sent: page(download(f"/raa-{sent['annee'][0]}.pdf", "RAA"))
    site.put("/raa-2031.pdf", PDF)

    assert services.run_source(source(site), clock=clock).new == 1


@pytest.mark.django_db
def test_a_plain_list_of_links_is_read_too(site: PretendSite, clock: Clock) -> None:
    site.put("/list", page('<a href="a.pdf">RAA du 3 février 2031</a> <a href="x.html">x</a>'))
    site.put("/a.pdf", PDF)

    assert services.run_source(source(site, "files", "/list"), clock=clock).new == 1
    assert str(Item.objects.get().published_on) == "2031-02-03"


def one_file(site: PretendSite, **how: object) -> None:
    site.put(START, page(download("/raa-1.pdf", "RAA n° 1")))
    site.put("/raa-1.pdf", PDF, **how)


@pytest.mark.django_db
def test_a_second_run_adds_nothing_and_downloads_nothing(site: PretendSite, clock: Clock) -> None:
    one_file(site)
    name = source(site)
    services.run_source(name, clock=clock)
    again = services.run_source(name, clock=clock)

    assert (again.new, again.unchanged, again.scanned) == (0, 1, 0)
    assert site.downloads() == ["/raa-1.pdf"]
    assert (Event.objects.count(), Scan.objects.count()) == (1, 1)


def finding(sha256: str, number: str, cameras: int) -> dict[str, Any]:
    return {
        "type": "finding",
        "id": f"wf-{sha256[:10]}{number[-6:]:0>6}",
        "source": "raa",
        "document": {"path": "x", "sha256": sha256, "departement": None, "published_on": None},
        "locator": {"page": 1, "last_page": 1, "bundle": None},
        "technology": "video_protection",
        "decision": "authorisation",
        "act": {"number": number},
        "cameras": {"total": cameras},
        "confidence": 0.9,
        "duplicate_of": None,
    }


@pytest.mark.django_db
def test_a_replaced_file_keeps_both_versions_and_says_what_changed(
    site: PretendSite, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hashlib import sha256

    def read(wanted: reading.ToRead) -> reading.Read:
        content = Path(wanted.path).read_bytes()
        key = sha256(content).hexdigest()
        acts = {PDF: [("99-1", 3), ("99-2", 4)], PDF2: [("99-1", 3), ("99-3", 4)]}[content]
        return reading.Read(lines=[finding(key, number, count) for number, count in acts])

    monkeypatch.setattr(reading, "findings_of", read)
    one_file(site)
    name = source(site)
    services.run_source(name, clock=clock)
    site.put("/raa-1.pdf", PDF2)
    ran = services.run_source(name, clock=clock)

    assert (ran.replaced, events()) == (1, ["new", "replaced"])
    for fetch in Fetch.objects.filter(status=200):
        with kept.path_of(fetch.sha256) as path:
            assert path.read_bytes() in (PDF, PDF2)
    detail = Event.objects.get(kind="replaced").detail
    assert [len(detail[key]) for key in ("added", "removed", "changed")] == [1, 1, 0]
    assert Found.objects.count() == 4
    assert Found.objects.exclude(duplicate_of="").count() == 1


@pytest.mark.django_db
def test_a_file_that_is_not_found_twice_a_day_apart_has_vanished(
    site: PretendSite, clock: Clock
) -> None:
    one_file(site)
    name = source(site)
    services.run_source(name, clock=clock)
    del site.replies["/raa-1.pdf"]

    assert services.run_source(name, clock=clock).vanished == 0
    assert Item.objects.get().state == "MISSING"
    clock.now += timedelta(hours=2)
    assert services.run_source(name, clock=clock).vanished == 0
    clock.now += timedelta(hours=23)
    assert services.run_source(name, clock=clock).vanished == 1
    assert events() == ["new", "vanished"]
    with kept.path_of(Item.objects.get().sha256) as path:
        assert path.exists()


@pytest.mark.django_db
def test_the_same_bytes_elsewhere_are_moved_and_read_once(site: PretendSite, clock: Clock) -> None:
    one_file(site)
    name = source(site)
    services.run_source(name, clock=clock)
    site.put(START, page(download("/new/raa-1.pdf", "RAA n° 1")))
    site.replies["/new/raa-1.pdf"] = site.replies.pop("/raa-1.pdf")
    ran = services.run_source(name, clock=clock)

    assert (ran.moved, ran.new, Scan.objects.count()) == (1, 0, 1)


@pytest.mark.django_db
def test_what_robots_txt_forbids_is_not_asked_for(site: PretendSite, clock: Clock) -> None:
    one_file(site)
    site.put("/robots.txt", "User-agent: *\nDisallow: /raa-1.pdf\n")
    ran = services.run_source(source(site), clock=clock)

    assert (ran.failed, ran.new, site.downloads()) == (1, 0, [])
    assert "Disallow: /raa-1.pdf" in str(queries.sources_status()[0]["robots"])


@pytest.mark.django_db
def test_a_site_whose_start_is_forbidden_is_blocked(site: PretendSite, clock: Clock) -> None:
    one_file(site)
    site.put("/robots.txt", "User-agent: Contrechamp\nDisallow: /\n")
    ran = services.run_source(source(site), clock=clock)

    assert ran.state == "BLOCKED"
    assert [path for path, _, _ in site.asked] == ["/robots.txt"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    ["<html><script>go()</script><noscript>Enable JavaScript</noscript></html>", None],
    ids=["scripts", "403"],
)
def test_a_site_for_browsers_alone_is_blocked_and_says_what_to_do(
    site: PretendSite, clock: Clock, body: str | None
) -> None:
    site.put(START, body or "", status=200 if body else 403)
    ran = services.run_source(source(site), clock=clock)

    assert ran.state == "BLOCKED"
    row = queries.sources_status()[0]
    assert (row["state"], row["instead"]) == ("BLOCKED", "folder, mailbox")
    assert services.ready(clock.now) == []


@pytest.mark.django_db
def test_a_site_that_says_later_is_asked_later(site: PretendSite, clock: Clock) -> None:
    one_file(site, status=429, headers={"Retry-After": "120"}, times=1)
    name = source(site)
    ran = services.run_source(name, clock=clock)

    assert (ran.state, ran.new, ran.waiting) == ("OK", 0, 1)
    asked = len(site.asked)
    services.run_source(name, clock=clock)
    assert "/raa-1.pdf" not in [path for path, _, _ in site.asked[asked:]]
    clock.now += timedelta(minutes=3)
    assert services.run_source(name, clock=clock).new == 1


@pytest.mark.django_db
def test_three_failures_in_a_row_end_the_day(site: PretendSite, clock: Clock) -> None:
    site.put(START, page(*(download(f"/raa-{n}.pdf", f"RAA {n}") for n in range(5))))
    for n in range(5):
        site.put(f"/raa-{n}.pdf", PDF, status=500)
    ran = services.run_source(source(site), clock=clock)

    assert (ran.state, ran.failed) == ("FAILING", 3)
    kept_source = Source.objects.get()
    assert kept_source.next_run_at is not None
    assert kept_source.next_run_at - clock.now >= timedelta(hours=23)
    assert services.due(clock.now + timedelta(hours=22)) == []


@pytest.mark.django_db
def test_a_huge_file_is_not_taken_and_the_others_are(site: PretendSite, clock: Clock) -> None:
    site.put(START, page(download("/big.pdf", "Gros"), download("/raa-1.pdf", "RAA")))
    site.put("/big.pdf", b"%PDF-" + b"0" * (2 << 20))
    site.put("/raa-1.pdf", PDF)
    ran = services.run_source(source(site), clock=clock)

    assert (ran.failed, ran.new) == (1, 1)
    assert Item.objects.get(url__endswith="big.pdf").state == "FAILED"


@pytest.mark.django_db
def test_a_redirection_is_followed_but_never_into_a_private_network(
    site: PretendSite, clock: Clock
) -> None:
    site.put(START, page(download("/a.pdf", "A"), download("/b.pdf", "B")))
    site.put("/a.pdf", b"", status=302, headers={"Location": "/c.pdf"})
    site.put("/b.pdf", b"", status=302, headers={"Location": "http://10.0.0.1/x.pdf"})
    site.put("/c.pdf", PDF)
    ran = services.run_source(source(site), clock=clock)

    assert (ran.new, ran.failed) == (1, 1)


@pytest.mark.django_db
def test_a_source_that_another_process_runs_is_left_to_it(site: PretendSite, clock: Clock) -> None:
    one_file(site)
    name = source(site)
    other = subprocess.run(
        [sys.executable, "-c", "from contrechamp.foundation.lease import holder; print(holder())"],
        capture_output=True,
        text=True,
        check=True,
    )
    Source.objects.update(run_by="another-machine 1 1 x", last_run_at=clock())
    with pytest.raises(services.Busy):
        services.run_source(name, clock=clock)
    Source.objects.update(run_by=other.stdout.strip())
    assert services.run_source(name, clock=clock).resumed


@pytest.mark.django_db
def test_long_silence_is_said_once(site: PretendSite, clock: Clock) -> None:
    days = [NOW - timedelta(days=40 + 2 * n) for n in range(8)]
    site.put(
        START,
        page(
            *(
                download(f"/{n}.pdf", f"RAA {n}", f"PDF - {day:%d/%m/%Y}")
                for n, day in enumerate(days)
            )
        ),
    )
    for n in range(8):
        site.put(f"/{n}.pdf", made.pdf([(f"Bulletin {n}",)]))
    name = source(site)
    assert services.run_source(name, clock=clock).silent == 1
    assert services.run_source(name, clock=clock).silent == 0


@pytest.mark.django_db
def test_a_folder_is_watched(clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    file = folder / "RAA du 3 février 2031.pdf"
    file.write_bytes(PDF)
    os.utime(file, (1, 1))
    name, _ = services.add_source("folder", str(folder), actor=system_account("watch"), now=NOW)
    assert services.run_source(name.name, clock=clock).new == 1
    assert services.run_source(name.name, clock=clock).unchanged == 1
    file.write_bytes(PDF2)
    os.utime(file, (2, 2))
    assert services.run_source(name.name, clock=clock).replaced == 1


def row(number: int, amount: int) -> str:
    return (
        f'{{"uid": "u{number}", "id": "{number}", "montant": {amount}, '
        '"objet": "Extension de la vidéoprotection urbaine", '
        '"acheteur": {"id": "21590343600016", "nom": "Ville"}, "dateNotification": "2031-01-05"}'
    )


@pytest.mark.django_db
def test_of_a_register_only_new_and_changed_contracts_enter_the_inbox(
    site: PretendSite, clock: Clock
) -> None:
    def register(*amounts: int) -> bytes:
        rows = [row(number, amount) for number, amount in enumerate(amounts)]
        return ('{"marches": [' + ", ".join(rows) + "]}").encode()

    site.put("/decp.json", register(100, 200), kind="application/json")
    name = source(site, "files", "/decp.json", reads="decp")
    first = services.run_source(name, clock=clock)
    assert first.contracts == {"new": 2, "changed": 0, "gone": 0}
    assert (first.findings, Found.objects.count()) == (2, 2)
    site.put("/decp.json", register(100, 250, 300), kind="application/json")
    second = services.run_source(name, clock=clock)
    assert second.contracts == {"new": 1, "changed": 1, "gone": 0}
    assert second.findings == 2
    third = services.run_source(name, clock=clock)
    assert (third.contracts["new"], third.findings) == (0, 0)


@pytest.mark.django_db
def test_sources_are_added_once_and_checked(clock: Clock) -> None:
    actor = system_account("watch")
    var, is_new = services.add_source("prefecture", "83", actor=actor, now=NOW)
    assert (var.departement, is_new, var.reads) == ("83", True, "raa")
    assert services.add_source("prefecture", "83", actor=actor, now=NOW) == (var, False)
    for kind, address in (
        ("newspaper", "https://x.example"),
        ("feed", "ftp://x.example"),
        ("feed", "https://me:secret@x.example"),
        ("mailbox", "https://x.example"),
    ):
        with pytest.raises(Refused):
            services.add_source(kind, address, actor=actor, now=NOW)


def test_every_known_site_has_a_configuration_that_holds() -> None:
    from contrechamp.watch.domain.sites import read_site

    sites = services.known_sites()
    assert len(sites) >= 55
    assert all(read_site(each["configuration"]).start for each in sites.values())


@pytest.mark.django_db
def test_one_source_that_breaks_does_not_keep_the_others_from_running(
    site: PretendSite, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    one_file(site)
    actor = system_account("watch")
    services.add_source("folder", "/nowhere", actor=actor, now=NOW, name="a-folder")
    Source.objects.update(configuration={"no such key": 1})
    source(site)
    tasks.run_due()

    assert Item.objects.get().state == "FETCHED"
    assert "a-folder" in caplog.text
    assert services.due(timezone.now()) == ["a-folder"]


COMMAND = Path(sys.executable).with_name("contrechamp")


def test_a_run_that_was_killed_goes_on_without_a_second_download(
    site: PretendSite, tmp_path: Path
) -> None:
    site.put(START, page(*(download(f"/raa-{n}.pdf", f"RAA {n}") for n in range(6))))
    for n in range(6):
        site.put(f"/raa-{n}.pdf", made.pdf([(f"Bulletin {n}",)]), etag=False)
    inherited = {name: os.environ[name] for name in os.environ if "DJANGO" not in name}
    environment = {
        **inherited,
        "CONTRECHAMP_DATA": str(tmp_path / "data"),
        "CONTRECHAMP_WATCH_PAUSE": "0.3-0.3",
        "LC_ALL": "C.UTF-8",
    }

    def command(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603
            [COMMAND, "watch", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    added = command("add-source", "prefecture", site.address + START, "--name", "pays")
    assert "pays" in added.communicate(timeout=400)[0]
    with command("run", "--once") as run:
        deadline = monotonic() + 200
        while len(site.downloads()) < 3 and monotonic() < deadline:
            sleep(0.05)
        sleep(0.15)  # The third file is written down before the next is asked for.
        os.killpg(run.pid, signal.SIGKILL)
    before = len(site.downloads())
    assert before < 6
    resumed = command("run", "--once", "--json")
    out, err = resumed.communicate(timeout=400)

    assert resumed.returncode == 0, err
    assert '"resumed": true' in out
    downloads = site.downloads()
    assert len(set(downloads)) == 6
    assert len(downloads) - len(set(downloads)) == 0
