"""Exhibits are chosen several at once: claims, documents, requests, opinions, acts and scans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.filing import NotFit
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.picking import Candidate, gathered, pages_said, proposed_label
from contrechamp.cases.models import Action, Exhibit
from contrechamp.cases.queries import picking
from contrechamp.cases.queries.holding import held
from contrechamp.cases.services.holding import keep_bytes
from contrechamp.documents import queries as documents
from contrechamp.foi.domain.facts import Kind as FoiKind
from contrechamp.kernel.errors import Refused
from contrechamp.watch.models import PublicAct
from tests.census import facts
from tests.documents import made
from tests.foi import requests
from tests.opinions import invented as opinions
from tests.people import Person

from .actions import at, opened


def take(action: Action, *refs: str, **labels: str) -> list[Exhibit]:
    return services.take(action, refs, labels, actor=action.author, now=at("01-21"))


# Rules


def test_claims_on_one_document_are_one_exhibit_that_names_their_pages() -> None:
    one = Candidate(ref="f:clm-1", label="Contrat", sha256="a", claim="clm-1", page=7)
    two = Candidate(ref="f:clm-2", label="Contrat", sha256="a", claim="clm-2", page=3)
    other = Candidate(ref="d:b", label="Photo", sha256="b")
    first, second = gathered([one, other, two, one], {"f:clm-1": "  Le   contrat "})
    assert (first.label, second.label) == ("Le contrat", "Photo")
    assert pages_said(first.shows) == "p.\u00a03 et 7"
    assert pages_said(second.shows) == ""


def test_a_label_says_the_date_once() -> None:
    assert proposed_label("Arrêté", "3 mars 2021") == "Arrêté, 3 mars 2021"
    assert (
        proposed_label("Arrêté du 3 mars 2021", "3\u00a0mars\u00a02021") == "Arrêté du 3 mars 2021"
    )
    assert len(proposed_label("x" * 300, "3 mars 2021")) <= 200


# From the census and the library


@pytest.mark.django_db
def test_published_claims_are_offered_with_quote_page_and_document() -> None:
    project = facts.project()
    document, key = facts.document()
    one = facts.claim(project)
    facts.passage(one, key)
    two = facts.claim(project, "description", value="Une phrase.")
    facts.published(one, two)
    draft = facts.claim(project, "description", value="Brouillon.")
    facts.passage(draft, key)
    action = opened(projects=[project.pk])
    found = {each.ref: each for each in picking.claims_of(action, action.author)}
    assert set(found) == {f"f:{one.pk}", f"f:{two.pk}"}
    cited = found[f"f:{one.pk}"]
    assert (cited.sha256, cited.page, cited.quote) == (key, 1, facts.SENTENCE)
    assert cited.label.startswith(document.title)
    assert found[f"f:{two.pk}"].why_not
    (exhibit,) = take(action, f"f:{one.pk}")
    assert exhibit.shows == [{"claim": one.pk, "page": 1}]
    assert any(each.is_there for each in picking.claims_of(action, action.author))
    with pytest.raises(NotFit, match="Aucun document"):
        take(action, f"f:{two.pk}")


@pytest.mark.django_db
def test_several_are_ticked_in_one_go_and_the_same_content_is_known() -> None:
    action = opened()
    person, door = Person(action.author), f"/actions/{action.pk}/pieces/choisir"
    keys = [
        made.key(made.document(by=action.author, content=made.pdf([(word,)]), title=f"Note {word}"))
        for word in ("rouge", "verte")
    ]
    page = person.opens(f"{door}?de=bibliotheque&q=note").text
    assert all(f"d:{key}" in page for key in keys)
    assert f"d:{keys[1]}" not in person.opens(f"{door}?de=bibliotheque&q=rouge").text
    refs = [f"d:{key}" for key in keys]
    person.sends(f"{door}?de=bibliotheque", prendre=refs, **{f"titre-{refs[0]}": "La note rouge"})
    labels = list(Exhibit.objects.order_by("position").values_list("label", flat=True))
    assert labels == ["La note rouge", "Note verte, 3\u00a0novembre\u00a02023"]
    assert "déjà une pièce" in person.opens(f"{door}?de=bibliotheque").text
    person.sends(f"{door}?de=bibliotheque", prendre=refs)
    assert Exhibit.objects.count() == 2


@pytest.mark.django_db
def test_all_are_added_or_none() -> None:
    action = opened()
    key = made.key(made.document(by=action.author))
    for bad in (f"d:{'0' * 64}", "d:x", "q:autre", "r:req-0000000000/x", "f:clm-0000000000", "a:x"):
        with pytest.raises(Refused):
            take(action, f"d:{key}", bad)
    with pytest.raises(Refused, match="Cochez"):
        take(action)
    assert not Exhibit.objects.exists()
    page = Person(action.author).sends(
        f"/actions/{action.pk}/pieces/choisir?de=bibliotheque", prendre=f"d:{'0' * 64}"
    )
    assert page.status == 409
    assert "Rien n'a été ajouté" in page.text.replace("’", "'")


# Papers of requests


@pytest.fixture
def refused(db: None) -> tuple[Action, User]:
    """An action against the refusal of a request, its body's letter scanned."""
    request = requests.asked()
    scan = made.document(
        by=request.author, content=made.pdf([("Refus",)]), origin="FOI", access="TEAM"
    )
    requests.record(request, FoiKind.REFUSED, "02-01", document=scan.pk)
    action = opened(request.author, published="", target_kind=TargetKind.REQUEST, target=request.pk)
    return action, request.author


