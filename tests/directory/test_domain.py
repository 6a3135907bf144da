"""Rules on addresses, lines of lists, and what somebody looks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.directory.domain import choosing, freshness, mailboxes
from contrechamp.directory.domain.asking import read_asked
from contrechamp.directory.domain.choosing import Way, is_sendable, preferred
from contrechamp.directory.domain.identity import Gazetteer, Place, identify
from contrechamp.directory.domain.kinds import AddressKind, BodyKind, Known, ProposalKind
from contrechamp.directory.domain.lines import read_body, read_form
from contrechamp.directory.domain.mailboxes import Fault, fault_of, is_personal, typo_of
from contrechamp.directory.domain.officers import needs_officer
from contrechamp.directory.domain.offices import identity_of, read_office
from contrechamp.directory.domain.places import of_place, town_hall
from contrechamp.directory.domain.proposing import NotACorrection, check_proposal
from contrechamp.directory.domain.showing import public_value
from tests.directory.lists import CANNES, HEAD, NICE

TODAY = date(2026, 11, 29)
REAL = "documents@ville-inventee.fr"


def way(kind: AddressKind = AddressKind.GENERAL, value: str = REAL, **said: object) -> Way:
    return Way(**{"pk": 1, "kind": kind, "value": value, **said})  # type: ignore[arg-type]


WAYS = st.builds(
    Way,
    pk=st.integers(1, 99),
    kind=st.sampled_from(AddressKind),
    value=st.sampled_from([REAL, "x", "a@b.invalid", "https://page.invalid", "1 rue Haute"]),
    label=st.sampled_from(["", "Mairie annexe"]),
    is_personal=st.booleans(),
    is_quarantined=st.booleans(),
    is_superseded=st.booleans(),
)


@given(st.lists(WAYS, max_size=8))
def test_what_is_set_aside_or_superseded_is_never_chosen(ways: list[Way]) -> None:
    chosen = preferred(ways)
    if chosen.address is not None:
        assert not chosen.address.is_quarantined
        assert not chosen.address.is_superseded
        assert chosen.can_send == is_sendable(chosen.address)


@given(st.lists(WAYS, max_size=8, unique_by=lambda one: one.pk))
def test_the_order_of_addresses_does_not_matter(ways: list[Way]) -> None:
    assert preferred(ways).address == preferred(ways[::-1]).address


def test_the_kinds_are_used_in_their_order() -> None:
    ways = [
        way(AddressKind.POST, "1 rue Haute, 06000, Nice", pk=1),
        way(AddressKind.FORM, "https://page.invalid/contact", pk=2),
        way(AddressKind.GENERAL, pk=3),
        way(AddressKind.SERVICE, pk=4),
        way(AddressKind.PRADA, pk=5),
        way(AddressKind.ONLINE_SERVICE, "https://service.invalid/demandes", pk=6),
    ]
    for kind in (*AddressKind,):
        best = preferred(ways)
        assert best.address
        assert best.address.kind == kind
        assert best.why == choosing.WHY[kind]
        ways = [one for one in ways if one.kind != kind]
    assert preferred(ways).address is None


def test_the_whole_comes_before_a_delegated_commune() -> None:
    part, whole = way(pk=1, label="Mairie déléguée"), way(pk=2)
    assert preferred([part, whole]).address == whole


@pytest.mark.parametrize(
    "value",
    ["a@b.invalid", "a@x.example", "a@x.test", "a@example.org", "a@x.localhost", "a", "a@", "a@b"],
)
def test_no_mail_leaves_for_a_name_that_leads_nowhere(value: str) -> None:
    assert not is_sendable(way(value=value))


def test_mail_leaves_for_a_sound_address_and_for_nothing_else() -> None:
    assert is_sendable(way())
    assert not is_sendable(way(is_quarantined=True))
    assert not is_sendable(way(is_superseded=True))
    assert not is_sendable(way(AddressKind.POST))
    assert not is_sendable(way(AddressKind.ONLINE_SERVICE, "https://x.fr"))


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("a@orange.f", "orange.fr"),
        ("a@wanadoo.f.invalid", "wanadoo.fr"),
        ("a@wannadoo.fr", "wanadoo.fr"),
        ("a@wanadoo.fr", ""),
        ("a@laposte.fr", ""),
        ("a@ville-inventee.fr", ""),
    ],
)
def test_mistyped_domains_are_seen(value: str, meant: str) -> None:
    assert typo_of(value) == meant
    assert (fault_of(value) == Fault.TYPO) == bool(meant)


@pytest.mark.parametrize(
    "value",
    ["jeanne.personne@x.fr", "j.personne@wanadoo.fr", "carine.dupre@x.fr", "cpersonne@x.fr"],
)
def test_a_persons_mailbox_is_suspected(value: str) -> None:
    assert is_personal(value, frozenset({"nice"}))
    assert public_value(way(value=value, is_personal=True)) == ""


@pytest.mark.parametrize(
    "value",
    ["mairie@x.fr", "mairie.nice@orange.fr", "nice@x.fr", "accueil-nice@x.fr", "t006088@x.fr"],
)
def test_a_mailbox_of_an_office_is_not(value: str) -> None:
    assert not is_personal(value, frozenset({"nice", "mairie"}))


def test_a_domain_of_many_or_of_a_provider_is_no_signal() -> None:
    assert mailboxes.is_signal("ville-inventee.fr", 3)
    assert not mailboxes.is_signal("ville-inventee.fr", 4)
    assert not mailboxes.is_signal("ville-inventee.fr", 0)
    assert not mailboxes.is_signal("wanadoo.fr.invalid", 1)


def test_a_line_is_read() -> None:
    line = read_body(dict(zip(HEAD, NICE, strict=True)), 2)
    assert (line.kind, line.insee, line.own) == (BodyKind.COMMUNE, "06088", "Nice")
    assert line.postal == "1 place du Palais, 06000, Nice"
    assert line.phone == "04 00 00 00 00"
    assert not line.is_personal
    assert read_body(dict(zip(HEAD, CANNES, strict=True)), 3).is_personal


def test_broken_signs_are_mended() -> None:
    row = dict(zip(HEAD, ("crous-10387-01", "Centre des \x9cuvres", "", "", "", ""), strict=True))
    assert read_body(row, 2).name == "Centre des œuvres"


@pytest.mark.parametrize("change", [{"id": ""}, {"name": " - "}])
def test_a_line_without_key_or_name_is_refused(change: dict[str, str]) -> None:
    assert read_body(dict(zip(HEAD, NICE, strict=True)) | change, 2).is_refused


def test_a_form_without_a_page_is_refused() -> None:
    row = dict(zip(HEAD, NICE, strict=True))
    assert read_form(row, 2).is_refused
    assert read_form(row | {"request_email": "https://nice.invalid/contact"}, 2).page


def test_an_address_at_somebodys_home_is_left_out() -> None:
    row = dict(zip(HEAD, NICE, strict=True)) | {"notes": "Adresse : chez Mme Personne,06000,Nice"}
    assert read_body(row, 2).postal == ""


def test_the_same_commune_is_one_body() -> None:
    place = Place(key="commune:06088", name="Nice", siren="210600888", departement="06")
    known = Gazetteer(communes={"06088": place})
    lines = [
        read_body(dict(zip(HEAD, NICE, strict=True)) | {"id": f"mairie-06088-0{n}"}, n)
        for n in (1, 2)
    ]
    assert {identify(line, known).identity for line in lines} == {"commune:06088"}


def test_an_office_is_set_against_its_commune() -> None:
    place = Place(key="commune:06088", name="Nice", departement="06")
    known = Gazetteer(towns={("06", "nice"): place})
    row = {"departement": "6", "administration": "Mairie de Nice", "has_email": "yes"}
    office = read_office(row, 2)
    assert identity_of(office, known) == "commune:06088"
    assert read_office(row | {"has_email": "peut-être"}, 2).is_refused


@pytest.mark.parametrize(
    ("kind", "population", "needs"),
    [
        (BodyKind.COMMUNE, 10_000, Known.YES),
        (BodyKind.COMMUNE, 9_999, Known.NO),
        (BodyKind.EPCI, None, Known.UNKNOWN),
        (BodyKind.PREFECTURE, None, Known.YES),
        (BodyKind.HOSPITAL, None, Known.UNKNOWN),
    ],
)
def test_who_must_have_an_access_officer(
    kind: BodyKind, population: int | None, needs: Known
) -> None:
    assert needs_officer(kind, population=population) == needs
    assert needs_officer(BodyKind.HOSPITAL, staff=200) == Known.YES


def test_a_town_hall_is_named() -> None:
    assert town_hall("Le Havre") == "Mairie du Havre"
    assert town_hall("Les Ulis") == "Mairie des Ulis"
    assert of_place("Évenos") == "d'Évenos"
    assert of_place("La Ciotat") == "de La Ciotat"


def test_what_is_looked_for_may_begin_with_a_kind() -> None:
    assert read_asked("mairie de Nice").kind == BodyKind.COMMUNE
    assert read_asked("Mairie d'Évenos").folded == "evenos"
    assert read_asked("préfecture").folded == ""


def test_an_address_grows_old() -> None:
    seen = freshness.freshness_of(way(seen_on=date(2019, 1, 1)), TODAY)
    assert seen.is_stale
    assert not freshness.freshness_of(way(last_success_on=TODAY), TODAY).is_stale
    assert freshness.freshness_of(way(last_bounce_on=TODAY, verified_on=TODAY), TODAY).is_stale
    assert freshness.freshness_of(way(), TODAY).on is None


@pytest.mark.parametrize(
    ("kind", "value", "address_kind", "source"),
    [
        (ProposalKind.ADDRESS, "a@orange.f", "GENERAL", "page de la ville"),
        (ProposalKind.ADDRESS, "a", "GENERAL", "page de la ville"),
        (ProposalKind.ADDRESS, "a@b.fr", "", "page de la ville"),
        (ProposalKind.ADDRESS, "x", "ONLINE_SERVICE", "page de la ville"),
        (ProposalKind.ADDRESS, "x", "POST", "page de la ville"),
        (ProposalKind.NAME, "", "", "page de la ville"),
        (ProposalKind.OFFICER, "peut-être", "", "page de la ville"),
        (ProposalKind.OTHER, "x", "", "page de la ville"),
        (ProposalKind.NAME, "Ville", "", "?"),
        (ProposalKind.NAME, "Ville", "", "jeanne@x.fr me l'a dit"),
    ],
)
def test_a_correction_that_lacks_something_is_refused(
    kind: ProposalKind, value: str, address_kind: str, source: str
) -> None:
    with pytest.raises(NotACorrection):
        check_proposal(kind=kind, value=value, address_kind=address_kind, source=source)
