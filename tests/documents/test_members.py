"""What members do: add files, describe, cite, hand in, publish, collect."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from contrechamp.documents import services
from contrechamp.documents.models import Batch, Collection, Document, OcrPage, Quote
from tests.documents import made
from tests.people import Answer, Person

TEXT = ("Le maire signe le marché. Il coûte 120 000 euros.", "Fait en mairie.")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def adds(person: Person, *files: SimpleUploadedFile, **fields: object) -> Answer:
    given = {"origin": "OFFICIAL_SITE"} | fields
    return person.sends("/documents/ajouter", files=list(files), **given)


def test_several_files_are_added_and_told_of_one_by_one(noor: Person, visitor: Person) -> None:
    answer = adds(
        noor, upload("a.pdf", made.pdf()), upload("b.txt", b"Le maire signe."), upload("c.pdf", b"")
    )
    assert answer.location.startswith("/documents/lots/lot-")
    page = noor.follows(answer).text

    assert "a.pdf" in page
    assert "Le fichier est vide" in page
    assert "demandez-le de nouveau" in page  # The remedy.
    assert Document.objects.count() == 2
    assert visitor.opens("/documents/").text.count("doc-row-title") == 0


def test_what_is_said_of_one_file_is_kept(noor: Person) -> None:
    adds(
        noor, upload("x.pdf", made.pdf()), title="Délibération 12", doc_type="deliberation",
        dated_text="2023-11", source_url="https://ville.example/12.pdf", obtained_on="2024-01-05",
        new_collection="Villeneuve", access="PRIVATE",
    )  # fmt: skip
    document = Document.objects.get()

    assert document.title == "Délibération 12"
    assert document.dated_text == "2023-11"
    assert document.dated_earliest is not None
    assert document.dated_earliest.isoformat() == "2023-11-01"
    assert document.access == "PRIVATE"
    assert document.collected.get().collection.title == "Villeneuve"


def test_a_zip_brings_its_files(noor: Person) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("un.txt", "Un texte du maire.")
        archive.writestr("../deux.txt", "Un autre texte du maire.")
    page = noor.follows(adds(noor, upload("tout.zip", out.getvalue()))).text

    assert Document.objects.count() == 1
    assert "un.txt" in page


def test_the_same_file_again_is_known(noor: Person) -> None:
    adds(noor, upload("a.pdf", made.pdf()))
    page = noor.follows(adds(noor, upload("b.pdf", made.pdf()))).text

    assert "déjà connu" in page
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"dated_text": "0218-10-29"}, "errorlist"),
        ({"source_url": "javascript:alert(1)"}, "errorlist"),
        ({"origin": "NOWHERE"}, "errorlist"),
        ({"doc_type": "nonsense"}, "errorlist"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_added(
    noor: Person, fields: dict[str, str], says: str
) -> None:
    answer = adds(noor, upload("a.pdf", made.pdf()), **fields)
    assert answer.status == 400
    assert says in answer.text
    assert not Document.objects.exists()


def test_no_file_at_all_is_asked_for(noor: Person) -> None:
    answer = noor.sends("/documents/ajouter", origin="FOI")
    assert answer.status == 400
    assert not Batch.objects.exists()


def test_a_name_from_a_form_names_no_path(noor: Person) -> None:
    adds(noor, upload("../../../etc/passwd", b"Le maire signe."), upload("a/b/.hidden", b"Encore."))
    assert Document.objects.count() == 2


def test_an_arrival_is_seen_by_who_made_it_and_by_editors(
    noor: Person, marianne: Person, amina: Person
) -> None:
    address = adds(noor, upload("a.pdf", made.pdf())).location
    assert noor.opens(address).status == 200
    assert amina.opens(address).status == 200
    assert marianne.opens(address).status == 404

    Document.objects.update(access="PRIVATE")
    assert noor.opens(address).status == 200
    assert amina.opens(address).status == 404


def test_a_large_file_is_taken_from_where_it_was_streamed(noor: Person) -> None:
    large = b"Le maire signe. " * 200_000  # More than is kept in memory.
    page = noor.follows(adds(noor, upload("long.txt", large), upload("a.pdf", made.pdf()))).text

    assert "long.txt" in page
    assert Document.objects.filter(title="long").exists()


def test_all_of_an_arrival_is_described_and_handed_in_at_once(noor: Person) -> None:
    address = adds(noor, upload("a.pdf", made.pdf()), upload("b.txt", b"Le maire.")).location
    noor.sends("/documents/collections/", title="Caméras", text="")
    noor.sends(f"{address}/modifier", doc_type="order", dated_text="2022", collection="cameras")
    noor.sends(f"{address}/modifier", submit="1")

    assert {d.doc_type for d in Document.objects.all()} == {"order"}
    assert {d.state for d in Document.objects.all()} == {"IN_REVIEW"}
    assert Collection.objects.get().items.count() == 2
    assert noor.sends(f"{address}/modifier", dated_text="hier ?").status == 400


def test_pages_that_failed_are_read_again_on_demand(noor: Person) -> None:
    address = adds(noor, upload("scan.png", made.scan())).location
    OcrPage.objects.update(state="FAILED", error="x", attempts=2)
    assert "Relancer" in noor.opens(address).text

    noor.sends(f"{address}/modifier", again="1")
    ledger = OcrPage.objects.get()
    assert (ledger.state, ledger.attempts) == ("QUEUED", 0)
    assert "attend encore" in noor.opens(address).text


def edit(document: Document, **changed: object) -> dict[str, object]:
    return {
        "title": document.title,
        "doc_type": document.doc_type,
        "dated_text": document.dated_text,
        "origin": document.origin,
        "places": "",
        "expected_version": document.version,
    } | changed


def test_a_draft_is_described_by_a_member(marianne: Person) -> None:
    document = made.document(by=marianne.user, state="DRAFT", access="TEAM", published_at=None)
    address = f"/documents/fiche/{document.pk}/modifier"
    assert escape(document.title) in marianne.opens(address).text

    answer = marianne.sends(address, **edit(document, title="Arrêté", places="06088, 83137"))
    assert "La description est enregistrée." in marianne.follows(answer).text
    document.refresh_from_db()
    assert document.title == "Arrêté"
    assert document.place_codes == ["commune:06088", "commune:83137"]

    bad = marianne.sends(address, **edit(document, places="Nice"))
    assert escape("« Nice » n'est pas un code INSEE") in bad.text


def test_two_editors_at_once_see_both_texts(marianne: Person, noor: Person) -> None:
    document = made.document(by=marianne.user, state="DRAFT", access="TEAM", published_at=None)
    address = f"/documents/fiche/{document.pk}/modifier"
    both = edit(document)
    marianne.sends(address, **(both | {"title": "Titre de Marianne"}))
    answer = noor.sends(address, **(both | {"title": "Titre de Noor"}))

    assert answer.status == 409
    assert "Titre de Marianne" in answer.text
    assert 'value="Titre de Noor"' in answer.text
    document.refresh_from_db()
    assert document.title == "Titre de Marianne"

    noor.sends(address, **(both | {"title": "Titre de Noor", "expected_version": document.version}))
    document.refresh_from_db()
    assert document.title == "Titre de Noor"


def test_a_document_goes_from_draft_to_public_and_away(
    marianne: Person, amina: Person, visitor: Person
) -> None:
    document = made.document(by=marianne.user, state="DRAFT", access="TEAM", published_at=None)
    key, act = made.key(document), f"/documents/fiche/{document.pk}"
    marianne.sends(f"{act}/soumettre")
    assert "en relecture" in amina.opens(f"/documents/{key}").text
    amina.sends(f"{act}/rendre", reason="Il manque la date.")
    document.refresh_from_db()
    assert document.state == "DRAFT"

    marianne.sends(f"{act}/soumettre")
    amina.sends(f"{act}/publier")
    assert visitor.opens(f"/documents/{key}").status == 200

    assert amina.sends(f"{act}/retirer", reason="").status == 409
    amina.sends(f"{act}/retirer", reason="Un nom y restait.")
    assert visitor.opens(f"/documents/{key}").status == 410


def test_a_member_publishes_nothing(marianne: Person, visitor: Person) -> None:
    document = made.document(by=marianne.user, state="IN_REVIEW", access="TEAM", published_at=None)
    assert marianne.sends(f"/documents/fiche/{document.pk}/publier").status == 404
    assert visitor.opens(f"/documents/{made.key(document)}").status == 404


def test_a_sentence_is_cited_without_scripts(marianne: Person) -> None:
    key = made.key(made.document(texts=[TEXT, ("Et la suite. Fin.",)]))
    address = f"/documents/{key}/page/1"
    page = marianne.opens(f"{address}?citer").text
    assert page.count('<li id="s') == 3
    assert 'href="?citer&amp;de=2#s2"' in page

    page = marianne.opens(f"{address}?citer&de=2").text
    assert 'href="?citer&amp;de=2&amp;a=3#page-text-title"' in page
    page = marianne.opens(f"{address}?citer&de=2&a=2").text
    assert "<p>Il coûte 120 000 euros.</p>" in page

    answer = marianne.sends(f"/documents/{key}/citer", page="1", page_to="1", start="26", end="49")
    quote = Quote.objects.get()
    assert quote.exact == "Il coûte 120 000 euros."
    assert answer.location == f"{address}?citation={quote.id}#{quote.id}"
    assert "La citation a son adresse" in marianne.follows(answer).text


def test_the_last_sentence_may_be_on_the_next_page(marianne: Person) -> None:
    key = made.key(made.document(texts=[TEXT, ("Et la suite. Fin.",)]))
    page = marianne.opens(f"/documents/{key}/page/1?citer&de=3").text
    assert f'href="/documents/{key}/page/2?citer&amp;p=1&amp;de=3"' in page
    page = marianne.opens(f"/documents/{key}/page/2?citer&p=1&de=3&a=1").text
    assert "<p>Fait en mairie.\nEt la suite.</p>" in page

    marianne.sends(f"/documents/{key}/citer", page="1", page_to="2", start="50", end="12")
    assert Quote.objects.get().exact == "Fait en mairie.\nEt la suite."


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"page": "x"},
        {"page": "1"},
        {"page": "1", "zone": "1,2"},
        {"page": "1", "start": "5", "end": "5"},
        {"page": "1", "exact": "ce n'est pas sur la page"},
        {"page": "99", "exact": "maire"},
    ],
)
def test_a_passage_that_is_none_is_refused_with_a_sentence(
    marianne: Person, fields: dict[str, str]
) -> None:
    key = made.key(made.document(texts=[TEXT]))
    answer = marianne.sends(f"/documents/{key}/citer", **fields)
    assert answer.status == 409
    assert not Quote.objects.exists()


def test_a_rectangle_is_cited_and_an_unknown_action_leads_nowhere_else(marianne: Person) -> None:
    key = made.key(made.document())
    answer = marianne.sends(
        f"/documents/{key}/citer", page="1", zone="0.1,0.21,0.9,0.24", action="admin:index"
    )
    quote = Quote.objects.get()
    assert quote.exact == "Le montant est de 120 000 euros hors taxes."
    assert answer.location.startswith(f"/documents/{key}/page/1?citation=")


def test_a_visitor_cites_nothing_and_is_not_asked_to_choose(visitor: Person) -> None:
    key = made.key(made.document())
    plain = visitor.opens(f"/documents/{key}/page/1").text
    assert "?citer" not in plain
    assert 'class="sentences"' not in visitor.opens(f"/documents/{key}/page/1?citer").text
    assert visitor.sends(f"/documents/{key}/citer", page="1", exact="maire").asks_to_sign_in
    assert not Quote.objects.exists()


def test_a_private_document_is_its_owners_alone(marianne: Person, noor: Person) -> None:
    document = made.document(by=marianne.user, state="DRAFT", access="PRIVATE", published_at=None)
    key = made.key(document)
    assert marianne.opens(f"/documents/{key}").status == 200
    assert noor.opens(f"/documents/{key}").status == 404
    assert noor.sends(f"/documents/{key}/citer", page="1", exact="maire").status == 404
    assert noor.opens(f"/documents/fiche/{document.pk}/modifier").status == 404


def test_the_list_is_narrowed(visitor: Person, noor: Person) -> None:
    made.document(title="Marché de caméras", doc_type="contract", dated_text="2021")
    made.document(
        title="Arrêté de juin", doc_type="order", content=made.pdf([("Autre.",)]), texts=[("A",)]
    )
    made.document(
        title="Brouillon secret", state="DRAFT", published_at=None, access="TEAM",
        content=made.pdf([("B.",)]), texts=[("B",)],
    )  # fmt: skip

    def titles(person: Person, query: str) -> set[str]:
        page = person.opens(f"/documents/?{query}").text
        return {t for t in ("Marché de caméras", "Arrêté de juin", "Brouillon secret") if t in page}

    assert titles(visitor, "") == {"Marché de caméras", "Arrêté de juin"}
    assert titles(visitor, "q=caméras") == {"Marché de caméras"}
    assert titles(visitor, "q=MARCHE+camera") == {"Marché de caméras"}
    assert titles(visitor, f"q={made.key(Document.objects.get(doc_type='order'))}") == {
        "Arrêté de juin"
    }
    assert titles(visitor, "type=order") == {"Arrêté de juin"}
    assert titles(visitor, "annee=1999") == set()
    assert titles(visitor, "etat=DRAFT") == {"Marché de caméras", "Arrêté de juin"}
    assert titles(noor, "etat=DRAFT") == {"Brouillon secret"}
    assert "Enlevez un critère" in visitor.opens("/documents/?q=zzz").text


def test_a_list_of_many_costs_a_fixed_number_of_reads(
    visitor: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        made.document(
            title=f"Document {number}", content=made.pdf([(f"Page {number}",)]), texts=[("A",)]
        )
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert visitor.opens("/documents/").text.count("doc-row-title") == 12


def test_collections_show_visitors_what_is_public(
    visitor: Person, marianne: Person, amina: Person
) -> None:
    shown = made.document(title="Montré")
    hidden = made.document(
        title="Caché", state="DRAFT", published_at=None, access="TEAM",
        content=made.pdf([("C",)]), texts=[("C",)],
    )  # fmt: skip
    marianne.sends("/documents/collections/", title="Ville sûre", text="Deux pièces.")
    address = "/documents/collections/ville-sure"
    for document in (shown, hidden):
        marianne.sends(f"{address}/modifier", document=document.pk)
    assert visitor.opens(address).status == 404
    assert "Ville sûre" not in visitor.opens("/documents/collections/").text

    assert marianne.sends(f"{address}/publier").status == 404
    amina.sends(f"{address}/publier")
    page = visitor.opens(address).text
    assert "Montré" in page
    assert "Caché" not in page
    assert "1 document" in visitor.opens("/documents/collections/").text
    assert "Ville sûre" in visitor.opens(f"/documents/{made.key(shown)}").text

    marianne.sends(f"{address}/modifier", document=shown.pk, out="1")
    assert "Montré" not in visitor.opens(address).text
    marianne.sends(f"{address}/modifier", title="Ville surveillée", text="")
    assert "Ville surveillée" in visitor.opens(address).text
    amina.sends(f"{address}/publier", hide="1")
    assert visitor.opens(address).status == 404


def test_a_collection_is_made_once(marianne: Person) -> None:
    user = marianne.user
    assert user
    first = services.make_collection(title="Ville sûre", actor=user)
    assert services.make_collection(title="Ville sûre", actor=user) == first
    with pytest.raises(Exception, match="titre"):
        services.make_collection(title="!!!", actor=user)
