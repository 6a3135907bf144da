"""How fast pages of documents open: pictures, pages, search inside, citing.

    .venv/bin/python bench/pages.py FILE.pdf [FILE.pdf …]

Takes the files into a folder of its own, publishes them, and asks for pages in this process, one
after the other. Targets: `documents.md`: a page view 150 ms at first, 20 ms when kept.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

PAGES = 12
FIRST_MS, KEPT_MS = 150, 20


def main(paths: list[str]) -> int:
    """Print medians and worst times beside their targets."""
    with TemporaryDirectory() as folder:
        os.environ |= {
            "CONTRECHAMP_DATA": folder,
            "CONTRECHAMP_REVIEWERS": "1",
            "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        measure([Path(path) for path in paths])
    return 0


def measure(paths: list[Path]) -> None:
    """Add the files, then ask for their pages."""
    from django.test import Client
    from django.utils import timezone

    from contrechamp.accounts.domain import Role
    from contrechamp.accounts.models import User
    from contrechamp.documents import queries, rendering, services

    now = timezone.now()
    editor = User.objects.create(username="bench", role=Role.EDITOR)
    services.add_paths(paths, actor=editor, now=now, ocr="never")
    browser = Client(headers={"host": "localhost"})
    for document in queries.visible_to(editor).order_by("title"):
        services.publish_document(document, reviewer=editor, now=now)
        file = document.versions.get().file
        at = f"/documents/{file.pk}"
        numbers = range(1, min(file.pages_count, PAGES) + 1)
        print(f"{document.title[:40]}: {file.pages_count} pages")
        show(
            "picture, first", [time(browser.get, f"{at}/page/{n}.webp") for n in numbers], FIRST_MS
        )
        show("picture, kept", [time(browser.get, f"{at}/page/{n}.webp") for n in numbers], KEPT_MS)
        show("thumbnail, first", [time(browser.get, f"{at}/page/{n}.webp?w=220") for n in numbers])
        show("page as HTML", [time(browser.get, f"{at}/page/{n}") for n in numbers])
        show("page, words marked", [time(browser.get, f"{at}/page/{n}?q=article") for n in numbers])
        show("search inside", [time(browser.get, f"{at}/recherche?q=article") for _ in range(3)])
        texts = {n: queries.current_text(file.pk, n) or "" for n in numbers}
        cited = [
            time(services.cite, file.pk, page=n, start=0, end=80, actor=editor, now=now)
            for n, text in texts.items()
            if len(text.strip()) > 100
        ]
        show("cite a passage", cited)
    rendering.stop()


def time(act: Callable[..., object], *given: object, **named: object) -> float:
    """Return how many milliseconds an act takes."""
    started = perf_counter()
    act(*given, **named)
    return (perf_counter() - started) * 1000


def show(what: str, found: list[float], target: float | None = None) -> None:
    """Print one line."""
    if found:
        wanted = f"   target {target:.0f} ms" if target else ""
        print(
            f"  {what:20} median {statistics.median(found):7.1f} ms"
            f"   worst {max(found):7.1f} ms{wanted}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
