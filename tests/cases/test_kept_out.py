"""Nothing sealed, private or withdrawn is bound; what a source gave only once two people decide."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrechamp.accounts.domain import Role as Right
from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.filing import NotFit
from contrechamp.cases.domain.protection import QUESTIONS, check_answers
from contrechamp.cases.models import Action, Bundle, Exhibit, SourceDecision
from contrechamp.documents.models import Document, File, HiddenText
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made
from tests.people import Person

from .actions import at, opened, record

GOOD = {"agreement": "agreed", "few": "many", "marks": "yes", "otherwise": "no", "words": "yes"}


@pytest.fixture
def team(db: None) -> tuple[Action, User, User, User]:
    """An action led by an editor, with a second editor and a member who is none."""
    lead, second = make.user("meneuse", Right.EDITOR), make.user("relectrice", Right.EDITOR)
    member = make.user("relais")
    action = opened(lead, published="2099-01-15", on="2099-01-20")
    for person in (second, member):
        services.seat(action, user=person, role="MEMBER", now=at("01-21"))
    return action, lead, second, member


def leaked(by: User, **fields: Any) -> str:
    """Return the hash of a document that a source gave, which tells who wrote it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made.pdf([("Note interne",)]))) as document:
        document.docinfo["/Author"] = "Ondine Fauvette"
        document.save(out)
    found = made.document(
        by=by,
        content=out.getvalue(),
        origin="RECEIVED",
        state="DRAFT",
        access="TEAM",
        title="Note sur les caméras",
        source_url="https://depot.invalid/fauvette",
        **fields,
    )
    HiddenText.objects.create(
        file_id=made.key(found), verdict="clean", findings=[], checked_at=made.NOW
    )
    return str(made.key(found))


def add(action: Action, sha256: str, **fields: Any) -> Exhibit:
    told = services.Told(label=fields.pop("label", "Note"), **fields)
    return services.add_exhibit(
        action, sha256=sha256, told=told, actor=action.author, now=at("01-21")
    )


def proposed(action: Action, sha256: str, by: User) -> SourceDecision:
    return services.propose_source(action, sha256=sha256, answers=GOOD, actor=by, now=at("01-21"))


# Two people


def test_a_source_s_document_enters_once_two_people_of_the_team_decided(
    team: tuple[Action, User, User, User],
) -> None:
    action, lead, second, _ = team
    key = leaked(lead)
    with pytest.raises(NotFit, match="deux personnes"):
        add(action, key)
    row = proposed(action, key, lead)
    with pytest.raises(NotFit, match="Note sur les caméras"):
        add(action, key)
    with pytest.raises(Refused, match="seconde personne"):
        services.confirm_source(row, actor=lead, now=at("01-21"))
    services.confirm_source(row, actor=second, now=at("01-22"))
    assert add(action, key).sha256 == key


def test_who_is_no_editor_or_not_of_the_team_decides_nothing(
    team: tuple[Action, User, User, User],
) -> None:
    action, lead, _, member = team
    key, stranger = leaked(lead), make.user("ailleurs", Right.EDITOR)
    for person in (member, stranger):
        with pytest.raises(Refused, match="éditrices"):
            proposed(action, key, person)
    row = proposed(action, key, lead)
    for person in (member, stranger):
        with pytest.raises(Refused, match="éditrices"):
            services.confirm_source(row, actor=person, now=at("01-22"))
        with pytest.raises(Refused, match="éditrices"):
            services.revoke_source(row, actor=person, now=at("01-22"))


def test_the_table_itself_refuses_one_person_twice(team: tuple[Action, User, User, User]) -> None:
    action, lead, _, _ = team
    row = proposed(action, leaked(lead), lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceDecision.objects.filter(pk=row.pk).update(confirmed_by=lead)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.code)
def test_an_answer_that_ends_it_is_refused_with_what_to_do(question: Any) -> None:
    ends = [code for code, _, sentence in question.answers if sentence]
    assert ends
    for code in (*ends, "", "autre"):
        with pytest.raises(Refused):
            check_answers(GOOD | {question.code: code})


def test_only_codes_are_kept_so_that_nobody_can_be_named(
    team: tuple[Action, User, User, User],
) -> None:
    action, lead, _, _ = team
    row = services.propose_source(
        action,
        sha256=leaked(lead),
        answers=GOOD | {"note": "donné par Ondine Fauvette"},
        actor=lead,
        now=at("01-21"),
    )
    row.refresh_from_db()
    assert row.answers == GOOD


def test_a_decision_is_revoked_before_filing_and_not_after(
    team: tuple[Action, User, User, User], django_capture_on_commit_callbacks: Any
) -> None:
    action, lead, second, _ = team
    key = leaked(lead)
    row = services.confirm_source(proposed(action, key, lead), actor=second, now=at("01-22"))
    exhibit = add(action, key, group=Group.DECISION, role=Role.ATTACKED)
    bundle = services.want_bundle(action, actor=lead, now=at("2099-01-21"))
    services.make_bundle(bundle.pk, now=at("2099-01-21"))
    assert services.folder_of(bundle).is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        services.revoke_source(row, actor=lead, now=at("01-23"))
    assert not services.folder_of(bundle).exists()
    exhibit.refresh_from_db()
    assert exhibit.removed_at
    with pytest.raises(NotFit):
        services.restore_exhibit(exhibit, actor=lead, now=at("01-23"))
    again = services.confirm_source(proposed(action, key, second), actor=lead, now=at("01-24"))
    assert add(action, key).pk == exhibit.pk
    record(action, Kind.CLAIM_FILED, "2099-02-02", number="2600001")
    with pytest.raises(Refused, match="ne change plus"):
        services.revoke_source(again, actor=second, now=at("2099-02-03"))