def test_papers_of_a_request_become_exhibits_of_which_the_library_has_nothing(
    refused: tuple[Action, User],
) -> None:
    action, author = refused
    found = picking.of_requests(action, author)
    assert [each.role for each in found] == ["REQUEST", "ATTACKED"]
    letter, refusal = take(action, *(each.ref for each in found))
    assert letter.is_held
    assert documents.find_visible(letter.sha256, author) is None
    assert held().verify(letter.sha256)
    assert not refusal.is_held  # The library has the scan: what becomes of it there is followed.
    assert all(each.is_there for each in picking.of_requests(action, author))
    stranger = opened(facts.marianne(), target_kind=TargetKind.REQUEST, target=action.target)
    assert picking.of_requests(stranger, stranger.author) == []
    with pytest.raises(Refused, match="n'est plus là"):
        take(stranger, found[0].ref)


def test_a_message_is_an_exhibit_as_one_reads_it(refused: tuple[Action, User]) -> None:
    raw = b"From: mairie@valbrume.example\r\nSubject: Refus #1 *x*\r\n\r\nBonjour,\r\n\r\nNon."
    found = keep_bytes(raw, "message/rfc822", "Refus")
    with held().path(found.sha256) as path:
        assert "Refus #1 *x*" in text_of(path)
        assert "…@valbrume.example" in text_of(path)  # An agent's name is nobody's business.
    again = keep_bytes(raw, "message/rfc822", "Refus")
    assert again == found


def text_of(path: Path) -> str:

    with pdfium.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.django_db
def test_an_opinion_is_set_as_a_pdf_that_says_where_it_is_from(tmp_path: Path) -> None:
    opinions.bring(
        tmp_path, opinions.row(text="Monsieur Hector Brumaire a saisi.\n\nAvis *favorable*.")
    )
    action = opened()
    person, door = Person(action.author), f"/actions/{action.pk}/pieces/choisir?de=avis"
    assert f"o:{opinions.NUMBER}" in person.opens(f"{door}&q={opinions.NUMBER}").text
    person.sends(door, prendre=f"o:{opinions.NUMBER}")
    row = Exhibit.objects.get()
    assert (row.is_held, row.group) == (True, Group.LAW)
    with held().path(row.sha256) as path:
        told = text_of(path)
    assert opinions.NUMBER in told
    assert "SHA-256" in told
    assert "Avis *favorable*" in told
    assert "Brumaire" not in told


# Acts and scans


@pytest.mark.django_db
def test_the_act_that_is_attacked_is_the_first_exhibit() -> None:
    key = made.key(made.document(by=facts.marianne(), title="Recueil n° 12"))
    PublicAct.objects.create(
        **act_fields("abc", title="Autorisation de caméras"),
        document=key,
        data={"document": {"sha256": key, "title": "Recueil n° 12"}, "locator": {"page": 1}},
    )
    action = opened(target="abc")
    (found,) = picking.of_acts(action, action.author)
    (row,) = take(action, found.ref)
    assert (row.role, row.group, row.sha256) == ("ATTACKED", "DECISION", key)
    assert "Autorisation de caméras" in row.label
    assert row.shows == [{"claim": "", "page": 1}]


def act_fields(slug: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"wf-{slug}",
        "slug": slug,
        "source": "raa",
        "technology": "video_surveillance",
        "sort": "technology",
        "decision": "authorisation",
        "shown_at": made.NOW,
        "changed_at": made.NOW,
    } | more


@pytest.mark.django_db
def test_a_scan_is_kept_for_the_team_and_its_hidden_text_is_looked_for() -> None:
    action = opened()
    person, door = Person(action.author), f"/actions/{action.pk}/pieces/choisir?de=fichier"
    fields = {"label": "Récépissé", "group": "FACTS", "role": "OTHER", "is_ours": "1"}
    scan = SimpleUploadedFile("photo.png", made.scan(), "image/png")
    person.sends(door, file=scan, **fields)
    row = Exhibit.objects.get()
    assert (row.kind, row.pages, row.is_held, row.verdict) == ("image", 1, True, "clean")
    assert documents.find_visible(row.sha256, action.author) is None
    paper = SimpleUploadedFile("x.pdf", made.pdf([("Bonjour",)]), "application/pdf")
    person.sends(door, file=paper, **(fields | {"label": "Lettre"}))
    assert Exhibit.objects.get(label="Lettre").verdict == "clean"


@pytest.mark.django_db
def test_what_somebody_confided_and_what_is_no_paper_are_not_taken_here() -> None:
    action = opened()
    person, door = Person(action.author), f"/actions/{action.pk}/pieces/choisir?de=fichier"
    fields = {"label": "Note", "group": "FACTS", "role": "OTHER"}
    page = person.sends(door, file=SimpleUploadedFile("a.png", made.scan()), **fields)
    assert "confié" in page.text
    page = person.sends(door, file=SimpleUploadedFile("a.pdf", b"Bonjour"), is_ours="1", **fields)
    assert "ni un PDF ni une image" in page.text
    assert not Exhibit.objects.exists()


@pytest.mark.django_db
def test_a_held_paper_is_bound_like_any_other(tmp_path: Path) -> None:
    action = opened(published="2099-01-15", on="2099-01-20")
    path = tmp_path / "scan"
    path.write_bytes(made.scan())
    services.take_file(
        action,
        path,
        "scan.png",
        told=services.Told(label="Arrêté", group=Group.DECISION, role=Role.ATTACKED),
        is_ours=True,
        actor=action.author,
        now=at("01-21"),
    )
    row = services.want_bundle(action, actor=action.author, now=at("01-21"))
    services.make_bundle(row.pk, now=at("01-21"))
    row.refresh_from_db()
    assert row.message == ""
    with pikepdf.open(services.folder_of(row) / "depot" / "01_Arrete.pdf") as document:
        assert len(document.pages) == 1
