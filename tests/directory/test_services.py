"""Lists are imported twice without a change; people correct what lists say."""

from __future__ import annotations

from pathlib import Path

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.directory import queries, services
from contrechamp.directory.domain.kinds import AddressKind, BodyKind, Known, ProposalKind
from contrechamp.directory.models import Address, Body, BodyName, ExternalKey, ImportRun
from contrechamp.directory.services.tables import rows_of
from contrechamp.kernel.errors import Refused
from tests import make
from tests.directory.lists import HEAD, LINES, NICE, NOW, OFFICES, bring, town, write
from tests.observatory import territories
from tests.shared import shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def list_(tmp_path: Path) -> Path:
    """A gazetteer of two towns, and a list that is imported."""
    territories()
    bring(tmp_path)
    return tmp_path


@pytest.fixture
def amina() -> User:
    return make.user("amina", Role.EDITOR)


def counted() -> tuple[int, ...]:
    tables = (Body, BodyName, Address, ExternalKey)
    return tuple(table.objects.count() for table in tables)


def test_a_list_is_imported_and_again_changes_nothing(list_: Path) -> None:
    before = counted()
    again = bring(list_)
    assert counted() == before
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(LINES))
    assert town().name == "Mairie de Nice"
    assert ImportRun.objects.count() == 2


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    territories()
    report = services.import_bodies(write(tmp_path / "l.csv", LINES), now=NOW, dry_run=True)
    assert report.added == len(LINES)
    assert counted() == (0, 0, 0, 0)


def test_a_changed_line_supersedes_and_removes_nothing(list_: Path) -> None:
    row = list(NICE)
    row[2] = "accueil@nice.invalid"
    report = bring(list_, [row])
    assert (report.changed, report.added) == (1, 0)
    old = Address.objects.get(value="mairie@nice.invalid")
    assert old.superseded_at == NOW
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.value == "accueil@nice.invalid"
    assert not choice.can_send
    bring(list_, [NICE])
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.value == "mairie@nice.invalid"
    assert Body.objects.count() == len(LINES)


def test_a_delegated_commune_is_an_address_of_its_commune(list_: Path) -> None:
    row = list(NICE)
    row[0], row[1], row[2] = "mairie-06088-02", "Mairie déléguée - Vieux", "vieux@nice.invalid"
    assert bring(list_, [row]).joined == 1
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.value == "mairie@nice.invalid"
    assert {way.label for way in queries.ways_of(town().pk)} == {"", "Mairie déléguée - Vieux"}


def test_bad_lines_are_told_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        f"{','.join(HEAD)}\n,,,,,\nx,y\n{','.join(['a', 'Bureau', 'b@', '', '', ''])}\n"
    )
    report = services.import_bodies(path, layout="bodies", now=NOW)
    assert {told.code for told in report.told} >= {"columns", "mail"}
    assert [told.line for told in report.told if told.code == "columns"] == [3]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\n"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused):
        services.import_bodies(path, now=NOW)
    with pytest.raises(Refused):
        services.import_bodies(tmp_path / "none.csv", layout="bodies", now=NOW)


def test_forms_join_their_body_after_its_mailbox(list_: Path) -> None:
    row = list(NICE)
    row[2] = "https://nice.invalid/contact"
    path = write(list_ / "forms.csv", [row])
    assert services.layout_of(path) == "forms"
    report = services.import_bodies(path, now=NOW)
    assert (report.joined, report.added) == (1, 0)
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.kind == AddressKind.GENERAL


def test_offices_say_who_has_an_access_officer(list_: Path) -> None:
    rows = [
        ("06", "Mairie de Nice", "yes", "nice.invalid", ""),
        ("06", "Mairie de Zorglub", "no", "", ""),
        ("06", "Centre hospitalier de Zorglub", "no", "", ""),
    ]
    path = write(list_ / "offices.csv", rows, OFFICES)
    report = services.import_offices(path, now=NOW)
    assert (report.joined, report.added, report.refused) == (1, 1, 1)
    assert town().has_access_officer == Known.YES
    assert town("06029").has_access_officer == Known.UNKNOWN
    before = counted()
    assert services.import_offices(path, now=NOW).unchanged == 2
    assert counted() == before


def test_a_bounce_sets_a_mailbox_aside_until_somebody_looks(list_: Path, amina: User) -> None:
    row = Address.objects.get(value="mairie@nice.invalid")
    services.record_success(row.pk, on=NOW.date())
    services.record_bounce(row.pk, now=NOW)
    services.record_bounce(row.pk, now=NOW)
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.kind == AddressKind.POST
    with pytest.raises(Refused):
        services.release(row.pk, actor=amina, reason=" ", now=NOW)
    services.release(row.pk, actor=amina, reason="rappelé la mairie", now=NOW)
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.pk == row.pk
    assert [one.verb for one in queries.changes_of(town().pk)] == ["RELEASED", "QUARANTINED"]


def test_a_member_does_not_decide(list_: Path) -> None:
    row = Address.objects.get(value="mairie@nice.invalid")
    with pytest.raises(Refused):
        services.quarantine(row.pk, actor=make.user("marianne"), reason="non", now=NOW)


