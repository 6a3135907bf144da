"""A document is public when somebody has decided of all that may harm a private person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.documents import queries, services
from contrechamp.documents.domain import OfficeHolders
from contrechamp.documents.models import CustodyEvent, Document, HiddenText, ScreeningFinding
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import concealed, made
from tests.people import Person

NOW = made.NOW
NAMED = ("Monsieur Jules INVENTEUR a écrit à la mairie.", "Téléphone : 06 12 34 56 78.")
DRAFT: dict[str, Any] = {"state": "DRAFT", "access": "TEAM", "published_at": None}


@pytest.fixture
def editor() -> User:
    return make.user("amina", role=Role.EDITOR)


def draft(texts: Any = (NAMED,), **fields: Any) -> Document:
    return made.document(texts=texts, **(DRAFT | fields))


def decided(document: Document, actor: User, decision: str, **more: Any) -> int:
    rows = queries.screening.findings(document).values_list("pk", flat=True)
    return services.decide(document, rows, decision=decision, actor=actor, now=NOW, **more)


@pytest.mark.django_db
def test_publication_waits_for_a_decision_about_each_passage(editor: User) -> None:
    document = draft()
    with pytest.raises(services.Undecided):
        services.publish_document(document, reviewer=editor, now=NOW)
    assert {row.kind for row in queries.screening.findings(document)} == {"person", "telephone"}

    assert decided(document, editor, "NOT_PERSONAL") == 2
    assert decided(document, editor, "NOT_PERSONAL") == 0

    assert services.publish_document(document, reviewer=editor, now=NOW).state == "PUBLISHED"


@pytest.mark.django_db
def test_what_is_to_be_redacted_is_not_published_as_it_is(editor: User) -> None:
    document = draft()
    services.screen_document(document, now=NOW)
    decided(document, editor, "REDACT")

    with pytest.raises(services.Undecided, match="caviarder"):
        services.publish_document(document, reviewer=editor, now=NOW)

    first, second = queries.screening.passages_to_redact(document)
    assert (first.page, first.reason, second.reason) == (1, "private_person", "contact")
    assert first.span == (9, 24)
    assert first.rects
    assert all(0 <= at <= 1 for rect in first.rects for at in rect)


@pytest.mark.django_db
def test_keeping_needs_a_reason_and_some_reasons_a_reference(editor: User) -> None:
    document = draft()
    services.screen_document(document, now=NOW)

    with pytest.raises(Refused):
        decided(document, editor, "KEEP")
    with pytest.raises(Refused):
        decided(document, editor, "KEEP", reason="consent")
    with pytest.raises(Refused):
        decided(document, editor, "MAYBE")
    assert decided(document, editor, "KEEP", reason="public_office") == 2
    assert decided(document, editor, "KEEP", reason="consent", detail="Lettre du 3 mars") == 2


@pytest.mark.django_db
def test_a_kind_is_decided_at_once_and_a_decision_is_taken_back(editor: User) -> None:
    document = draft()
    services.screen_document(document, now=NOW)
    given: dict[str, Any] = {"decision": "NOT_PERSONAL", "actor": editor, "now": NOW}

    assert services.decide_kind(document, "person", **given) == 1
    assert queries.screening.undecided_count(document) == 1
    (row,) = queries.screening.findings(document).filter(kind="person")
    assert (row.decided_by, row.decided_at) == (editor, NOW)

    assert services.take_back(document, [row.pk], actor=editor, now=NOW) == 1
    assert queries.screening.undecided_count(document) == 2
    said = CustodyEvent.objects.filter(document=document, what__startswith="screening_")
    assert [event.what for event in said.order_by("pk")] == [
        "screening_decided",
        "screening_undecided",
    ]
    assert not any("INVENTEUR" in event.detail for event in said)


@pytest.mark.django_db
def test_a_new_text_is_screened_again_and_what_was_decided_stands(editor: User) -> None:
    document = draft()
    services.screen_document(document, now=NOW)
    assert services.screen_document(document, now=NOW) == 0
    decided(document, editor, "NOT_PERSONAL")
    page = document.versions.get().file.pages.get()

    made.layer(page, "En-tête.\n" + "\n".join(NAMED) + "\nMme Anne AUTRE aussi.")
    assert services.screen_document(document, now=NOW) == 1

    waiting = queries.screening.findings(document).filter(decision="")
    assert [row.exact for row in waiting] == ["Anne AUTRE"]
    assert queries.screening.findings(document).count() == 3


@pytest.mark.django_db
def test_a_page_without_text_must_be_looked_at(editor: User) -> None:
    document = draft(texts=((), NAMED))
    services.screen_document(document, now=NOW)

    rows = list(queries.screening.findings(document).filter(kind="unread_page"))
    assert [row.page for row in rows] == [1]
    services.decide(document, [rows[0].pk], decision="REDACT", actor=editor, now=NOW)
    (whole,) = queries.screening.passages_to_redact(document)
    assert whole.rects == ((0, 0, 1, 1),)


@pytest.mark.django_db
def test_people_in_public_office_are_named_by_the_rooms_above(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[date | None] = []

    def names(day: date | None) -> list[str]:
        asked.append(day)
        return ["Inventeur Jules", "Une"]

    monkeypatch.setattr(
        "contrechamp.documents.services.screening.offered",
        lambda kind: [OfficeHolders(names=names)],
    )
    document = draft()
    services.screen_document(document, now=NOW)

    assert asked == [date(2023, 11, 3)]
    assert [row.kind for row in queries.screening.findings(document)] == ["telephone"]


@pytest.mark.django_db
def test_a_signature_is_pointed_at_by_hand(editor: User) -> None:
    document = draft(texts=(made.LINES,))
    key = made.key(document)
    given: dict[str, Any] = {"kind": "signature", "actor": editor, "now": NOW}

    row = services.point_at(document, key, 1, rect=[0.5, 0.9, 0.1, 0.8], **given)
    assert services.point_at(document, key, 1, rect=[0.5, 0.9, 0.1, 0.8], **given) == row
    (found,) = queries.screening.passages_to_redact(document)
    assert (found.rects, found.span, found.reason) == (((0.1, 0.8, 0.5, 0.9),), None, "signature")

    services.screen_document(document, now=NOW)
    assert ScreeningFinding.objects.filter(pk=row.pk).exists()
    for page, kind, rect in ((9, "face", None), (1, "iban", None), (1, "face", [2, 2, 3, 3])):
        with pytest.raises(Refused):
            services.point_at(document, key, page, kind=kind, rect=rect, actor=editor, now=NOW)


@pytest.mark.django_db
def test_after_publication_an_editor_alone_decides(editor: User) -> None:
    document = made.document(texts=(NAMED,))
    services.screen_document(document, now=NOW)
    with pytest.raises(Refused):
        decided(document, make.user("noor"), "NOT_PERSONAL")
    assert decided(document, editor, "NOT_PERSONAL") == 2


@pytest.mark.django_db(transaction=True)
def test_a_badly_redacted_file_is_told_at_arrival_and_decided_by_an_editor(
    tmp_path: Path, editor: User
) -> None:
    path = concealed.made(
        concealed.VISIBLE + concealed.HIDDEN + concealed.BOX, tmp_path / "mal.pdf"
    )
    noor = make.user("noor")
    report = services.add_paths([path], actor=noor, now=NOW, origin="FOI")
    (entry,) = report.documents

    assert entry.redactions == {"verdict": "bad", "findings": 1}
    row = HiddenText.objects.get(file=entry.sha256)
    assert row.findings[0]["text"] is None
    assert concealed.SECRET not in str(row.findings)
    document = Document.objects.get(pk=entry.id)
    services.screen_document(document, now=NOW)
    decided(document, editor, "NOT_PERSONAL")
    with pytest.raises(services.Undecided, match="caviard"):
        services.publish_document(document, reviewer=editor, now=NOW)
    given: dict[str, Any] = {"reason": "Le nom est public.", "now": NOW}
    with pytest.raises(Refused):
        services.decide_hidden_text(document, row.pk, actor=noor, **given)

    services.decide_hidden_text(document, row.pk, actor=editor, **given)
    assert services.publish_document(document, reviewer=editor, now=NOW).state == "PUBLISHED"
    assert (
        services.add_paths([path], actor=noor, now=NOW).documents[0].redactions["verdict"] == "bad"
    )


@pytest.mark.django_db
def test_files_are_checked_without_being_stored(tmp_path: Path) -> None:
    bad = concealed.made(concealed.VISIBLE + concealed.HIDDEN + concealed.BOX, tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "c.txt").write_text("Bonjour")
    (tmp_path / "d.pdf").touch()

    found = services.check_redactions(
        [bad, *(tmp_path / name for name in ("b.pdf", "c.txt", "d.pdf", "e.pdf"))]
    )

    assert [each.verdict for each in found] == ["bad", *["not_checked"] * 4]
    assert [each.problem and each.problem.reason for each in found] == [
        None,
        "broken",
        "unsupported",
        "empty",
        "unreadable",
    ]
    assert not HiddenText.objects.exists()


@pytest.mark.django_db
def test_the_pages_lead_from_one_passage_to_the_next(amina: Person) -> None:
    document = draft()
    key = made.key(document)
    home = f"/documents/{key}/donnees-personnelles"

    amina.sends(f"{home}/chercher")
    assert "2 passages" in amina.opens(f"/documents/{key}").text
    page = amina.opens(f"{home}/1").text
    assert "INVENTEUR" in page
    row = queries.screening.findings(document).get(kind="person")
    answer = amina.sends(f"{home}/decider", finding=row.pk, page="1", decision="REDACT")
    assert answer.location == f"{home}/1#f{row.pk}"
    amina.sends(f"{home}/decider", finding=row.pk, page="1", undo="1")
    row.refresh_from_db()
    assert row.decision == ""
    amina.sends(f"{home}/decider", kind="person", decision="NOT_PERSONAL")
    row.refresh_from_db()
    assert row.decision == "NOT_PERSONAL"
    amina.sends(f"{home}/1/signaler", kind="face", zone="0,1 0,1 0,2 0,2")
    assert queries.screening.findings(document).get(kind="face").rects == [[0.1, 0.1, 0.2, 0.2]]
    assert amina.sends(f"{home}/decider", finding="x").status == 409
    assert amina.sends(f"{home}/1/signaler", kind="face", zone="a").status == 409
