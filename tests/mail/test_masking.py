"""No address, no telephone number and no name of an agent is in what the public reads."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.mail.domain.address import address_of, subject_tag
from contrechamp.mail.domain.masking import public_text

from .samples import DOMAIN, SECRET, read_sample, samples

FIRST = ["Odile", "Jean-Luc", "Éloïse", "Zoé", "Marie", "Anne-Sophie", "Guénolé", "Yves", "Thaïs"]
LAST = [
    "Fauchemare",
    "LE BIHANNEC",
    "d'Orval",
    "Cœurdassier",
    "DE LA TRÉMOIRE",
    "Zaïdane",
    "Nguyên",
]
NAMES = st.builds("{} {}".format, st.sampled_from(FIRST), st.sampled_from(LAST))
LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789._-+", min_size=1, max_size=12)
ADDRESSES = st.builds(
    "{}@{}.example".format, LOCAL, st.sampled_from(["valombre", "pref.haut-vallon"])
)
SEPARATORS = st.sampled_from(["", " ", ".", "-", "\u00a0", "/"])
TELEPHONES = st.builds(
    lambda head, pairs, sep: sep.join([head, *pairs][: 4 if head == "0590" else 5]),
    st.sampled_from(["01", "04", "+33 4", "0033 9", "+33 (0)1", "05", "0590"]),
    st.lists(st.from_regex(r"\A[0-9]{2}\Z"), min_size=4, max_size=4),
    SEPARATORS,
)
PLACES = [
    "Bonjour,\n\nDossier suivi par : {}\n\nLe rapport est à l'étude.\n",
    "Bonjour,\n\nVoyez avec Madame {}, qui instruit votre demande.\n",
    "Bonjour.\n\nCordialement,\n\n{}\nChargée de mission\nMairie de Valombre\n",
    "Suite.\n\nDe : {}\nEnvoyé : lundi 2 mars 2026 09:12\nÀ : Vigie\nObjet : Demande\n\nTexte.\n",
    "Merci.\n\nLe 2 mars 2026 à 09:12, {} a écrit :\n> Texte.\n",
    "M. {} vous répondra ; votre interlocuteur : {}.\n",
]


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@settings(max_examples=200, deadline=None)
@given(NAMES, st.sampled_from(PLACES), ADDRESSES, TELEPHONES)
def test_nothing_of_a_person_survives(name: str, place: str, address: str, phone: str) -> None:
    text = place.replace("{}", name) + f"\nMél : {address} - Tél. {phone}\n{name.upper()}\n"
    shown = public_text(text, names=[name])
    assert address not in shown
    assert "@" not in shown
    assert phone not in shown
    for word in re.findall(r"\w{3,}", _plain(name)):
        assert not re.search(rf"\b{word}\b", _plain(shown)), shown


@settings(max_examples=150, deadline=None)
@given(NAMES, st.sampled_from(PLACES))
def test_a_name_in_a_usual_place_is_hidden_without_being_given(name: str, place: str) -> None:
    shown = _plain(public_text(place.replace("{}", name)))
    last = re.findall(r"\w{3,}", _plain(name))[-1]
    assert last not in shown


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10))
def test_no_address_of_ours_remains(key: str) -> None:
    thread = f"req-{key}"
    address = address_of(thread, secret=SECRET, domain=DOMAIN)
    token = address.split("@")[0].rpartition("-")[2]
    text = f"À : <{address}>\n{subject_tag(thread, secret=SECRET)} voir {address.split('@')[0]}."
    assert token not in public_text(text)


@pytest.mark.parametrize(
    "written",
    [
        "jean.exemple@valombre.example",
        "jean.exemple [at] valombre.example",
        "jean.exemple(arobase)valombre(point)example",
        "jean.exemple AT valombre.example",
        "mailto:jean.exemple@valombre.example",
        "jean.exemple＠valombre.example",
        "jean.exe\u200bmple@valombre.example",
        "jean.exemple @ valombre.example",
    ],
)
def test_a_disguised_address_is_hidden(written: str) -> None:
    shown = public_text(f"Écrivez à {written} avant lundi.")
    assert "jean.exe" not in shown
    assert "avant lundi" in shown


@pytest.mark.parametrize(
    "kept",
    [
        "Madame, Monsieur,",
        "Madame la Maire a décidé.",
        "Monsieur le Préfet a signé l'arrêté n° 2026-0412-118 du 4 février 2026.",
        "La Ville de Castelbrun a saisi la CADA le 12/03/2026.",
        "L'article L. 311-5 du code s'applique depuis 2016.",
        "Le marché s'élève à 1 204 500,00 € TTC.",
        "Direction de la tranquillité publique",
        "Les 12 caméras sont listées en annexe 3.",
    ],
)
def test_what_names_no_person_stays(kept: str) -> None:
    assert public_text(kept) == kept


def test_a_body_given_as_a_name_is_not_hidden() -> None:
    text = "La mairie de Valombre vous répondra."
    assert public_text(text, names=["Mairie", "Service juridique", ""]) == text


def test_the_samples_show_no_address() -> None:
    for sample in samples():
        message = read_sample(sample.raw)
        shown = public_text(message.text, names=[message.sender_name])
        assert "@" not in shown, sample.name
        assert not re.search(r"req-\w{10}-\w{10}", shown), sample.name


def test_agents_of_the_samples_are_hidden() -> None:
    text = " ".join(
        public_text(message.text, names=[message.sender_name])
        for message in (read_sample(sample.raw) for sample in samples())
    )
    for name in ("Fauchemare", "Palfray", "01 99 00 12 34", "01 99 00 45 67"):
        assert name not in text