def test_a_correction_is_proposed_accepted_and_supersedes(list_: Path, amina: User) -> None:
    said = services.Correction(
        kind=ProposalKind.ADDRESS,
        value="Documents@Nice.invalid",
        address_kind=AddressKind.PRADA,
        source="page officielle de la ville",
    )
    marianne = make.user("marianne")
    one = services.propose_correction(town(), said, actor=marianne, now=NOW)
    assert services.propose_correction(town(), said, actor=marianne, now=NOW) == one
    services.accept(one.pk, actor=amina, now=NOW)
    choice = queries.address_for(town().pk)
    assert choice.address
    assert choice.address.value == "documents@nice.invalid"
    assert town().has_access_officer == Known.YES
    with pytest.raises(services.AlreadyDecided):
        services.refuse(one.pk, actor=amina, reason="trop tard", now=NOW)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ProposalKind.NAME, "Ville de Nice"),
        (ProposalKind.CLOSED, ""),
        (ProposalKind.OFFICER, "NO"),
        (ProposalKind.OTHER, "Le site a changé."),
    ],
)
def test_each_correction_does_what_it_says(
    list_: Path, amina: User, kind: ProposalKind, value: str
) -> None:
    said = services.Correction(kind=kind, value=value, source="page officielle")
    one = services.propose_correction(town(), said, actor=make.user("marianne"), now=NOW)
    services.accept(one.pk, actor=amina, now=NOW)
    after = town()
    assert (after.name == "Ville de Nice") == (kind == ProposalKind.NAME)
    assert after.is_closed == (kind == ProposalKind.CLOSED)
    assert (after.has_access_officer == Known.NO) == (kind == ProposalKind.OFFICER)


def test_nobody_decides_on_their_own_correction(list_: Path, amina: User) -> None:
    said = services.Correction(kind=ProposalKind.CLOSED, source="page officielle")
    one = services.propose_correction(town(), said, actor=amina, now=NOW)
    with pytest.raises(services.OwnProposal):
        services.accept(one.pk, actor=amina, now=NOW)


def test_two_bodies_are_made_one_and_parted(list_: Path, amina: User) -> None:
    nice, cannes = town(), town("06029")
    services.merge_bodies(cannes.pk, nice.pk, actor=amina, reason="réunies", now=NOW)
    assert [body.pk for body in queries.find("cannes")] == []
    with pytest.raises(services.CannotMerge):
        services.merge_bodies(nice.pk, cannes.pk, actor=amina, reason="cercle", now=NOW)
    services.part_bodies(cannes.pk, actor=amina, reason="erreur", now=NOW)
    assert [body.pk for body in queries.find("cannes")] == [cannes.pk]
    assert queries.ways_of(cannes.pk)


def test_a_body_is_added_once(list_: Path, amina: User) -> None:
    new = services.NewBody(name="Régie Zorglub", kind=BodyKind.TRANSPORT, siren="732829320")
    made = services.add_body(new, actor=amina, now=NOW)
    assert queries.find("zorglub") == [made]
    with pytest.raises(services.AlreadyThere):
        services.add_body(new, actor=amina, now=NOW)
    again = services.NewBody(name="Nice", kind=BodyKind.COMMUNE, territory="commune:06088")
    with pytest.raises(services.AlreadyThere):
        services.add_body(again, actor=amina, now=NOW)


def test_bodies_are_found_by_name_word_and_typo(list_: Path) -> None:
    for text in ("nice", "NÎCE", "mairie de nice", "nise", "commune de Nice"):
        assert town() in queries.find(text), text
    assert [body.kind for body in queries.find("alpes maritimes préfecture")] == ["prefecture"]
    assert queries.find("zorglub") == []
    assert queries.find("nice", kind="region") == []


def test_holders_of_a_place_are_near_it(list_: Path) -> None:
    assert [body.identity for body in queries.holders("T", "commune:06088")][:1] == [
        "commune:06088"
    ]
    assert [body.identity for body in queries.holders("P", "commune:06088")] == ["prefecture:06"]
    assert queries.holders("X", "commune:06088") == []
    assert queries.holders("M") == []


def test_senders_lead_to_bodies(list_: Path) -> None:
    assert queries.bodies_of_domain("nice.invalid") == [town()]
    assert queries.bodies_of_address("mairie@nice.invalid") == [town()]
    assert queries.bodies_of_domain("wanadoo.fr") == []


def test_thirty_real_lines_of_each_kind_are_read_twice(tmp_path: Path) -> None:
    path = shared("authorities/bodies.csv")
    seen: dict[str, int] = {}
    kept = []
    for _, row in rows_of(path, "bodies"):
        assert row is not None
        tag = row["id"].partition("-")[0]
        seen[tag] = seen.get(tag, 0) + 1
        if seen[tag] <= 30:
            kept.append([row[name] for name in HEAD])
    first, before = bring(tmp_path, kept), counted()
    again = bring(tmp_path, kept)
    assert counted() == before
    assert first.added + first.joined + first.refused == len(kept)
    assert again.unchanged + again.refused == len(kept)
    # Every address of that list leads nowhere: none can be written to.
    assert not any(queries.address_for(body.pk).can_send for body in Body.objects.all()[:300])
