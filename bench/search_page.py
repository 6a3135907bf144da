"""Time what people do with search, whole: results, suggestions, a list of names, a feed.

    python -m bench.search_page                 20,000 pages of documents, made up
    python -m bench.search_page 1000000         as many as one likes (an hour of filling)
    python -m bench.search_page --folder FOLDER an observatory that is there (`bench.fill`)

Each page is asked of Django in this process, without the shelf of kept pages: the engine, the
database, the marks and the template. Milliseconds of the clock and of the processor, since other
work on the machine blurs the first.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from django.test import Client

    from contrechamp.accounts.models import User

PAGES, PER_DOCUMENT, TRIES, NAMES = 20_000, 20, 40, 500
TARGET_PAGE_MS, TARGET_SUGGEST_MS = 80, 20
BATCH = 2_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    """Fill a folder if need be, then measure."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("pages", type=int, nargs="?", default=PAGES)
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-search-page-") as made:
        os.environ["CONTRECHAMP_DATA"] = str(given.folder or made)
        os.environ["DJANGO_SETTINGS_MODULE"] = "contrechamp.project.settings"
        import django

        django.setup()
        if given.folder is None:
            _fill(Path(made), given.pages)
        _measure()
    return 0


def _fill(folder: Path, pages: int) -> None:
    """Write public documents of invented words, and index them."""
    from django.core.management import call_command

    from bench import made_pages
    from contrechamp.accounts.models import User
    from contrechamp.cli.commands import init
    from contrechamp.search import services

    init.command.callback()  # type: ignore[misc]
    call_command("collectstatic", interactive=False, verbosity=0)
    someone = User.objects.create(username="bench")
    begun = perf_counter()
    rows = made_pages.make(folder, pages).execute("SELECT ref, day, text FROM page ORDER BY id")
    while part := list(islice(rows, BATCH)):
        _write(part, someone)
    print(f"{pages} pages written in {perf_counter() - begun:.0f} s")
    begun = perf_counter()
    services.rebuild()
    print(f"indexed in {perf_counter() - begun:.0f} s")


def _write(rows: list[tuple[str, int, str]], someone: User) -> None:
    from contrechamp.documents.models import Document, File, Page, TextLayer, Version

    by_document: dict[str, list[tuple[int, int, str]]] = {}
    for ref, day, text in rows:
        key, _, number = ref.removeprefix("documents:page:").partition("/")
        by_document.setdefault(key, []).append((int(number), day, text))
    File.objects.bulk_create(
        File(sha256=key, sha1="", bytes=len(key), mime="application/pdf", kind="pdf",
             pages_count=len(each), read_state="read")
        for key, each in by_document.items()
    )  # fmt: skip
    documents = {
        key: Document(title=f"Arrêté {int(key, 16)}", doc_type="order", state="PUBLISHED",
                      access="PUBLIC", dated_earliest=date.fromordinal(each[0][1]),
                      place_codes=[f"commune:{_commune(key)}"], added_by=someone, added_at=NOW,
                      published_by=someone, published_at=NOW)
        for key, each in by_document.items()
    }  # fmt: skip
    Document.objects.bulk_create(documents.values())
    Version.objects.bulk_create(
        Version(document=document, file_id=key, seen_on=NOW.date())
        for key, document in documents.items()
    )
    pages = Page.objects.bulk_create(
        Page(file_id=key, number=number)
        for key, each in by_document.items()
        for number, _, _ in each
    )
    texts = {(key, number): text for key, each in by_document.items() for number, _, text in each}
    TextLayer.objects.bulk_create(
        TextLayer(page=page, kind="FILE", engine="bench", made_at=NOW,
                  text=texts[page.file_id, page.number])
        for page in pages
    )  # fmt: skip


def _commune(key: str) -> str:
    return ("06088", "13055", "75056", "69123", "83137")[int(key, 16) % 5]


