"""The rules of the census on plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.census import domain
from contrechamp.census.domain import Candidate, Piece, Proof, Status, suggest
from contrechamp.census.domain.suggestions import sound_key
from contrechamp.kernel.errors import Refused
from tests.shared import shared

PASSAGE = Proof(kind="document", readers=frozenset({1}))
ACT = Proof(kind="register", readers=frozenset({1}))
PAGE = Proof(kind="url", readers=frozenset({1}))
ARTICLE = Proof(kind="reference", publisher="La Revue")
OTHER = Proof(kind="reference", publisher="Le Quotidien")
FILE = Proof(kind="file")
AGAINST = Proof(kind="register", stance="CONTRADICTS")

PROOFS = st.lists(
    st.builds(
        Proof,
        kind=st.sampled_from(["document", "register", "url", "reference", "file"]),
        stance=st.sampled_from(["SUPPORTS", "CONTRADICTS", "MENTIONS"]),
        publisher=st.sampled_from(["", "A", "a", "B"]),
        has_quoted_copy=st.booleans(),
        readers=st.frozensets(st.integers(1, 4), max_size=3),
        is_rejected=st.booleans(),
    ),
    max_size=5,
)


# Status


@pytest.mark.parametrize(
    ("proofs", "status"),
    [
        ([], Status.ALLEGED),
        ([PAGE], Status.ALLEGED),
        ([replace(PAGE, has_quoted_copy=True)], Status.DOCUMENTED),
        ([ARTICLE], Status.ALLEGED),
        ([ARTICLE, replace(ARTICLE, publisher="LA REVUE")], Status.ALLEGED),
        ([ARTICLE, replace(ARTICLE, publisher="")], Status.ALLEGED),
        ([ARTICLE, OTHER], Status.DOCUMENTED),
        ([ARTICLE, replace(OTHER, stance="MENTIONS")], Status.ALLEGED),
        ([FILE, FILE], Status.ALLEGED),
        ([PASSAGE], Status.DOCUMENTED),
        ([ACT], Status.DOCUMENTED),
        ([replace(PASSAGE, readers=frozenset({1, 2}))], Status.VERIFIED),
        ([replace(PAGE, readers=frozenset({1, 2}))], Status.ALLEGED),
        ([replace(PASSAGE, readers=frozenset({1, 2}), is_rejected=True)], Status.ALLEGED),
        ([PASSAGE, AGAINST], Status.CONTRADICTED),
        ([PASSAGE, replace(AGAINST, is_rejected=True)], Status.DOCUMENTED),
        ([PASSAGE, replace(AGAINST, kind="url")], Status.DOCUMENTED),
    ],
)
def test_a_status_follows_from_its_evidence(proofs: list[Proof], status: Status) -> None:
    assert domain.status(proofs) is status


@given(PROOFS, st.randoms())
def test_the_order_of_evidence_does_not_count(proofs: list[Proof], chance: Any) -> None:
    shuffled = list(proofs)
    chance.shuffle(shuffled)
    assert domain.status(shuffled) is domain.status(proofs)


@given(PROOFS)
def test_a_rejected_passage_never_proves_more(proofs: list[Proof]) -> None:
    rank = [Status.ALLEGED, Status.DOCUMENTED, Status.VERIFIED]
    supports = [proof for proof in proofs if proof.stance == "SUPPORTS"]
    before = rank.index(domain.status(supports))
    for index in range(len(supports)):
        less = [*supports]
        less[index] = replace(less[index], is_rejected=True)
        assert rank.index(domain.status(less)) <= before


@given(PROOFS)
def test_a_rejected_one_is_as_if_it_were_not_there(proofs: list[Proof]) -> None:
    live = [proof for proof in proofs if not proof.is_rejected]
    assert domain.status(proofs) is domain.status(live)


# Publication


@pytest.mark.parametrize(
    ("proofs", "as_alleged", "is_allowed"),
    [
        ([], True, False),
        ([FILE], True, False),
        ([AGAINST], True, False),
        ([replace(PASSAGE, is_rejected=True)], True, False),
        ([PAGE], False, False),
        ([PAGE], True, True),
        ([FILE, PAGE], True, True),
        ([PASSAGE], False, True),
        ([ARTICLE, OTHER], False, True),
        ([PAGE, AGAINST], False, True),
    ],
)
def test_nothing_is_published_without_a_source(
    proofs: list[Proof], as_alleged: bool, is_allowed: bool
) -> None:
    assert domain.is_publishable(proofs, as_alleged=as_alleged) is is_allowed


@given(PROOFS)
def test_what_is_published_unticked_is_more_than_alleged(proofs: list[Proof]) -> None:
    if domain.is_publishable(proofs, as_alleged=False):
        assert domain.status(proofs) is not Status.ALLEGED
        assert domain.is_publishable(proofs, as_alleged=True)


# Values

LABEL = {"label": {"fr": "nom", "en": "name"}}


@pytest.mark.parametrize(
    ("term", "given", "kept"),
    [
        ({"type": "text"}, "  <b>gras</b> ", "<b>gras</b>"),
        ({"type": "number"}, "1 234", 1234),
        ({"type": "number"}, "3,5", 3.5),
        ({"type": "number"}, 0, 0),
        ({"type": "date"}, " vers 2018 ", "vers 2018"),
        ({"type": "money"}, "1 234,5 €", "1234.50"),
        ({"type": "code", "codes": {"a": {}, "b": {}}}, "b", "b"),
        ({"type": "code_list"}, "y|x", ["x", "y"]),
        ({"type": "code_list"}, ["y"], ["y"]),
        ({"type": "url"}, "https://www.exemple.fr/a?b=c", "https://www.exemple.fr/a?b=c"),
        ({"type": "boolean"}, True, True),
        ({"type": "boolean"}, "Non", False),
    ],
)
def test_a_value_is_kept_in_one_form(term: dict[str, Any], given: object, kept: object) -> None:
    assert domain.check_value({**LABEL, **term}, given, ["x", "y"]) == kept


@pytest.mark.parametrize(
    ("term", "given"),
    [
        ({"type": "text"}, "   "),
        ({"type": "text"}, 5),
        ({"type": "text"}, "x" * 10_001),
        ({"type": "number"}, "douze"),
        ({"type": "number"}, True),
        ({"type": "number"}, "NaN"),
        ({"type": "number"}, "-1"),
        ({"type": "number", "maximum": 100}, "101"),
        ({"type": "date"}, "0218-10-29"),
        ({"type": "date"}, ""),
        ({"type": "money"}, "cher"),
        ({"type": "code", "codes": {"a": {}}}, "z"),
        ({"type": "code", "codes": {"a": {}}}, ["a"]),
        ({"type": "code_list"}, "x|z"),
        ({"type": "code_list"}, []),
        ({"type": "code_list"}, [3]),
        ({"type": "url"}, "javascript:alert(1)"),
        ({"type": "url"}, "https://a:b@exemple.fr"),
        ({"type": "url"}, "https://"),
        ({"type": "url"}, "https://[::1"),
        ({"type": "url"}, 'https://exemple.fr/"x'),
        ({"type": "url"}, "https://exemple.fr/" + "x" * 2000),
        ({"type": "boolean"}, "peut-être"),
    ],
)
def test_a_wrong_value_is_refused(term: dict[str, Any], given: object) -> None:
    with pytest.raises(Refused):
        domain.check_value({**LABEL, **term}, given, ["x", "y"])


def test_a_type_that_nobody_knows_is_a_defect() -> None:
    with pytest.raises(ValueError, match="colour"):
        domain.check_value({**LABEL, "type": "colour"}, "red")


@given(st.text(min_size=1, max_size=50))
def test_text_that_is_kept_is_kept_again(text: str) -> None:
    try:
        kept = domain.check_value({**LABEL, "type": "text"}, text)
    except Refused:
        assert not text.strip()
    else:
        assert domain.check_value({**LABEL, "type": "text"}, kept) == kept


OWNED: dict[str, Any] = {
    **LABEL,
    "from": ["actor"],
    "to": ["actor", "project"],
    "attributes": {
        "percentage": {"type": "number", "maximum": 100, **LABEL},
        "works": {"type": "code", "values": {"yes": {}, "no": {}}, **LABEL},
    },
}


def test_attributes_are_those_of_the_relation() -> None:
    assert domain.check_attributes(OWNED, {"percentage": "12,5", "works": "no"}) == {
        "percentage": 12.5,
        "works": "no",
    }
    assert domain.check_attributes(OWNED, {"percentage": "", "works": None}) == {}
    assert domain.check_attributes(LABEL, {}) == {}


@pytest.mark.parametrize(
    "attributes", [{"colour": "red"}, {"percentage": 101}, {"works": "perhaps"}]
)
def test_others_are_refused(attributes: dict[str, object]) -> None:
    with pytest.raises(Refused):
        domain.check_attributes(OWNED, attributes)


def test_an_office_needs_its_title() -> None:
    term = {**LABEL, "attributes": {"title": {"type": "text", "required": True, **LABEL}}}
    with pytest.raises(Refused):
        domain.check_attributes(term, {})


def test_a_relation_joins_what_it_may() -> None:
    domain.check_ends(OWNED, ("actor", "company"), ("project", "trial"))
    with pytest.raises(Refused):
        domain.check_ends(OWNED, ("project", "trial"), ("actor", "company"))
    with pytest.raises(Refused):
        domain.check_ends(OWNED, ("actor", "company"), ("place", "commune"))
    with pytest.raises(Refused):
        domain.check_ends(
            {**OWNED, "from_types": ["person_in_office"]},
            ("actor", "company"),
            ("actor", "authority"),
        )
    with pytest.raises(Refused):
        domain.check_ends({**OWNED, "same_kind": True}, ("actor", "x"), ("project", "y"))


# Numbers


def test_each_scheme_has_its_check() -> None:
    assert domain.check_identifier("siren", "210 600 888") == "210600888"
    assert domain.check_identifier("register:be", " 0123.456.789 ") == "0123.456.789"
    assert domain.check_identifier("ted", "2023/S 1-2") == "2023/S 1-2"


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("siren", "210600889"), ("boamp", "  "), ("passport", "12"), ("register:belgique", "1")],
)
def test_what_is_no_number_is_refused(scheme: str, value: str) -> None:
    with pytest.raises(Refused):
        domain.check_identifier(scheme, value)


# Suggestions


def named(*names: str, kind: str = "actor") -> list[Candidate]:
    return [Candidate(id=name, kind=kind, name=name) for name in names]


def pairs(candidates: list[Candidate], **more: Any) -> set[tuple[str, str]]:
    return {(found.a, found.b) for found in suggest(candidates, **more)}


def test_the_names_of_a_real_graph_give_seven_pairs_and_no_false_one() -> None:
    text = shared("carto_technopolice/data.csv").read_text("utf-8")
    rows = [line.split(";") for line in text.splitlines()]
    names = {cell.strip() for row in rows if row[0] == "EDGE" for cell in row[1:3]}
    names |= {row[1].strip() for row in rows if row[0] == "NODE"}
    assert len(names) == 308

    found = suggest(named(*sorted(names)))

    assert [each.why for each in found] == ["letters"] * 2 + ["sound"] + ["prefix"] * 4
    assert {(each.a, each.b) for each in found[:3]} == {
        ("Cameras", "cameras"),
        ("ville de Saint-Etienne", "ville de Saint\u00ad-Etienne"),
        ("ville de Nime", "ville de Nîmes"),
    }
    firsts = {each.what.casefold().split()[0] for each in found[3:]}
    assert firsts == {"eryma", "idemia", "prysm", "eiffage"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ville de Nice", "ville de Nîmes"),
        ("ville de Cannes", "ville de Vannes"),
        ("SNCF", "SNEF"),
        ("GICAN", "GICAT"),
    ],
)
def test_false_pairs_are_never_proposed(one: str, other: str) -> None:
    assert pairs(named(one, other)) == set()


def test_reasons_come_in_their_order_and_a_pair_once() -> None:
    alpha = Candidate(id="1", kind="actor", name="Alpha SAS", identifiers=(("siren", "1"),))
    beta = Candidate(id="2", kind="actor", name="ALPHA", identifiers=(("siren", "1"),))
    gamma = Candidate(id="3", kind="actor", name="Alpha S.A.S.U Vidéo", aliases=("Bêta",))
    delta = Candidate(id="4", kind="actor", name="beta")
    found = suggest([alpha, beta, gamma, delta])
    assert [(each.a, each.b, each.why) for each in found] == [
        ("1", "2", "identifier"),
        ("2", "3", "prefix"),
        ("1", "3", "prefix"),
        ("3", "4", "alias"),
    ]
    assert len({(each.a, each.b) for each in found}) == len(found)
    assert all("{what}" in each.sentence for each in found)


def test_a_table_of_aliases_joins_names() -> None:
    rows = named("Idemia", "Morpho")
    assert pairs(rows, aliases={"morpho": "idemia"}) == {("Idemia", "Morpho")}


def test_different_numbers_towns_kinds_and_judgements_block() -> None:
    one = Candidate(id="1", kind="actor", name="Alpha", identifiers=(("siren", "1"),), town="a")
    assert pairs([one, replace(one, id="2")]) == {("1", "2")}
    assert pairs([one, replace(one, id="2", identifiers=(("siren", "2"),))]) == set()
    assert pairs([one, replace(one, id="2", town="b")]) == set()
    assert pairs([one, replace(one, id="2", kind="project")]) == set()
    assert pairs([one, replace(one, id="2")], not_same=[("2", "1")]) == set()


def test_a_key_that_everybody_shares_says_nothing() -> None:
    rows = [Candidate(id=str(n), kind="actor", name="Alpha") for n in range(60)]
    assert suggest(rows) == []


def test_a_word_that_begins_many_names_proposes_nothing() -> None:
    assert pairs(named("Groupe", "Groupe Alpha")) == set()
    assert pairs(named("ville de Saint", "ville de Saint Denis")) == set()
    assert pairs(named("Alp", "Alp Vidéo")) == set()
    assert pairs(named("SA", "s.a.")) == {("SA", "s.a.")}
    assert pairs(named("...", "!!!")) == set()


def test_an_initialism_has_no_sound() -> None:
    assert sound_key("GICAN") == sound_key("ADP") == ""
    assert sound_key("Gican") != ""


@given(st.lists(st.text("abé SA-", min_size=1, max_size=8), max_size=12, unique=True), st.randoms())
def test_the_order_of_records_does_not_count(names: list[str], chance: Any) -> None:
    rows = named(*names)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert suggest(rows) == suggest(shuffled)


# Differences

WORDS = st.text("ab .é\n", max_size=30)


@given(WORDS, WORDS)
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = domain.words(before, after)
    assert "".join(piece.text for piece in pieces if piece.sign in "=-") == before
    assert "".join(piece.text for piece in pieces if piece.sign in "=+") == after


def test_a_difference_is_told_word_by_word() -> None:
    assert domain.words("12 caméras fixes", "14 caméras fixes") == [
        Piece("-", "12"),
        Piece("+", "14"),
        Piece("=", " caméras fixes"),
    ]
