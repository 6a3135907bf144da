"""Dossiers: what gets in, what is printed, and that the same dossier is the same bytes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from contrechamp.accounts.domain import Role
from contrechamp.documents import binding, services
from contrechamp.documents.domain.dossiers import Cover, Dossier, Passage, Source, Statement
from contrechamp.documents.models import Document, Quote
from contrechamp.documents.services import dossiers as papers
from contrechamp.foundation.store import store
from tests import make
from tests.documents import made

pytestmark = pytest.mark.django_db
SITE = "https://observatoire.example"
WORDS = made.LINES[1]
STATUSES = (("documented", "documenté", "Un acte l'établit."),)


def quoted(document: Document, exact: str = WORDS, page: int = 1) -> Quote:
    by = document.added_by
    return services.cite(made.key(document), page=page, exact=exact, actor=by, now=made.NOW)


def said(sentence: str, *passages: Passage, **fields: Any) -> Statement:
    return Statement(sentence=sentence, passages=passages, **fields)


def passage(document: Document, exact: str = WORDS, page: int = 1) -> Passage:
    return papers.passage_of_quote(quoted(document, exact, page).pk, site=SITE, public_only=False)


def cover(**fields: Any) -> Cover:
    given = {"title": "La vidéoprotection", "day": "2026-03-02", "observatory": SITE} | fields
    return Cover(**given)


def dossier(statements: Sequence[Statement], **fields: Any) -> Dossier:
    return papers.assemble(cover(**fields), statements, site=SITE)


def bound_of(of: Dossier, out: Path, **more: Any) -> binding.Bound:
    """Bind in this process: to start another for each test would be most of its time."""
    return binding.bind(papers.order_of(of, out, **more))


def three() -> Dossier:
    """Three sentences on two documents."""
    one = made.document()
    other = made.document(
        texts=[made.LINES, ("ANNEXE", "Douze caméras sont posées.")], title="Acte"
    )
    return dossier(
        [
            said(
                "Le marché est signé", passage(one), status="documented", status_words="documenté"
            ),
            said("Douze caméras", passage(other, "Douze caméras sont posées.", 2)),
            said("Le montant est connu", passage(one, made.LINES[3]), note="Hors taxes."),
        ]
    )


def words_of(path: Path) -> str:
    with pdfium.PdfDocument(path) as document:
        pages = [
            document[number].get_textpage().get_text_range() for number in range(len(document))
        ]
    text = "\n".join(pages).replace("\ufffe", "-").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def test_a_dossier_says_each_sentence_with_its_passage_and_its_source(tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    bound_of(three(), out, statuses=STATUSES)
    text = words_of(out)
    for words in (
        "La vidéoprotection",
        "1. Le marché est signé",
        "3. Le montant est connu",
        WORDS,
        "Hors taxes.",
        "Pièce n° 2",
        "Publié sur un site officiel.",
        "documenté",
        SITE,
    ):
        assert words in text


def test_it_is_tagged_has_bookmarks_and_pages_that_are_counted(tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    bound = bound_of(three(), out)
    assert bound.standards == ("ua-1", "a-2a")
    with pikepdf.open(out) as document:
        root: Any = document.Root
        assert str(root.Lang) == "fr"
        assert bool(root.MarkInfo.Marked)
        assert len(document.pages) == bound.pages
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
            below = [item.title for item in outline.root[1].children]
    assert "Faits et passages" in titles
    assert below[0] == "1. Le marché est signé"
    assert f"3 / {bound.pages}" in words_of(out)


def test_another_process_binds_the_same(tmp_path: Path) -> None:
    same = three()
    papers.bind_dossier(same, tmp_path / "one.pdf")
    bound_of(same, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_same_dossier_is_the_same_bytes(tmp_path: Path) -> None:
    same = three()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        bound_of(same, tmp_path / name / "d.zip", form=binding.ZIP)
        bound_of(same, tmp_path / name / "d.pdf")
        bound_of(same, tmp_path / name / "folder", form=binding.FOLDER)
    for name in ("d.zip", "d.pdf", "folder/dossier.pdf", "folder/SHA256SUMS"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_each_exhibit_is_the_public_copy_and_its_hash_is_listed(tmp_path: Path) -> None:
    out = tmp_path / "dossier.zip"
    same = three()
    bound_of(same, out, form=binding.ZIP)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        listed = (line.split("  ", 1) for line in archive.read("SHA256SUMS").decode().splitlines())
        sums = {name: digest for digest, name in listed}
        for name in set(names) - {"SHA256SUMS"}:
            assert hashlib.sha256(archive.read(name)).hexdigest() == sums[name]
        manifest = json.loads(archive.read("manifest.json"))
        exact = archive.read("pieces/01-2023-11-03-deliberation-du-3-novembre-2023.pdf")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert hashlib.sha256(exact).hexdigest() == same.exhibits[0].sha256
    assert {"dossier.pdf", "inventaire.pdf", "manifest.json", "SHA256SUMS"} <= set(names)
    assert sum(name.startswith("pieces-estampillees/") for name in names) == 2
    assert manifest["statements"][1]["passages"][0]["exhibit"] == 2
    assert [each["number"] for each in manifest["exhibits"]] == [1, 2]


def stamped(out: Path, number: int) -> bytes:
    with zipfile.ZipFile(out) as archive:
        start = f"pieces-estampillees/{number:02}-"
        return archive.read(next(name for name in archive.namelist() if name.startswith(start)))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_stamp_is_at_the_top_right_however_a_page_is_turned(
    rotate: int, tmp_path: Path
) -> None:
    content = made.pdf([made.LINES, made.LINES], rotate=rotate, crop=(20, 30, 500, 800))
    document = made.document(texts=[made.LINES, made.LINES], content=content)
    out = tmp_path / "d.zip"
    whole = papers.passage_of_document(made.key(document), site=SITE)
    bound_of(dossier([said("Un acte", whole)]), out, form=binding.ZIP)
    with pdfium.PdfDocument(stamped(out, 1)) as pdf:
        assert len(pdf) == 2
        for page in (pdf[0], pdf[1]):
            wide, high = page.get_size()
            found = page.get_textpage().search("Pièce n° 1").get_next()
            assert found
            image = page.render(scale=1).to_pil().convert("RGB")
            corner = image.crop((int(wide * 0.75), 0, int(wide), int(high * 0.1)))
            reds = sum(
                1
                for red, green, blue in corner.get_flattened_data()
                if red > 150 and green < 90 and blue < 90
            )
            assert reds > 60


def test_a_text_an_image_and_an_email_are_stamped_as_pdf_too(tmp_path: Path) -> None:
    kinds = (
        ("text", "text/plain", b"Une note.", False, ".txt"),
        ("email", "message/rfc822", b"Subject: Bonjour\n\nUne note.", False, ".eml"),
        ("image", "image/png", made.scan(size=(900, 500)), True, ".png"),
    )
    statements = []
    for kind, mime, content, has_image, _ in kinds:
        document = made.document(
            texts=[("Une note.",)], content=content, kind=kind, mime=mime, has_image=has_image
        )
        whole = papers.passage_of_document(made.key(document), site=SITE)
        statements.append(said(kind, whole))
    out = tmp_path / "d.zip"
    bound_of(dossier(statements), out, form=binding.ZIP)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
    for number, (*_, ending) in enumerate(kinds, start=1):
        assert any(
            name.startswith(f"pieces/{number:02}") and name.endswith(ending) for name in names
        )
        assert f"Pièce n° {number}" in "".join(made.drawn(stamped(out, number)))


def test_signs_that_no_letter_shows_do_not_stop_it(tmp_path: Path) -> None:
    out = tmp_path / "d.pdf"
    source = Source(kind="Page", title="監視 🎥 كاميرا", url="https://example.org/監視")
    bound_of(dossier([Statement(sentence="Une 🎥 caméra\x00", sources=(source,))]), out)
    assert "caméra" in words_of(out)


def test_a_dossier_speaks_english(tmp_path: Path) -> None:
    out = tmp_path / "d.pdf"
    statement = said("The contract is signed", passage(made.document()))
    bound_of(dossier([statement], language="en"), out)
    text = words_of(out)
    assert "Contents" in text
    assert "Exhibit No. 1" in text
    assert "Sommaire" not in text


def test_a_withdrawn_document_is_refused_with_its_title_and_day() -> None:
    document = made.document()
    quote = quoted(document)
    amina = make.user("amina", Role.EDITOR)
    services.withdraw_document(document, actor=amina, now=made.NOW, reason="Erreur.")
    with pytest.raises(papers.NotPublic, match="retiré"):
        papers.passage_of_quote(quote.pk, site=SITE, public_only=False)


@pytest.mark.parametrize("state", ["DRAFT", "IN_REVIEW"])
def test_what_is_not_public_gets_into_no_dossier(state: str) -> None:
    document = made.document(state=state, access="TEAM", published_at=None)
    with pytest.raises(papers.NotPublic, match="pas public"):
        papers.passage_of_quote(quoted(document).pk, site=SITE, public_only=False)


def test_a_sealed_file_gets_into_no_dossier() -> None:
    document = made.document()
    quote = quoted(document)
    document.versions.get().file.__class__.objects.update(area="SEALED")
    with pytest.raises(papers.NotPublic):
        papers.passage_of_quote(quote.pk, site=SITE, public_only=False)


def test_a_quote_on_which_nothing_public_rests_is_no_visitors() -> None:
    with pytest.raises(papers.NotPublic, match="n'existe pas"):
        papers.passage_of_quote(quoted(made.document()).pk, site=SITE)


def test_exhibits_that_are_too_large_are_refused_with_the_settings_name(settings: Settings) -> None:
    from dataclasses import replace

    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, dossier_limit_mb=0)
    with pytest.raises(papers.TooLarge, match="CONTRECHAMP_DOSSIER_LIMIT_MB"):
        dossier([said("Un acte", passage(made.document()))])


def test_a_file_that_was_changed_on_disk_is_not_handed_out(tmp_path: Path) -> None:
    document = made.document(texts=[("Un fichier que nul autre essai ne lit.",)])
    whole = papers.passage_of_document(made.key(document), site=SITE)
    same = dossier([said("Un acte", whole)])
    with store().path(same.exhibits[0].sha256) as path:
        path.chmod(0o640)
        path.write_bytes(path.read_bytes() + b"\n%")
    with pytest.raises(papers.CannotBind, match="Damaged"):
        papers.bind_dossier(same, tmp_path / "d.zip", form=binding.ZIP)
    assert not list(tmp_path.iterdir())


def test_words_are_marked_where_they_stand_without_a_quote() -> None:
    document = made.document(texts=[made.LINES, made.LINES])
    found = papers.passage_of_words(made.key(document), 2, made.LINES[3], site=SITE)
    assert [page for page, _ in found.rects] == [2]
    lost = papers.passage_of_words(made.key(document), 2, "Rien de tel.", site=SITE)
    assert lost.rects == ()
    assert lost.exact == "Rien de tel."


def test_a_black_and_white_page_is_kept_small() -> None:
    page = Image.open(BytesIO(made.scan(size=(1240, 1754)))).convert("RGB")
    body, ending = binding.packed(page)
    assert ending == "png"
    photograph = Image.effect_noise((600, 400), 80)
    assert binding.packed(photograph)[1] == "jpg"
    assert len(body) < 60_000


def test_one_page_that_cannot_be_drawn_costs_its_picture_alone(tmp_path: Path) -> None:
    document = made.document(content=b"%PDF-1.4 nothing")
    found = Passage(sha256=made.key(document), page_from=1, page_to=1, exact="Le maire")
    out = tmp_path / "d.pdf"
    bound_of(dossier([said("Un acte", found)]), out)
    assert "Le maire" in words_of(out)


def test_the_exhibits_of_a_dossier_are_looked_up_once_each(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    passages = [passage(made.document())] * 20
    with django_assert_max_num_queries(4):
        dossier([said(f"Phrase {number}", each) for number, each in enumerate(passages)])
