"""French is set with the right spaces, and nothing but spaces changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contrechamp.kernel.typography import NBSP, THIN, faults, first_of_month, french

SPACES = re.compile(r"\s")


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Où ? Ici !", f"Où{THIN}? Ici{THIN}!"),
        ("Sources : deux ; la suite", f"Sources{NBSP}: deux{THIN}; la suite"),
        ("« vérifié »", f"«{NBSP}vérifié{NBSP}»"),
        ("«vérifié»", f"«{NBSP}vérifié{NBSP}»"),
        ("« {quote} » : {name} ?", f"«{NBSP}{{quote}}{NBSP}»{NBSP}: {{name}}{THIN}?"),
        ("120 000 € HT", f"120{THIN}000{NBSP}€{NBSP}HT"),
        ("1 234 567 faits", f"1{THIN}234{THIN}567 faits"),
        ("en 2018 123 caméras", "en 2018 123 caméras"),
        ("le 1er mars 2026", f"le 1er{NBSP}mars 2026"),
        ("12 %, 3 km, 40 ko", f"12{NBSP}%, 3{NBSP}km, 40{NBSP}ko"),
        ("3 maisons", "3 maisons"),
        ("n° 12, p. 4, art. L. 311", f"n°{NBSP}12, p.{NBSP}4, art.{NBSP}L.{NBSP}311"),
        ("Pourquoi ?!", f"Pourquoi{THIN}?!"),
        ("à 12:30, ratio 4:3", "à 12:30, ratio 4:3"),
        ("https://a.fr/x ?q=1 : oui", f"https://a.fr/x ?q=1{NBSP}: oui"),
        ('<a title="a : b">c : d</a>', f'<a title="a : b">c{NBSP}: d</a>'),
        ("%(n)s : %(d)s ; &amp; `a : b`", f"%(n)s{NBSP}: %(d)s{THIN}; &amp; `a : b`"),
        ("", ""),
    ],
)
def test_a_sentence_is_set(written: str, set_: str) -> None:
    assert french(written) == set_


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("1 mars 2026", f"1er{NBSP}mars 2026"),
        ("du 01 mai au 11 mai", f"du 1er{NBSP}mai au 11 mai"),
        ("21 mars 2026", "21 mars 2026"),
        ("2021 mars", "2021 mars"),
        ("1 caméra", "1 caméra"),
    ],
)
def test_the_first_of_a_month_has_its_ordinal(plain: str, said: str) -> None:
    assert first_of_month(plain) == said == first_of_month(said)


pieces = [*"abé12 3:;!?«»€%<>{}&/.,\n", NBSP, THIN, "L. ", " mars", "1er", " : ", "1 000", "n° "]
sentences = st.lists(st.sampled_from(pieces), max_size=30).map("".join)


@given(sentences)
@example("« »")
@example("1 000 : « 2 000 € HT » ?")
def test_setting_twice_changes_nothing_more(text: str) -> None:
    assert french(french(text)) == french(text)


@given(st.one_of(sentences, st.text(max_size=60)))
def test_no_letter_ever_changes(text: str) -> None:
    assert SPACES.sub("", french(text)) == SPACES.sub("", text)


@given(st.text(alphabet="abc/?=&:;.!", min_size=1, max_size=20))
def test_an_address_and_code_stay_as_they_are(rest: str) -> None:
    for kept in (f"https://exemple.fr/{rest}", f"`{rest} : {rest}`", f"<b {rest} :>"):
        assert french(kept) == kept


@given(st.lists(st.sampled_from(["{a}", "{b.c}", "%(n)s", "&nbsp;", "<br>", "mot", " : "])))
def test_the_places_of_values_stay(parts: list[str]) -> None:
    places = re.compile(r"\{[^}]*\}|%\(\w+\)s|&nbsp;|<br>")
    text = " ".join(parts)
    assert places.findall(french(text)) == places.findall(text)


@pytest.mark.parametrize(
    "wrong",
    [
        "la 1ère fois",
        "le 2ème jour",
        "le 1 er mars",
        "le 1 mars",
        "Où?",
        "Sources: deux",
        "No 12",
        'dit "oui"',
        "dit “oui”",
        "et cetera...",
    ],
)
def test_what_spaces_cannot_mend_is_told(wrong: str) -> None:
    assert faults(wrong)


@pytest.mark.parametrize(
    "right",
    ["la 1re fois", "le 2e jour, le 1er mars", "Où ? « Ici » : n° 12…", "à 12:30", "{a}: 3"],
)
def test_what_is_right_is_not_told(right: str) -> None:
    assert faults(right) == []