def _measure() -> None:
    from django.conf import settings
    from django.test import Client

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "keeping" not in name]
    settings.ALLOWED_HOSTS = ["*"]
    browser = Client(headers={"accept-language": "fr"})
    words = _words()
    print(f"{'':34} median   p95   processor")
    for name, make, target in _questions(words):
        _show(name, browser, make, target)
    names = "\n".join(f"{a} {b}" for a, b in zip(words(), words(), strict=False))
    listed = "\n".join(names.splitlines()[:NAMES])
    begun, cpu = perf_counter(), process_time()
    for page in range(NAMES // 50):
        browser.post("/recherche/liste", {"names": listed, "page": str(page + 1)})
    print(f"{NAMES} names, fifty a page          {perf_counter() - begun:5.1f} s in all"
          f"   ({process_time() - cpu:.1f} s of processor)")  # fmt: skip


def _words() -> Callable[[], Iterator[str]]:
    """Return frequent and seldom words of what is searched, the same ones each time."""
    from contrechamp.search.queries import engine

    found = [(n, word) for letter in "acdlmps" for word, n in engine().near(letter, limit=5_000)]
    by_count = [word for _, word in sorted(found, reverse=True)]

    def words() -> Iterator[str]:
        chance = random.Random(7)
        while True:
            yield by_count[int(len(by_count) * chance.random() ** 3)]

    return words


def _questions(
    words: Callable[[], Iterator[str]],
) -> list[tuple[str, Callable[[], Iterator[str]], int | None]]:
    def one() -> Iterator[str]:
        return (f"/recherche?q={quote(word)}" for word in words())

    def two() -> Iterator[str]:
        drawn = words()
        return (f"/recherche?q={quote(f'{next(drawn)} {next(drawn)}')}" for _ in range(10**6))

    def narrowed() -> Iterator[str]:
        return (f"{url}&annee=2019&type=page&lieu=departement:06" for url in one())

    def ranged() -> Iterator[str]:
        return (f"{url}&depuis=2015&jusqua=2020" for url in one())

    def slipped() -> Iterator[str]:
        return (f"/recherche?q={quote(word[:2] + word[3:])}" for word in words() if len(word) > 6)

    def begun() -> Iterator[str]:
        chance = random.Random(3)
        towns = ("nice", "saint", "mar", "la ", "tou", "vid", "drone", "06", "le ha", "ar")
        texts = (chance.choice(towns)[: chance.randint(2, 5)] for _ in range(10**6))
        return (f"/recherche/suggestions.json?q={quote(text)}" for text in texts)

    def feed() -> Iterator[str]:
        return (url.replace("recherche?", "recherche.atom?") for url in one())

    return [
        ("results, one word", one, TARGET_PAGE_MS),
        ("results, two words", two, TARGET_PAGE_MS),
        ("results, three facets chosen", narrowed, TARGET_PAGE_MS),
        ("results, within a period", ranged, TARGET_PAGE_MS),
        ("results, a letter missing", slipped, None),
        ("suggestions", begun, TARGET_SUGGEST_MS),
        ("feed", feed, None),
    ]


def _show(
    name: str, browser: Client, make: Callable[[], Iterator[str]], target: int | None
) -> None:
    clock: list[float] = []
    cpu: list[float] = []
    for url in islice(make(), TRIES + 3):
        begun, begun_cpu = perf_counter(), process_time()
        answer: Any = browser.get(url)
        clock.append((perf_counter() - begun) * 1000)
        cpu.append((process_time() - begun_cpu) * 1000)
        assert answer.status_code == 200, (url, answer.status_code)
    clock, cpu = clock[3:], cpu[3:]  # The first ones warm up.
    wanted = f"   target {target} ms (p95)" if target else ""
    print(
        f"{name:32} {statistics.median(clock):6.1f} {_p95(clock):6.1f} ms"
        f"   {statistics.median(cpu):6.1f} {_p95(cpu):6.1f} ms{wanted}"
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


if __name__ == "__main__":
    sys.exit(main())
