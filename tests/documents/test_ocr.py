"""Scans are read by machine: each page once, whoever dies; words where they are seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pytest_django import Settings

from contrechamp.documents import queries, services
from contrechamp.documents.domain import recognition
from contrechamp.documents.domain.recognition import Recognised
from contrechamp.documents.models import File, OcrPage, Page, TextLayer
from contrechamp.documents.services import ocr
from contrechamp.documents.signals import page_text_ready
from contrechamp.foundation import lease
from tests import make
from tests.documents import files
from tests.shared import shared

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ME, OTHER = "host 1 2 3#1", "host 1 2 3#2"


@pytest.fixture
def queued(
    db: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> list[int]:
    """Three pages that wait, in an instance of their own."""
    data = tmp_path_factory.mktemp("data")
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=data, workers=2)
    path = files.tiff(tmp_path / "scan.tif", 3)
    services.add_paths([path], actor=make.user("sarah"), now=NOW)
    return list(OcrPage.objects.order_by("pk").values_list("pk", flat=True))


def found(text: str, confidence: float | None = 90.0) -> Recognised:
    words = ((0, len(text), 0.1, 0.1, 0.9, 0.2, 90.0),) if text else ()
    return Recognised(
        text=text,
        words=words,
        confidence=confidence,
        engine="tesseract",
        engine_version="5",
        turned=0,
        skew=0.0,
        seconds=1.5,
    )


def test_a_page_is_leased_to_one(queued: list[int]) -> None:
    assert ocr.lease_pages(2, me=ME, now=NOW) == queued[:2]
    assert ocr.lease_pages(9, me=OTHER, now=NOW) == queued[2:]
    assert ocr.lease_pages(9, me=OTHER, now=NOW) == []


def test_a_lease_ends(queued: list[int]) -> None:
    ocr.lease_pages(3, me=ME, now=NOW)

    assert ocr.lease_pages(3, me=OTHER, now=NOW + timedelta(minutes=4)) == []
    assert ocr.lease_pages(3, me=OTHER, now=NOW + timedelta(minutes=6)) == queued


def test_the_pages_of_a_process_that_was_killed_are_free_at_once(queued: list[int]) -> None:
    host, number, _, boot = lease.holder().split(" ")
    ocr.lease_pages(1, me=f"{host} {number} 0 {boot}#1", now=NOW)
    ocr.lease_pages(1, me=f"{lease.holder()}#1", now=NOW)
    ocr.lease_pages(1, me="another-machine 1 0 x#1", now=NOW)

    assert ocr.free_lost_leases() == 1
    assert ocr.lease_pages(3, me=OTHER, now=NOW) == queued[:1]


def test_a_text_is_written_with_done(queued: list[int]) -> None:
    heard: list[object] = []
    page_text_ready.connect(lambda pages, **_: heard.extend(pages), weak=False, dispatch_uid="t")
    ocr.lease_pages(1, me=ME, now=NOW)

    assert ocr.record_text(queued[0], found("Arrêté du préfet"), me=ME, now=NOW)

    page_text_ready.disconnect(dispatch_uid="t")
    file = File.objects.get()
    assert queries.current_text(file.pk, 1) == "Arrêté du préfet"
    layer = queries.current_layer(file.pk, 1)
    assert layer is not None
    assert layer.words is not None
    assert (layer.kind, layer.confidence, layer.words[0][:2]) == ("OCR", 90.0, [0, 16])
    assert heard == [(file.pk, 1)]
    assert queries.recognition() == queries.Progress(queued=2, done=1)


def test_a_text_that_comes_when_the_lease_is_lost_is_dropped(queued: list[int]) -> None:
    ocr.lease_pages(1, me=ME, now=NOW)
    ocr.lease_pages(1, me=OTHER, now=NOW + timedelta(minutes=6))
    ocr.record_text(queued[0], found("le premier"), me=OTHER, now=NOW)

    assert not ocr.record_text(queued[0], found("trop tard"), me=ME, now=NOW)
    assert TextLayer.objects.get().text == "le premier"


def test_a_page_is_tried_twice(queued: list[int]) -> None:
    for is_last in (False, True):
        ocr.lease_pages(1, me=ME, now=NOW)
        OcrPage.objects.filter(state="RUNNING").exclude(pk=queued[0]).update(state="DONE")
        page = OcrPage.objects.get(state="RUNNING").pk
        assert ocr.record_failure(page, "too dark", me=ME) is is_last
        OcrPage.objects.exclude(pk=page).update(state="DONE")

    assert [line.error for line in queries.recognition_failures()] == ["too dark"]
    assert services.retry_failed() == 1
    assert queries.recognition().failed == 0


@pytest.mark.parametrize(
    ("kind", "before", "read", "after"),
    [
        ("FILE", "lkjw qsdfr poiuv wxcvb nbnbv zzrtt", "La caméra de surveillance", True),
        ("FILE", "La caméra de surveillance de la place", "La cam ra d su veill nce", False),
        ("FILE", "Page 3", "La caméra de surveillance de la place", True),
        ("CORRECTED", "La caméra", "La caméra de surveillance de la place", False),
        ("OCR", "La caméra de surveillance", "La", True),
    ],
)
def test_the_better_text_is_shown_and_both_are_kept(
    queued: list[int], kind: str, before: str, read: str, after: bool
) -> None:
    page = Page.objects.get(pk=queued[0])
    TextLayer.objects.create(page=page, kind=kind, engine="pdfium", text=before, made_at=NOW)
    ocr.lease_pages(1, me=ME, now=NOW)

    ocr.record_text(page.pk, found(read), me=ME, now=NOW)

    assert queries.current_text(page.file_id, 1) == (read if after else before)
    assert TextLayer.objects.filter(page=page).count() == 2


def test_waiting_pages_are_read_and_a_second_run_finds_nothing(queued: list[int]) -> None:
    seen: list[int] = []

    run = services.recognise_waiting(clock=lambda: NOW, progress=lambda r: seen.append(r.done))

    assert (run.total, run.done, run.failed) == (3, 3, 0)
    assert seen[-1] == 3
    assert services.recognise_waiting(clock=lambda: NOW).total == 0
    assert TextLayer.objects.filter(kind="OCR").count() == 3


def test_a_limit_is_kept_and_nothing_stays_leased(queued: list[int]) -> None:
    assert services.recognise_waiting(clock=lambda: NOW, limit=1).done == 1
    assert queries.recognition() == queries.Progress(queued=2, done=1)


def test_a_page_that_cannot_be_read_is_told_and_stops_nothing(queued: list[int]) -> None:
    Page.objects.filter(pk=queued[0]).update(number=77)

    run = services.recognise_waiting(clock=lambda: NOW)
    again = services.recognise_waiting(clock=lambda: NOW)

    assert run.done == 2
    assert run.failed + again.failed == 1
    (line,) = queries.recognition_failures()
    assert line.page.number == 77
    assert line.error


def read(name: str, page: int = 1, kind: str = "pdf") -> Recognised:
    return recognition.recognise(shared("ocr_fixtures") / name, kind, page, ocr.model_folder())


def test_french_is_read_with_its_accents() -> None:
    result = read("francais.pdf")

    assert "Portez ce vieux whisky" in result.text
    assert "île\nintérieure" in result.text
    assert result.confidence is not None
    assert result.confidence > 85


def test_words_point_into_the_text_and_lie_on_the_page() -> None:
    result = read("francais.pdf")

    for start, end, x0, y0, x1, y1, sure in result.words:
        assert result.text[start:end].strip() == result.text[start:end] != ""
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1
        assert 0 <= sure <= 100
    assert [word[0] for word in result.words] == sorted(word[0] for word in result.words)


@pytest.fixture(scope="module")
def upright() -> tuple[Image.Image, Recognised]:
    path = shared("ocr_fixtures") / "francais.pdf"
    image, _ = recognition.draw(path, "pdf", 1)
    return image, recognition.recognise(path, "pdf", 1, ocr.model_folder())


@pytest.mark.parametrize(("turn", "skew"), [(90, 0), (180, 0), (270, 0), (0, 3), (90, -2)])
def test_a_page_lying_on_its_side_or_askew_is_read_and_its_words_are_where_they_are_seen(
    upright: tuple[Image.Image, Recognised], tmp_path: Path, turn: int, skew: int
) -> None:
    """Turn a page; each word found must lie on the ink that it has in the turned picture."""
    image, straight = upright
    turned = image.rotate(turn, expand=True).rotate(skew, expand=True, fillcolor=255)
    path = tmp_path / "turned.png"
    turned.save(path, dpi=(300, 300))

    result = recognition.recognise(path, "image", 1, ocr.model_folder())

    words, wanted = set(result.text.split()), set(straight.text.split())
    assert len(words & wanted) > 0.8 * len(wanted)
    for start, end, x0, y0, x1, y1, _ in result.words:
        box = (
            int(x0 * turned.width),
            int(y0 * turned.height),
            int(x1 * turned.width) + 1,
            int(y1 * turned.height) + 1,
        )
        darkest = min(turned.crop(box).tobytes())
        assert darkest < 128, result.text[start:end]


def test_a_blank_page_is_empty_and_quick(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("L", (2480, 3508), 250).save(path)

    result = recognition.recognise(path, "image", 1, ocr.model_folder())

    assert (result.text, result.words, result.confidence) == ("", (), None)


@pytest.mark.parametrize("page", [1, 3])
def test_real_acts_are_read(page: int) -> None:
    """One page each of an act whose other reading is known; the bench measures all of them."""
    from bench.documents import words_of

    path = shared("scanned_acts/arrete_sentiers_randonnee.pdf")
    result = recognition.recognise(path, "pdf", page, ocr.model_folder())
    reference = words_of((path.with_suffix(".ref.md")).read_text())

    mine = words_of(result.text)
    assert sum((mine & reference).values()) >= 0.9 * sum(mine.values())
    assert pypdfium2.PdfDocument(path)[page - 1].get_textpage().count_chars() == 0
