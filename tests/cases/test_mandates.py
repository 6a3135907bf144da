"""Mandates: counted for the guard, read by two roles, erased on request, told to nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.mandates import LEAST_SHOWN, Counted, in_force, read_list, shown
from contrechamp.cases.models import Action, Mandate, Member
from contrechamp.cases.queries.mandates import kept_by, mandates_on
from contrechamp.kernel.errors import Refused
from contrechamp.search import services as search
from tests import make
from tests.people import Person

from .actions import at, opened, record
from .facts import check

TODAY = date(2026, 3, 1)
NAME = "Quetzal Xylophonovitch"
COMPLETE = {"controller": "Ville", "processing": "Caméras", "contact": "Lettre du 2 mars"}


def collective(author: User | None = None) -> Action:
    """Return a collective complaint."""
    return opened(author, kind=ActionKind.COLLECTIVE, published="")


def mandated(action: Action, *names: str, on: str = "02-01") -> Action:
    """Return it with a mandate of each."""
    for name in names:
        services.add_mandate(
            action,
            name=name,
            day=at(on).date(),
            scope="Les caméras",
            proof="Feuille signée, armoire A",
            actor=action.author,
            now=at(on),
        )
    return action


# What counts.


@pytest.mark.parametrize(
    ("day", "revoked", "is_erased", "counts"),
    [
        (date(2026, 2, 1), None, False, 1),
        (date(2026, 3, 1), None, False, 1),
        (date(2026, 3, 2), None, False, 0),
        (date(2026, 2, 1), date(2026, 3, 1), False, 0),
        (date(2026, 2, 1), date(2026, 3, 2), False, 1),
        (date(2026, 2, 1), None, True, 0),
        (None, None, False, 0),
    ],
)
def test_a_mandate_counts_from_its_day_until_it_is_revoked_or_erased(
    day: date | None, revoked: date | None, is_erased: bool, counts: int
) -> None:
    assert in_force([Counted(day=day, revoked_on=revoked, is_erased=is_erased)], TODAY) == counts


def test_the_number_is_told_only_where_it_is_wanted_and_large_enough() -> None:
    assert shown(LEAST_SHOWN, is_wanted=True) == LEAST_SHOWN
    assert shown(LEAST_SHOWN - 1, is_wanted=True) is None
    assert shown(500, is_wanted=False) is None


# The guard.


@pytest.mark.parametrize(
    ("statutes", "mandates", "says"),
    [("", 5, "article 80"), ("Article-2", 0, "mandat écrit"), ("Article-2", 1, "")],
)
def test_a_collective_complaint_needs_statutes_and_mandates(
    statutes: str, mandates: int, says: str
) -> None:
    line = "COMPLAINT_FILED 03-01 has_standing="
    line += f" statutes={statutes}" if statutes else ""
    if says:
        with pytest.raises(Refused, match=says):
            check(line, kind=ActionKind.COLLECTIVE, mandates=mandates)
    else:
        check(line, kind=ActionKind.COLLECTIVE, mandates=mandates)


def test_a_complaint_of_one_needs_no_mandate() -> None:
    check("COMPLAINT_FILED 03-01", kind=ActionKind.COMPLAINT)


@pytest.mark.django_db
def test_a_mandate_given_after_the_filing_does_not_count() -> None:
    action = mandated(collective(), NAME, on="03-02")
    with pytest.raises(Refused, match="mandat écrit"):
        record(action, Kind.COMPLAINT_FILED, "03-01", statutes="Article 2", **COMPLETE)
    mandated(action, "Autre Personne", on="02-01")
    record(action, Kind.COMPLAINT_FILED, "03-01", statutes="Article 2", **COMPLETE)
    assert action.state == "FILED"


# A list.


@pytest.mark.parametrize("comma", [",", ";"])
@pytest.mark.parametrize("day", ["2026-01-15", "15/01/2026"])
def test_a_list_is_read_by_comma_or_semicolon(comma: str, day: str) -> None:
    text = "\n".join(
        comma.join(cells)
        for cells in [
            ("\ufeffNom", "Portée", "Date", "Preuve"),
            (NAME, "Les caméras", day, "Feuille"),
            ("", "", "", ""),
        ]
    )
    (one,) = read_list(text, today=TODAY)
    assert (one.name, one.day, one.scope, one.proof) == (
        NAME,
        date(2026, 1, 15),
        "Les caméras",
        "Feuille",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "vide"),
        ("nom,date\nA,2026-01-01", "Il manque : portee, preuve"),
        ("nom,date,portee,preuve\n", "aucun mandat"),
        (f"nom,date,portee,preuve\n{NAME},hier,x,y", "Ligne 2 : écrivez la date"),
        (f"nom,date,portee,preuve\n{NAME},2027-01-01,x,y", "Ligne 2"),
        (f"nom,date,portee,preuve\n{NAME},2026-01-01,x,", "Ligne 2"),
        (f"nom,date,portee,preuve\n{NAME},2026-01-01,{'x' * 301},y", "300 signes"),
    ],
)
def test_a_wrong_line_is_told_by_its_number_without_a_name(text: str, says: str) -> None:
    with pytest.raises(Refused) as no:
        read_list(text, today=TODAY)
    sentence = no.value.sentence.format(**no.value.values)
    assert says in sentence
    assert NAME not in sentence


@pytest.mark.django_db
def test_a_list_is_kept_whole_or_not_at_all_and_twice_is_once() -> None:
    action = collective()
    someone = Person(action.author)
    url = f"/actions/{action.pk}/mandats/liste"

    def send(text: str) -> int:
        file = SimpleUploadedFile("m.csv", text.encode("cp1252"))
        return someone.sends(url, **{"liste-file": file}).status

    head = "nom;date;portée;preuve\n"
    assert send(f"{head}Hélène;2026-01-01;x;y\nB;hier;x;y") == 200
    assert Mandate.objects.count() == 0
    for _ in range(2):
        assert send(f"{head}Hélène;2026-01-01;x;y\nB;2026-01-02;x;y") == 302
    assert [(row.number, row.name) for row in Mandate.objects.order_by("number")] == [
        (1, "Hélène"),
        (2, "B"),
    ]


# Revoked, erased.


@pytest.mark.django_db
def test_a_revocation_is_undone_and_an_erasure_keeps_the_number_alone() -> None:
    action = mandated(collective(), NAME, "Autre Personne")
    someone, url = Person(action.author), f"/actions/{action.pk}/mandats"
    someone.sends(f"{url}/1", day="2026-02-15", revoquer="1")
    assert mandates_on(action, TODAY) == 1
    someone.sends(f"{url}/1", retablir="1")
    assert mandates_on(action, TODAY) == 2
    someone.sends(f"{url}/1", effacer="1")
    row = Mandate.objects.get(number=1)
    assert (row.name, row.day, row.scope, row.proof) == ("", None, "", "")
    assert mandates_on(action, TODAY) == 1
    page = someone.opens(url).text
    assert NAME not in page
    assert 'id="mandat-1"' in page
    mandated(action, "Encore Une")
    assert Mandate.objects.latest("number").number == 3


@pytest.mark.django_db
def test_only_a_collective_complaint_takes_mandates() -> None:
    with pytest.raises(Refused, match="collective"):
        mandated(opened(), NAME)


# Who reads them.


@pytest.fixture
def team() -> tuple[Action, dict[str, User]]:
    """A public collective complaint with each role, and those who are not of it."""
    lead = make.user("meneuse")
    action = collective(lead)
    people = {"LEAD": lead}
    for role in ("MEMBER", "COUNSEL", "READER"):
        people[role] = make.user(f"role{role.lower()}")
        services.seat(action, user=people[role], role=role, now=at("01-21"))
    people["EDITOR"] = make.user("editrice", Role.EDITOR)
    people["ADMINISTRATOR"] = make.user("admin", Role.ADMINISTRATOR)
    services.set_public(action, is_public=True, now=at("01-22"))
    services.show_mandates(action, is_shown=True)
    return action, people


def _every_page(action: Action) -> list[str]:
    own = f"/actions/{action.pk}"
    return [
        *(own, f"{own}.json", f"{own}.ics", f"{own}/mandats", f"{own}/suivre", f"{own}/reglages"),
        *(f"{own}/pieces", f"{own}/audience", f"{own}/couts", "/actions", "/actions.json"),
        *("/actions.csv", "/actions/les-miennes", "/actions/rappels", "/actions/suites"),
        *("/actions/ce-qui-marche.json", "/recherche?q=Quetzal", "/api/v1/search?q=Quetzal"),
    ]


@pytest.mark.django_db
def test_lead_and_counsel_read_mandates_and_nobody_else(
    team: tuple[Action, dict[str, User]],
) -> None:
    action, people = team
    mandated(action, NAME)
    for role, user in people.items():
        page = Person(user).opens(f"/actions/{action.pk}/mandats")
        assert (page.status == 200, NAME in page.text) == (
            (True, True) if role in {"LEAD", "COUNSEL"} else (False, False)
        )
        assert kept_by(user).exists() is (role in {"LEAD", "COUNSEL"})
    assert Person().opens(f"/actions/{action.pk}/mandats").asks_to_sign_in
    counsel = Person(people["COUNSEL"])
    assert counsel.sends(f"/actions/{action.pk}/mandats/1", effacer="1").status == 404
    assert Mandate.objects.get().name == NAME


names = st.text(st.characters(categories=("Lu", "Ll")), min_size=6, max_size=20)


@tries(max_examples=4, deadline=None)
@given(first=names, last=names, count=st.integers(0, LEAST_SHOWN + 2))
def _no_name_reaches(
    action: Action, people: dict[str, User], first: str, last: str, count: int
) -> None:
    name = f"Zq{first} Zq{last}"
    Mandate.objects.all().delete()
    mandated(action, name, *(f"{name} {number}" for number in range(count)))
    search.rebuild()
    others = {role: who for role, who in people.items() if role not in {"LEAD", "COUNSEL"}}
    for user in (None, *others.values()):
        someone = Person(user)
        for url in _every_page(action):
            answer = someone.opens(url)
            said = answer.content.decode("utf-8", "replace").casefold()
            for word in (f"zq{first}", f"zq{last}", "armoire a"):
                assert word.casefold() not in said, (url, user)
            assert not any(
                f"zq{first}".casefold() in value.casefold() for value in answer.headers.values()
            )
            if count + 1 < LEAST_SHOWN:
                assert "ont donné mandat" not in said


@pytest.mark.django_db
def test_no_name_ever_reaches_anybody_outside_the_two_roles(
    team: tuple[Action, dict[str, User]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    _no_name_reaches(*team)
    assert not [line for line in caplog.text.splitlines() if "Zq" in line]


@pytest.mark.django_db
def test_the_number_is_public_from_enough_on_and_only_if_the_team_wants(
    team: tuple[Action, dict[str, User]],
) -> None:
    action, _ = team
    url = f"/actions/{action.pk}"
    mandated(action, *(f"{NAME} {number}" for number in range(LEAST_SHOWN - 1)))
    assert "donné mandat" not in Person().opens(url).text
    mandated(action, "Une De Plus")
    assert f"{LEAST_SHOWN} personnes ont donné mandat" in Person().opens(url).text
    Person(action.author).sends(f"{url}/mandats/nombre", montrer="0")
    assert "donné mandat" not in Person().opens(url).text


@pytest.mark.django_db
def test_who_is_no_counsel_any_more_reads_no_mandate(team: tuple[Action, dict[str, User]]) -> None:
    action, people = team
    services.seat(action, user=people["COUNSEL"], role=Member.Role.MEMBER, now=at("02-02"))
    assert Person(people["COUNSEL"]).opens(f"/actions/{action.pk}/mandats").status == 404
