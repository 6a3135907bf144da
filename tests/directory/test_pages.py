"""What people see of the directory, and what they never get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contrechamp.accounts.domain import Role
from contrechamp.cli.commands.directory import command
from contrechamp.directory import services
from contrechamp.directory.domain.kinds import AddressKind, ProposalKind
from contrechamp.directory.models import Address
from contrechamp.directory.services.from_census import from_census
from contrechamp.directory.shown import records
from tests import make
from tests.directory.lists import NICE, NOW, bring, town, write
from tests.observatory import observatory, territories
from tests.people import Person

pytestmark = pytest.mark.django_db
PERSONAL = "jeanne.personne"


@pytest.fixture
def list_(tmp_path: Path) -> Path:
    """A gazetteer of two towns, and a list that is imported."""
    territories()
    bring(tmp_path)
    return tmp_path


def public_addresses() -> list[str]:
    """Return every address of the directory that a visitor may open."""
    bodies = (town(), town("06029"))
    pages = [body.get_absolute_url() for body in bodies]
    return [
        *(
            "/annuaire",
            "/annuaire.csv",
            "/annuaire.json",
            "/annuaire?q=cannes",
            "/annuaire?q=jeanne",
        ),
        *pages,
        *(f"{page}.json" for page in pages),
    ]


def test_a_mailbox_that_may_be_a_persons_is_in_no_public_byte(list_: Path) -> None:
    assert Address.objects.get(value__startswith=PERSONAL).is_personal
    for url in public_addresses():
        answer = Person().opens(url)
        assert answer.status == 200
        assert PERSONAL not in answer.text, url
    marianne = Person(make.user("marianne"))
    assert PERSONAL not in marianne.opens(f"{town('06029').get_absolute_url()}/corriger").text


def test_a_personal_mailbox_that_was_proposed_is_not_published_either(list_: Path) -> None:
    said = services.Correction(
        kind=ProposalKind.ADDRESS,
        value="paule.quidam@nice.invalid",
        address_kind=AddressKind.PRADA,
        source="page officielle",
    )
    one = services.propose_correction(town(), said, actor=make.user("marianne"), now=NOW)
    services.accept(one.pk, actor=make.user("amina", Role.EDITOR), now=NOW)
    for url in public_addresses():
        assert "quidam" not in Person().opens(url).text, url


def test_what_waits_or_was_refused_changes_no_public_byte(list_: Path) -> None:
    before = [Person().opens(url).content for url in public_addresses()]
    said = services.Correction(
        kind=ProposalKind.OTHER, value="zorglub partout", source="rumeur zorglub"
    )
    one = services.propose_correction(town(), said, actor=make.user("marianne"), now=NOW)
    assert [Person().opens(url).content for url in public_addresses()] == before
    amina = make.user("amina", Role.EDITOR)
    services.refuse(one.pk, actor=amina, reason="pas de source", now=NOW)
    for url in public_addresses():
        answer = Person().opens(url)
        assert "zorglub" not in answer.text
        assert "marianne" not in answer.text


def test_a_page_says_how_to_write_and_why(list_: Path) -> None:
    text = Person().opens(town().get_absolute_url()).text
    assert "mairie@nice.invalid" in text
    assert "article L114-2" in text
    assert "ne mène nulle part" in text
    assert "210600888" in text or "SIREN" in text


def test_a_long_list_goes_on_where_it_stopped(list_: Path) -> None:
    rows = [(f"ta-06088-{n:02}", f"Tribunal {n:02}", "", "", "", "ta") for n in range(60)]
    bring(list_, rows)
    first = Person().opens("/annuaire").text
    assert "Suite de la liste" in first
    last = town().pk  # Nice comes before the T of the tribunals.
    after = Person().opens(f"/annuaire?apres={last}").text
    assert "Tribunal 00" in after
    assert ">Mairie de Nice<" not in after


def test_a_bounce_is_seen_on_the_page_at_once(list_: Path) -> None:
    url = town().get_absolute_url()
    assert "mise de côté" not in Person().opens(url).text
    services.record_bounce(Address.objects.get(value="mairie@nice.invalid").pk, now=NOW)
    assert "mise de côté" in Person().opens(url).text


def test_an_unreadable_correction_comes_back_with_what_to_do(list_: Path) -> None:
    marianne = Person(make.user("marianne"))
    answer = marianne.sends(
        f"{town().get_absolute_url()}/corriger",
        kind="ADDRESS",
        value="a@orange.f",
        address_kind="GENERAL",
        source="page officielle",
    )
    assert answer.status == 200
    assert "orange.fr" in answer.text


def test_authorities_of_the_census_become_bodies_once(db: None) -> None:
    observatory(author=make.user("marianne"), editor=make.user("amina", Role.EDITOR))
    taken = from_census(now=NOW, made_up=True)
    assert taken.added
    assert from_census(now=NOW, made_up=True).added == 0
    values = Address.objects.values_list("value", flat=True)
    assert values
    assert all(value.endswith(".invalid") for value in values)


def test_search_finds_only_bodies_with_something_about_them(list_: Path) -> None:
    assert list(records.entries()) == []
    assert list(records.some([f"{records.PREFIX}{town().pk}"])) == []


def test_the_command_says_what_it_did(list_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contrechamp.cli.commands.directory.ensure_ready", lambda: None)
    path = write(list_ / "more.csv", [NICE, ("", "", "", "", "", "")])
    run = CliRunner().invoke(command, ["import", str(path), "--json"])
    told = json.loads(run.stdout)
    assert (told["unchanged"], told["refused"]) == (1, 0)
    assert run.exit_code == 0
    found = CliRunner().invoke(command, ["find", "nice", "--json"])
    assert json.loads(found.stdout)["bodies"][0]["can_send"] is False
    assert CliRunner().invoke(command, ["find", "zorglub"]).exit_code == 1
    checked = json.loads(CliRunner().invoke(command, ["check", "--json"]).stdout)
    assert checked["reserved"] == checked["mailboxes"] == 3
