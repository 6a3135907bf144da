"""Drafts of papers: what each says, what forbids to file it, and that what one types is kept."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.cases.domain.exhibits import numbered
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.papers import (
    Attacked,
    AttackedKind,
    Court,
    Dated,
    Material,
    Paper,
    PaperKind,
    Party,
    Relief,
    Role,
    Section,
    Side,
    Standing,
    blocks,
    blocks_of,
    compose,
    edited,
    final,
    outline,
    refusal,
)
from contrechamp.cases.domain.papers.markup import Bullets
from contrechamp.cases.domain.papers.plain import plain_text
from contrechamp.cases.domain.papers.wording import attacked, definite, of, payer, quoted, to
from contrechamp.foi.domain.paper import Items, Paragraph
from contrechamp.kernel.typography import faults, french
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event
from contrechamp.law.domain.items import Item

from . import drafts
from .drafts import PREFECT, algorithms, cameras, processing, proved, urgent

SNAPSHOTS = Path(__file__).parent / "papers"
ODD = '#read("/etc/passwd") *x* @y $z$ {a} `c` <d> \\n'
CASES = {
    PaperKind.ANNULMENT: cameras,
    PaperKind.SUSPENSION: urgent,
    PaperKind.GRACIEUX: algorithms,
    PaperKind.HIERARCHICAL: lambda: replace(cameras(), addressee=drafts.MINISTER),
    PaperKind.PREFECT: lambda: replace(algorithms(), addressee=PREFECT),
    PaperKind.REPEAL: algorithms,
    PaperKind.COMPLAINT: lambda: replace(
        processing(), applicant=drafts.RESIDENT, standing=Standing()
    ),
    PaperKind.COLLECTIVE: processing,
    PaperKind.MANDATE: processing,
    PaperKind.REPORT: cameras,
}
EACH = pytest.mark.parametrize("kind", PaperKind)


def made(kind: PaperKind) -> Paper:
    """Return the draft of a kind, from the case that fits it."""
    return compose(kind, CASES[kind]())


def well_typed(value: Any) -> Any:
    """Return a case whose own words are set in French, so that only ours can be wrong."""
    if isinstance(value, str) and type(value) is str:
        return french(value)
    if isinstance(value, tuple):
        return tuple(map(well_typed, value))
    if is_dataclass(value) and not isinstance(value, type | Item):
        return replace(
            value, **{each.name: well_typed(getattr(value, each.name)) for each in fields(value)}
        )
    return value


@EACH
def test_each_paper_says_what_it_said(kind: PaperKind) -> None:
    assert plain_text(made(kind)) == (SNAPSHOTS / f"{kind.lower()}.txt").read_text("utf-8")


@EACH
def test_our_words_are_set_in_french(kind: PaperKind) -> None:
    text = plain_text(compose(kind, well_typed(CASES[kind]())))
    for line in text.split("\n"):
        assert french(line) == line
        assert "  " not in line.removeprefix("  ")
        assert faults(line) == []


@EACH
def test_a_draft_says_that_it_is_one_and_no_legal_advice(kind: PaperKind) -> None:
    paper = made(kind)
    text = plain_text(paper)
    assert text.startswith("PROJET\n")
    assert "conseil juridique" in paper.banner
    assert "conseil juridique" in paper.note
    done = final(paper, checked_by="un avocat")
    assert "PROJET" not in plain_text(done)
    assert done.note == "Préparé avec Contrechamp, vérifié par un avocat."
    assert "conseil juridique" in final(paper).note


def test_a_claim_has_its_parts_in_order() -> None:
    paper = made(PaperKind.ANNULMENT)
    assert [each.heading for each in outline(paper)] == [
        "I. Parties",
        "II. Décision attaquée",
        "III. Faits",
        "IV. Recevabilité",
        "V. Discussion",
        "Légalité externe",
        "Moyen n°\u00a01 – Incompétence de l’autorité",
        "Légalité interne",
        "Moyen n°\u00a02 – Nécessité et proportion\u00a0: des moyens plus légers",
        "Moyen n°\u00a03 – Images gardées plus d’un mois",
        "VI. Conclusions",
        "Liste des pièces",
    ]


def test_no_level_of_headings_is_left_out() -> None:
    for kind in PaperKind:
        levels = [0, *(each.level for each in outline(made(kind)) if each.heading)]
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_silence_of_the_cnil_goes_to_the_conseil_d_etat() -> None:
    base = proved(cameras())
    items = derive(
        [Event("complaint_received", date(2025, 10, 15))], today=drafts.TODAY, in_full=True
    )
    material = replace(base, items=items, court=Court(name="Conseil d'État"))
    text = plain_text(compose(PaperKind.ANNULMENT, material))
    assert "en premier et dernier ressort" in text
    assert "demande au Conseil d’État" in text
    assert "Dernier jour pour saisir le Conseil d’État" in text


def test_the_days_of_a_claim_have_their_text_proof_and_reading() -> None:
    section = made(PaperKind.ANNULMENT).section("admissibility")
    assert section is not None
    columns, rows = section.tables[0].columns, section.tables[0].rows
    assert columns == ("Étape", "Date", "Texte", "Preuve ou calcul", "Lecture")
    published, safe, usual = rows
    assert published[1:4] == (
        "15\u00a0janvier\u00a02026",
        "R.\u00a0252-16\u00a0CSI",
        "recueil n° 2026-007, [[exh-0000000col]]",
    )
    assert (safe[1], safe[4]) == ("15\u00a0mars\u00a02026", "la plus sûre")
    assert (usual[1], usual[4]) == ("16\u00a0mars\u00a02026", "usuelle")
    assert "641 et 642\u00a0CPC" in safe[2]


def test_conclusions_annul_enjoin_and_ask_costs_of_the_state() -> None:
    section = made(PaperKind.ANNULMENT).section("relief")
    assert section is not None
    (opening, asks) = blocks_of(section, ()).blocks
    assert isinstance(opening, Paragraph)
    assert isinstance(asks, Items)
    annul, enjoin, costs = asks.rows
    assert annul.startswith("d’annuler l’arrêté n° 2026-0042")
    assert "dans un délai de 15\u00a0jours" in enjoin
    assert "sous astreinte de 200 euros par jour de retard" in enjoin
    assert "des articles L.\u00a0911-1 et L.\u00a0911-3" in enjoin
    assert costs.startswith("de mettre à la charge de l’État la somme de 1\u202f500 euros")
    assert costs.endswith("L.\u00a0761-1 du code de justice administrative.")


def test_without_penalty_only_the_injunction_is_founded() -> None:
    material = replace(cameras(), relief=Relief(enjoin="d'éteindre les caméras"))
    text = plain_text(compose(PaperKind.ANNULMENT, material))
    assert "sur le fondement de l’article L.\u00a0911-1" in text
    assert "911-3" not in text
    assert "761-1" not in text


def test_a_decision_never_published_has_no_last_day() -> None:
    base = cameras()
    hidden = replace(
        base, items=(), attacked=replace(base.attacked, is_never_published=True, dates=())
    )
    paper = compose(PaperKind.ANNULMENT, hidden)
    assert "n’a pas couru à l’égard des tiers" in plain_text(paper)
    assert "Dernier jour" not in plain_text(paper)


def test_a_resident_is_never_named() -> None:
    material = replace(cameras(), applicant=Party(is_person=True, name="Camille Exemple"))
    for kind in PaperKind:
        if not refusal(kind, material):
            assert "Exemple" not in plain_text(compose(kind, material))


def test_the_prefect_is_told_that_ones_own_time_runs_on() -> None:
    text = plain_text(made(PaperKind.PREFECT))
    assert "ne change pas mon propre délai" in text
    assert "2\u00a0avril\u00a02026" in text


def test_a_complaint_tells_when_silence_is_a_refusal() -> None:
    text = plain_text(made(PaperKind.COLLECTIVE))
    assert "au nom de 37 personnes" in text
    assert "des articles 77 et 80, paragraphe 1, du RGPD" in text
    assert "Le silence gardé pendant trois mois vaut rejet" in text


def test_mandates_are_no_exhibits_and_the_form_has_blanks() -> None:
    paper = made(PaperKind.MANDATE)
    text = plain_text(paper)
    assert paper.sender == paper.addressee == paper.signature == ()
    for words in ("Nom et prénom", "mettre fin à tout moment", "31\u00a0décembre\u00a02028"):
        assert words in text


def test_every_ground_of_the_library_makes_a_means() -> None:
    base = cameras()
    for code in library().grounds:
        material = replace(base, means=(drafts.ground(code),))
        text = plain_text(compose(PaperKind.ANNULMENT, well_typed(material)))
        assert all(french(line) == line for line in text.split("\n")), code


# Editing


def test_what_is_computed_is_not_edited() -> None:
    paper = made(PaperKind.ANNULMENT)
    changed = edited(paper, {"facts": "Autre.", "exhibits": "x"}, {"facts": "Les faits"})
    assert [each.body for each in changed.sections if each.key == "facts"] == ["Autre."]
    assert changed.section("exhibits") == paper.section("exhibits")
    assert "III. Les faits" in [each.heading for each in outline(changed)]


def test_a_means_put_in_renumbers_the_others() -> None:
    paper = made(PaperKind.SUSPENSION)
    at = next(n for n, each in enumerate(paper.sections) if each.role is Role.MEAN)
    new = Section(key="mean-own", title="Autre", role=Role.MEAN, side=Side.INTERNAL)
    longer = replace(paper, sections=(*paper.sections[:at], new, *paper.sections[at:]))
    named = [each.heading for each in outline(longer) if each.heading.startswith("Moyen")]
    assert [each.split(" – ")[0] for each in named] == [f"Moyen n°\u00a0{n}" for n in (1, 2, 3)]


@settings(max_examples=25)
@given(st.permutations(range(5)))
def test_renumbering_exhibits_changes_every_citation_together(order: list[int]) -> None:
    material = cameras()
    moved = tuple(
        replace(each, group=material.exhibits[0].group, position=order[at])
        for at, each in enumerate(material.exhibits)
    )
    again = replace(material, exhibits=numbered(moved, filed={}))
    assert _by_label(compose(PaperKind.ANNULMENT, again)) == _by_label(
        compose(PaperKind.ANNULMENT, material)
    )


def _by_label(paper: Paper) -> str:
    """Return a paper with labels in the place of numbers, without its list."""
    labels = {str(each.number): each.label for each in paper.exhibits}
    bare = replace(
        paper, sections=tuple(each for each in paper.sections if each.role is not Role.EXHIBITS)
    )
    return re.sub(r"pièce n°\u00a0(\d+)", lambda found: labels[found[1]], plain_text(bare))


# What a person types


def odd(material: Material) -> Material:
    """Return a case whose every text holds signs that a typesetter would read."""
    return replace(
        material,
        place=ODD,
        applicant=replace(material.applicant, name=ODD, address=ODD, represented_by=ODD),
        attacked=replace(material.attacked, title=ODD, processing=ODD, place=ODD),
        facts=tuple(replace(each, text=ODD, quote=ODD, page=ODD) for each in material.facts),
        standing=replace(material.standing, interest=ODD),
        relief=replace(material.relief, enjoin=ODD, more=(ODD,)),
        contacts=(Dated(what=ODD, day=None, proof=ODD),),
    )


@EACH
def test_what_one_types_is_kept_as_typed(kind: PaperKind) -> None:
    material = odd(CASES[kind]())
    paper = compose(kind, material)
    assert ODD.strip() in paper.subject
    paper = edited(paper, {each.key: ODD for each in paper.sections})
    for each in paper.sections:
        if not each.is_computed:
            assert ODD.strip() in str(each.body)
    assert plain_text(paper).count(ODD.rstrip()) >= len(paper.sections) - 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_a_paragraph_is_what_was_typed(typed: str) -> None:
    body = f"x{typed}"
    found = blocks(body, ())
    if "[[" not in body:
        assert found.blocks == (Paragraph(body.rstrip()),)
    assert found.unknown == ()


@given(st.text())
def test_no_body_stops_it(typed: str) -> None:
    blocks(typed, cameras().exhibits)


def test_markup_knows_paragraphs_and_lists() -> None:
    found = blocks("Un\nsuite\n\n- a\n- b\n\n2. c\n3. d\n\n2026. Non\n\n- e\nf", ())
    assert found.blocks == (
        Paragraph("Un\nsuite"),
        Bullets(("a", "b")),
        Items(("c", "d"), 2),
        Paragraph("2026. Non"),
        Paragraph("- e\nf"),
    )


# Words around names


@pytest.mark.parametrize(
    ("name", "article", "after_de", "after_a"),
    [
        ("Commune de Nulle-Part", "la commune", "de la commune", "à la commune"),
        ("préfet de l'Aube", "le préfet", "du préfet", "au préfet"),
        ("Le préfet", "le préfet", "du préfet", "au préfet"),
        ("État", "l’État", "de l’État", "à l’État"),
        ("L'association A", "l’association", "de l’association", "à l’association"),
        ("Les services", "les services", "des services", "aux services"),
        ("La Quadrature du Net", "La Quadrature", "de La Quadrature", "à La Quadrature"),
        ("SNCF Réseau", "SNCF", "de SNCF", "à SNCF"),
        ("Île-de-France Mobilités", "Île-de-France", "d’Île-de-France", "à Île-de-France"),
    ],
)
def test_names_have_their_article(name: str, article: str, after_de: str, after_a: str) -> None:
    assert definite(name).startswith(article)
    assert of(name).startswith(after_de)
    assert to(name).startswith(after_a)
    assert definite(definite(name)) == definite(name)


def test_what_is_attacked_has_its_article() -> None:
    for title, said in (
        ("Arrêté n° 3", "l’arrêté n° 3"),
        ("la décision implicite de refus", "la décision implicite de refus"),
        ("Vidéo dans les bus", "le traitement « Vidéo dans les bus »"),
    ):
        what = Attacked(kind=AttackedKind.PROCESSING, title=title, author=Party())
        assert attacked(what).replace("\u00a0", " ") == said


def test_the_state_pays_for_its_prefects_and_a_town_for_itself() -> None:
    for name, who in (
        ("Préfète du Rhône", "l’État"),
        ("Le ministre de l'intérieur", "l’État"),
        ("Commune de X", "la commune de X"),
    ):
        assert payer(Party(name=name)) == who


def test_every_text_is_quoted_in_full() -> None:
    assert quoted("CSI L252-4") == "l’article L.\u00a0252-4 du code de la sécurité intérieure"
    assert quoted("CRPA R*311-12").startswith("l’article R.\u00a0*311-12")
    assert quoted("RGPD 78(2)") == "l’article 78, paragraphe 2, du RGPD"
    assert quoted("CE 13 Jul 2016 n. 387763") == "CE, 13\u00a0juillet\u00a02016, n°\u00a0387763"
    for source in library().sources.every():
        if not source.is_decision:
            assert quoted(source.name).startswith(("l’article", "le ")), source.name
