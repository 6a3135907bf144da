"""What a reader gets of a document: pages, marks, search, download; and what nobody gets."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from contrechamp.documents import rendering, services
from contrechamp.documents.models import Document, File, Quote
from contrechamp.foundation.store import store
from contrechamp.kernel.errors import Unavailable
from tests import make
from tests.documents import made
from tests.documents.made import NOW
from tests.people import Person


def public_quote(key: str, exact: str = "le maire à signer", page: int = 1) -> Quote:
    quote = services.cite(key, page=page, exact=exact, actor=make.user("marianne"), now=NOW)
    services.show_quotes([quote.id])
    quote.refresh_from_db()
    return quote


def test_a_document_says_what_it_is_and_how_to_check_it(visitor: Person) -> None:
    key = made.key(made.document(source_url="https://ville.example/deliberation.pdf"))
    page = visitor.opens(f"/documents/{key}").text

    assert "Délibération du 3 novembre 2023" in page
    assert "Publié sur un site officiel." in page
    assert "https://ville.example/deliberation.pdf" in page
    assert (
        f"sha256sum 2023-11-03-deliberation-deliberation-du-3-novembre-2023-{key[:8]}.pdf" in page
    )


def test_neither_who_added_a_document_nor_its_name_reaches_a_visitor(visitor: Person) -> None:
    key = made.key(made.document(texts=[made.LINES, ("Deux.",)]))
    public_quote(key)
    for part in ("", "/page/1", "/page/1.json", "/page/1.txt", "/texte", "/recherche?q=maire"):
        text = visitor.opens(f"/documents/{key}{part}").text
        assert "marianne" not in text
        assert "secret-nom-recu" not in text


def test_a_page_shows_picture_text_and_quotes_without_scripts(visitor: Person) -> None:
    key = made.key(made.document())
    quote = public_quote(key)
    page = visitor.opens(f"/documents/{key}/page/1").text

    assert f'src="/documents/{key}/page/1.webp?w=910"' in page
    assert f'<a id="{quote.id}" class="k1" href="#{quote.id}"' in page
    assert re.search(
        r'<mark class="k1 cited" id="t-q-\w+" data-q="q-\w+">le maire à signer</mark>', page
    )
    (x0, y0, x1, _), *_ = quote.rects["1"]
    assert f'<rect x="{x0:.5f}" y="{y0:.5f}" width="{x1 - x0:.5f}"' in page
    assert "style=" not in page


def test_a_quote_is_marked_for_visitors_once_something_public_rests_on_it(
    visitor: Person, noor: Person
) -> None:
    key = made.key(made.document())
    before = visitor.opens(f"/documents/{key}/page/1").content
    quote = services.cite(key, page=1, exact="le maire", actor=make.user("marianne"), now=NOW)

    assert visitor.opens(f"/documents/{key}/page/1").content == before
    assert visitor.opens(f"/documents/{key}/page/1?citation={quote.id}").status == 200
    assert quote.id not in visitor.opens(f"/documents/{key}/page/1.json").text
    assert quote.id in noor.opens(f"/documents/{key}/page/1").text


def test_a_page_without_picture_leads_to_the_words(visitor: Person) -> None:
    document = made.document(
        content=b"Le maire signe.", texts=[("Le maire signe.",)], kind="text", mime="text/plain",
        has_image=False,
    )  # fmt: skip
    key = made.key(document)
    quote = public_quote(key, "maire signe")
    page = visitor.opens(f"/documents/{key}/page/1").text

    assert quote.rects == {}
    assert f'id="{quote.id}"' in page
    assert "<img" not in page
    assert visitor.opens(f"/documents/{key}/page/1.webp").status == 404


def test_a_passage_over_two_pages_is_marked_on_both(visitor: Person) -> None:
    texts = [("Le conseil autorise", "le maire à signer"), ("le marché de caméras.",)]
    key = made.key(made.document(texts=texts))
    quote = services.cite(
        key, page=1, start=20, end=21, page_to=2, actor=make.user("marianne"), now=NOW
    )
    services.show_quotes([quote.id])
    first, second = (visitor.opens(f"/documents/{key}/page/{n}").text for n in (1, 2))

    assert ">le maire à signer</mark>" in first
    assert f'href="/documents/{key}/page/2#{quote.id}"' in first
    assert ">le marché de caméras.</mark>" in second
    assert f'<a id="{quote.id}"' in second


def test_words_looked_for_are_marked_and_the_first_is_a_target(visitor: Person) -> None:
    key = made.key(made.document())
    page = visitor.opens(f"/documents/{key}/page/1?q=societe+maires").text

    assert re.findall(r'<mark class="hit"( id="quote")?>(\w+)</mark>', page) == [
        (' id="quote"', "maire"),
        ("", "société"),
    ]
    assert page.count('<rect class="hit"') == 2


def test_a_zone_is_marked_and_a_bad_one_passed_over(visitor: Person) -> None:
    key = made.key(made.document())
    page = visitor.opens(f"/documents/{key}/page/1?zone=.12,.40,.88,.47").text
    assert '<rect class="zone" id="quote" x="0.12000" y="0.40000"' in page
    for bad in ("1,2,3", "a,b,c,d", "nan,0,1,1", "0,0,9,9", ""):
        answer = visitor.opens(f"/documents/{key}/page/1?zone={bad}")
        assert answer.status == 200
        assert 'class="zone"' not in answer.text


def test_what_is_written_in_a_document_stays_text(visitor: Person) -> None:
    lines = ("<script>alert(1)</script> & le maire",)
    key = made.key(made.document(texts=[lines], title="<b>gras</b>"))
    for part in ("", "/page/1?q=<script>", "/texte", "/recherche?q=maire"):
        text = visitor.opens(f"/documents/{key}{part}").text
        assert "<script>alert" not in text
        assert "<b>gras" not in text


def test_search_inside_lists_the_pages_with_what_is_around(visitor: Person) -> None:
    key = made.key(made.document(texts=[("Rien.",), made.LINES, ("Le maire.",)]))
    page = visitor.opens(f"/documents/{key}/recherche?q=vidéoprotection+maire").text

    assert "1 page." in page
    assert f'href="/documents/{key}/page/2?q=vid%C3%A9oprotection%20maire#quote"' in page
    assert "<mark>vidéoprotection</mark>" in page
    assert "Aucune page" in visitor.opens(f"/documents/{key}/recherche?q=drones").text


def test_the_whole_text_has_an_address_for_each_page(visitor: Person) -> None:
    key = made.key(made.document(texts=[(f"Page numéro {n}.",) for n in range(1, 24)]))
    first = visitor.opens(f"/documents/{key}/texte").text
    second = visitor.opens(f"/documents/{key}/texte?page=2").text

    assert 'id="p20"' in first
    assert 'id="p21"' not in first
    assert "Page numéro 23." in second
    assert visitor.opens(f"/documents/{key}/texte?p=23").text.count('id="p23"') == 1
    assert f"/documents/{key}/texte?p=22#p22" in visitor.opens(f"/documents/{key}/page/22").text


def test_parts_for_programs(visitor: Person) -> None:
    key = made.key(made.document())
    assert visitor.opens(f"/documents/{key}/page/1.txt").text == "\n".join(made.LINES)
    page = visitor.opens(f"/documents/{key}/page/1.json")
    assert page.headers["Content-Type"] == "application/json"
    assert '"text": "VILLE DE VILLENEUVE' in page.text
    assert '"engine": "pdfium"' in page.text


def test_the_form_for_a_page_leads_to_it(visitor: Person) -> None:
    key = made.key(made.document())
    assert visitor.opens(f"/documents/{key}/page?n=1").location == f"/documents/{key}/page/1"
    assert visitor.opens(f"/documents/{key}/page?n=x").location == f"/documents/{key}"
    assert visitor.opens(f"/documents/{key}/page/2").status == 404


def test_a_download_is_the_file_and_stays_outside_the_site(visitor: Person) -> None:
    key = made.key(made.document())
    answer = visitor.opens(f"/documents/{key}/telecharger")

    assert hashlib.sha256(answer.content).hexdigest() == key
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="2023-11-03-')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_drawn_once_in_two_sizes_and_no_other(visitor: Person) -> None:
    key = made.key(made.document())
    for width in (910, 220):
        answer = visitor.opens(f"/documents/{key}/page/1.webp?w={width}")
        with Image.open(BytesIO(answer.content)) as image:
            assert image.size[0] in {width, width - 1}
            assert image.format == "WEBP"
    assert visitor.opens(f"/documents/{key}/page/1.webp?w=9999").status == 404
    assert visitor.opens(f"/documents/{key}/page/1.webp?w=x").status == 404


def test_a_photograph_is_drawn_too(visitor: Person) -> None:
    document = made.document(content=made.scan(), texts=[()], kind="image", mime="image/png")
    answer = visitor.opens(f"/documents/{made.key(document)}/page/1.webp")
    with Image.open(BytesIO(answer.content)) as image:
        assert image.size == (600, 800)  # Never larger than it is.


def test_a_page_of_absurd_size_is_drawn_small() -> None:
    from contrechamp.documents.domain import drawing

    for size in ((14_400, 2), (2, 14_400), (1e7, 1e7), (595, 842)):
        scale = drawing.scale_for(size[0], size[1], 1820)
        assert size[0] * size[1] * scale**2 <= drawing.PIXELS + 1
        assert max(size) * scale <= drawing.SIDE + 1
    with pytest.raises(drawing.CannotDraw):
        drawing.scale_for(0, 100, 910)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 cut", b"\x00" * 400, b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>"]
)
def test_a_hostile_file_costs_one_picture(visitor: Person, content: bytes) -> None:
    bad = made.key(made.document(content=content))
    good = made.key(made.document(title="Autre"))
    answers = [visitor.opens(f"/documents/{bad}/page/1.webp") for _ in range(2)]

    assert [answer.status for answer in answers] == [503, 503]
    assert "abîmé" in answers[0].text
    assert visitor.opens(f"/documents/{bad}/page/1").status == 200
    assert visitor.opens(f"/documents/{good}/page/1.webp").status == 200


def test_a_drawer_that_dies_or_hangs_is_replaced(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendering.stop()
    drawer = rendering._Drawer()
    drawer._process.kill()
    drawer._process.wait()
    rendering._idle.put(drawer)
    key = made.key(made.document())
    assert visitor.opens(f"/documents/{key}/page/1.webp").status == 200

    rendering.stop()
    rendering.forget(key)
    monkeypatch.setattr(rendering, "SECONDS", 0.0)
    assert visitor.opens(f"/documents/{key}/page/1.webp").status == 503
    monkeypatch.setattr(rendering, "SECONDS", 15.0)
    rendering.forget(key)
    assert visitor.opens(f"/documents/{key}/page/1.webp").status == 200


def test_a_sealed_file_is_nowhere_and_leaves_no_picture(visitor: Person, noor: Person) -> None:
    key = made.key(made.document())
    File.objects.filter(pk=key).update(area=File.Area.SEALED)
    never = visitor.opens(f"/documents/{'0' * 64}")
    for person in (visitor, noor):
        for part in ("", "/page/1", "/page/1.webp", "/page/1.txt", "/telecharger", "/texte"):
            assert person.opens(f"/documents/{key}{part}").status == 404
    assert visitor.opens(f"/documents/{key}").content == never.content
    assert "Délibération du 3" not in visitor.opens("/documents/").text


def test_a_page_that_waits_says_why(visitor: Person) -> None:
    document = made.document(content=made.scan(), texts=[()], kind="image", mime="image/png")
    key = made.key(document)
    page = File.objects.get(pk=key).pages.get()
    ocr = made.queue(page, error="Tesseract manque")
    assert "attend d'être lue" in visitor.opens(f"/documents/{key}/page/1").text
    assert "1 page attend" in visitor.opens(f"/documents/{key}").text

    ocr.state = "FAILED"
    ocr.save()
    assert "a échoué" in visitor.opens(f"/documents/{key}/page/1").text

    ocr.state = "DONE"
    ocr.save()
    made.layer(page, "ARRETE", kind="OCR", engine="tesseract", confidence=87.4,
               words=[[0, 6, 0.1, 0.1, 0.3, 0.13, 87]])  # fmt: skip
    text = visitor.opens(f"/documents/{key}/page/1?q=arrêté").text
    assert "Texte lu par OCR, confiance 87 %" in text
    assert '<rect class="hit" x="0.10000" y="0.10000" width="0.20000" height="0.03000"/>' in text


def test_the_beginning_of_a_hash_leads_to_the_whole(visitor: Person) -> None:
    key = made.key(made.document())
    assert visitor.opens(f"/documents/{key[:12]}").location == f"/documents/{key}"
    assert (
        visitor.opens(f"/documents/{key[:20]}/page/1?q=maire").location
        == f"/documents/{key}/page/1?q=maire"
    )
    assert visitor.opens(f"/documents/{key[:11]}").status == 404


def test_what_was_withdrawn_says_when_and_why(visitor: Person, amina: Person) -> None:
    document = made.document()
    key = made.key(document)
    services.withdraw_document(
        document, actor=amina.user or make.user(), now=NOW, reason="Un nom y restait."
    )
    for part in ("", "/page/1", "/page/1.webp", "/telecharger", "/texte"):
        answer = visitor.opens(f"/documents/{key}{part}")
        assert answer.status == 410
        assert "Un nom y restait." in answer.text
        assert "Délibération du 3" not in answer.text
    assert amina.opens(f"/documents/{key}").status == 200


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "DRAFT", "access": "TEAM", "published_at": None},
        {"state": "IN_REVIEW", "access": "TEAM", "published_at": None},
        {"state": "WITHDRAWN", "access": "TEAM", "published_at": None},
        {"state": "PUBLISHED", "access": "PRIVATE"},
        {"embargo_until": NOW.replace(year=2999)},
    ],
)
def test_what_is_hidden_is_like_what_never_was(visitor: Person, hidden: dict[str, Any]) -> None:
    before = visitor.opens("/documents/").content
    key = made.key(made.document(**hidden))
    for part in ("", "/page/1", "/page/1.webp", "/page/1.txt", "/page/1.json", "/telecharger",
                 "/texte", "/recherche?q=maire"):  # fmt: skip
        answer = visitor.opens(f"/documents/{key}{part}")
        never = visitor.opens(f"/documents/{'ab' * 32}{part}")
        assert answer.status == 404
        assert answer.content == never.content
    assert visitor.opens("/documents/").content == before


def test_a_member_reads_the_public_document_of_a_content_that_a_draft_has_too(
    noor: Person,
) -> None:
    made.document(title="Brouillon", state="DRAFT", access="TEAM", published_at=None)
    key = made.key(made.document(title="Publié"))

    assert "<h1>Publié</h1>" in noor.opens(f"/documents/{key}").text


def test_a_file_that_is_gone_from_the_store_is_no_crash(visitor: Person) -> None:
    key = made.key(made.document(texts=[("Contenu perdu.",)]))
    rendering.forget(key)
    store().forget(key)

    assert visitor.opens(f"/documents/{key}/page/1").status == 200
    assert visitor.opens(f"/documents/{key}/page/1.webp").status == 503
    assert visitor.opens(f"/documents/{key}/telecharger").status == 404


def test_pages_speak_english(db: None) -> None:
    key = made.key(made.document())
    text = Person(language="en").opens(f"/documents/{key}/page/1").text
    assert "Text of the page" in text
    assert Document.objects.count() == 1


def test_a_page_that_waits_in_vain_says_to_members_what_is_missing(
    visitor: Person, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise Unavailable("Le modèle français manque.")

    monkeypatch.setattr(services, "check_model", missing)
    key = made.key(made.document(content=made.scan(), texts=[()], kind="image", mime="image/png"))
    made.queue(File.objects.get(pk=key).pages.get())
    address = f"/documents/{key}/page/1"

    assert "Le modèle français manque." in noor.opens(address).text
    assert "modèle" not in visitor.opens(address).text
