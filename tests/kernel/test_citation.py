from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.citation import Work, bibtex, csl, csl_json, in_english, in_french, ris

WORK = Work(
    key="contrechamp-prj-6bx2q9wzvp",
    sort="record",
    title="Vidéosurveillance algorithmique à Nice",
    url="https://exemple.fr/projet/prj-6bx2q9wzvp/historique/20260302T103000Z",
    issued=date(2026, 3, 1),
    accessed=date(2026, 11, 29),
    version=3,
)
QUOTE = replace(
    WORK,
    sort="quote",
    title="Délibération n° 12",
    author="Ville de Nice",
    dated="2023-11",
    quote="Les images sont\nconservées trente jours.",
    page="2",
    sha256="ab" * 32,
    version=None,
)
BREAKING = st.text(alphabet=st.sampled_from("aé {}\\&%$#_\n\r\t\"'«»=@"), max_size=40)


def test_a_french_citation_says_the_state_and_the_day_it_was_read() -> None:
    assert in_french(WORK).replace("\u00a0", " ") == (
        "Contrechamp. « Vidéosurveillance algorithmique à Nice » [en ligne]. Contrechamp, "
        "version 3, état au 1er mars 2026. [Consulté le 29 novembre 2026]. "
        "Disponible à l'adresse : https://exemple.fr/projet/prj-6bx2q9wzvp/historique/"
        "20260302T103000Z"
    )


def test_an_english_citation_says_the_same() -> None:
    assert in_english(WORK) == (
        "Contrechamp, “Vidéosurveillance algorithmique à Nice”. Contrechamp, version 3, "
        "as of 1 March 2026. Accessed 29 November 2026. " + WORK.url
    )


def test_a_quote_is_cited_with_its_words_author_and_page() -> None:
    said = in_french(QUOTE).replace("\u00a0", " ")
    assert said.startswith(
        "« Les images sont conservées trente jours. », Ville de Nice. Délibération n° 12"
    )
    assert "2023-11, p. 2." in said


def test_csl_holds_what_citation_programs_need() -> None:
    item = csl(WORK)
    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2026, 3, 1]]}
    assert item["version"] == "3"
    assert item["URL"] == WORK.url
    assert csl(replace(WORK, sort="dataset"))["type"] == "dataset"
    assert json.loads(csl_json(QUOTE))[0]["author"] == [{"literal": "Ville de Nice"}]


def test_ris_begins_and_ends_as_programs_ask() -> None:
    lines = ris(WORK).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]


@given(title=BREAKING, words=BREAKING, author=BREAKING)
def test_no_title_breaks_out_of_its_field(title: str, words: str, author: str) -> None:
    work = replace(QUOTE, title=title, quote=words, author=author)
    for line in ris(work).split("\r\n")[:-1]:
        assert re.match(r"[A-Z][A-Z0-9]  - ", line)
    entry = bibtex(work)
    assert entry.count("{") == entry.count("}")
    assert all(re.match(r"  [a-z]+ = \{.*\},?$", line) for line in entry.splitlines()[1:-1])
    assert len(json.loads(csl_json(work))) == 1


@given(title=BREAKING)
def test_the_same_work_gives_the_same_bytes(title: str) -> None:
    work = replace(WORK, title=title)
    assert bibtex(work) == bibtex(replace(work))
    assert ris(work) == ris(replace(work))