def test_the_bundle_says_nothing_of_where_it_came_from(
    team: tuple[Action, User, User, User],
) -> None:
    action, lead, second, _ = team
    key = leaked(lead)
    services.confirm_source(proposed(action, key, lead), actor=second, now=at("01-22"))
    add(action, key, group=Group.DECISION, role=Role.ATTACKED, source="confié par Fauvette")
    row = services.want_bundle(action, actor=lead, now=at("2099-01-21"))
    services.make_bundle(row.pk, now=at("2099-01-21"))
    row.refresh_from_db()
    assert row.state == Bundle.State.DONE, row.message
    folder = services.folder_of(row)
    assert folder.is_relative_to(Path(django_settings.CONTRECHAMP.data))
    for path in folder.rglob("*"):
        if path.is_file():
            told = path.read_bytes() + (words_of(path) if path.suffix == ".pdf" else b"")
            assert b"auvette" not in told
            assert key.encode() not in told


def words_of(path: Path) -> bytes:
    """Return all that a PDF holds, unpacked."""
    with pikepdf.open(path) as document:
        streams = [
            each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)
        ]
        return b"".join(streams) + str(dict(document.docinfo)).encode()


def test_the_pages_lead_from_a_document_to_its_decision(
    team: tuple[Action, User, User, User],
) -> None:
    action, lead, second, member = team
    key, door = leaked(lead), f"/actions/{action.pk}/pieces"
    found = Person(lead).opens(f"{door}/choisir?de=bibliotheque&q=cameras").text
    assert f"{door}/source?document={key}" in found
    page = Person(lead).sends(f"{door}/source?document={key}", **(GOOD | {"few": "few"}))
    assert "Trop peu de personnes" in page.text
    Person(lead).sends(f"{door}/source?document={key}", **GOOD)
    row = SourceDecision.objects.get()
    assert "Confirmer" not in Person(lead).opens(door).text
    assert "Confirmer" not in Person(member).opens(door).text
    assert "Confirmer" in Person(second).opens(door).text
    same = Person(lead).sends(f"{door}/source/{row.pk}")
    assert "une seconde personne" in same.text
    Person(second).sends(f"{door}/source/{row.pk}")
    Person(lead).sends(f"{door}/choisir?de=bibliotheque", prendre=f"d:{key}")
    assert Exhibit.objects.get().sha256 == key


# Whatever becomes of documents


@dataclass(frozen=True)
class Fate:
    """What may have become of a document since it was chosen."""

    area: str
    access: str
    is_mine: bool
    state: str
    origin: str
    decided: int

    @property
    def may_enter(self) -> bool:
        is_let_in = self.origin != "RECEIVED" or self.decided == 2
        is_kept = self.area == "SEALED" or self.access == "PRIVATE" or self.state == "WITHDRAWN"
        return is_let_in and not is_kept


FATES = st.builds(
    Fate,
    area=st.sampled_from(["OPEN", "OPEN", "SEALED"]),
    access=st.sampled_from(["TEAM", "PUBLIC", "PRIVATE"]),
    is_mine=st.booleans(),
    state=st.sampled_from(["DRAFT", "IN_REVIEW", "PUBLISHED", "WITHDRAWN"]),
    origin=st.sampled_from(["OFFICIAL_SITE", "FOI", "RECEIVED"]),
    decided=st.sampled_from([0, 1, 2]),
)


@pytest.fixture
def four(team: tuple[Action, User, User, User]) -> list[Exhibit]:
    """Four exhibits, each of a document of its own."""
    action = team[0]
    found = []
    for at_ in range(4):
        document = made.document(by=action.author, content=made.pdf([(f"Page {at_}",)]))
        key = made.key(document)
        HiddenText.objects.create(file_id=key, verdict="clean", findings=[], checked_at=made.NOW)
        role = Role.OTHER if at_ else Role.ATTACKED
        group = Group.FACTS if at_ else Group.DECISION
        found.append(add(action, key, label=f"Pièce {'abcd'[at_]}", role=role, group=group))
    return found


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fates=st.lists(FATES, min_size=4, max_size=4))
def test_what_may_not_enter_is_named_and_nothing_is_bound(
    team: tuple[Action, User, User, User], four: list[Exhibit], fates: list[Fate]
) -> None:
    action, lead, second, member = team
    SourceDecision.objects.all().delete()
    for exhibit, fate in zip(four, fates, strict=True):
        File.objects.filter(pk=exhibit.sha256).update(area=fate.area)
        Document.objects.filter(versions__file=exhibit.sha256).update(
            access=fate.access,
            state=fate.state,
            origin=fate.origin,
            added_by=lead if fate.is_mine else member,
        )
        if fate.decided:
            SourceDecision.objects.create(
                action=action,
                sha256=exhibit.sha256,
                proposed_by=lead,
                proposed_at=made.NOW,
                confirmed_by=second if fate.decided == 2 else None,
            )
    ready = services.prepare(action, actor=lead, now=at("2099-01-21"), is_looking=False)
    kept_out = {each.about: each for each in ready.found if each.code == "kept_out"}
    pairs = list(zip(four, fates, strict=True))
    assert set(kept_out) == {row.label for row, fate in pairs if not fate.may_enter}
    entering = {row.pk for row, fate in pairs if fate.may_enter}
    assert {each.exhibit.key for each in ready.pieces} == entering
    for label, finding in kept_out.items():
        assert finding.forbids
        assert label in say(Refused(finding.sentence, about=finding.about))
    if len(entering) < 4:
        row = Bundle.objects.create(action=action, asked_by=lead, asked_at=made.NOW)
        services.make_bundle(row.pk, now=at("2099-01-21"))
        row.refresh_from_db()
        assert row.state == Bundle.State.FAILED
        assert not services.folder_of(row).exists()
