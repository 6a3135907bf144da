"""What a program writes in somebody's name: drafts, by the rules of the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contrechamp.accounts import services as accounts
from contrechamp.api import services
from contrechamp.api.domain import Scope
from contrechamp.api.models import KeptAnswer, Token
from contrechamp.census import services as census
from contrechamp.census.models import Claim, Entity, Notice, State
from contrechamp.documents.models import Document
from contrechamp.watch.models import Found
from tests.api.program import Program, Told, secret_of
from tests.documents import made
from tests.observatory import NOW, Observatory
from tests.people import Person
from tests.watch import invented


@pytest.fixture
def hers(noor: Person) -> Program:
    """A program with a token of Noor's, who is a member."""
    assert noor.user
    return Program(secret_of(noor.user))


def passage(here: Observatory) -> dict[str, Any]:
    return {"kind": "document", "document": here.sha256, "quote": here.quote.pk}


def area(here: Observatory, **more: Any) -> dict[str, Any]:
    return {"subject": here.project.pk, "property": "area_km2", "value": 72, **more}


def test_a_fact_with_its_source_waits_for_a_second_person(
    here: Observatory, hers: Program, program: Program, noor: Person
) -> None:
    told = hers.sends("/claims", area(here, evidence=[passage(here)], submit=True))

    assert told.status == 201
    assert told.data["state"] == "in_review"
    assert told.data["status"] == "documented"
    claim = Claim.objects.get(pk=told.data["id"])
    assert claim.made_by == noor.user
    assert program.asks(f"/claims/{claim.pk}").status == 404

    report = census.publish([claim.pk], reviewer=here.editor, now=NOW)
    assert report.refused == []
    assert program.asks(f"/claims/{claim.pk}").data["value"] == 72


def test_an_editor_cannot_publish_what_their_own_program_wrote(here: Observatory) -> None:
    program = Program(secret_of(here.editor))
    told = program.sends("/claims", area(here, evidence=[passage(here)], submit=True))

    report = census.publish([told.data["id"]], reviewer=here.editor, now=NOW)
    assert report.published == []


def test_a_relation_names_its_ends_by_number_and_territory(
    here: Observatory, hers: Program
) -> None:
    said = {"subject": "siren:210600888", "property": "administers", "target": "commune:06088"}
    told = hers.sends("/claims", said)

    assert told.status == 201
    claim = Claim.objects.get(pk=told.data["id"])
    assert (claim.subject_id, claim.target_id) == (here.city.pk, here.town.pk)


def test_a_rule_that_says_no_says_it_in_the_readers_language(
    here: Observatory, noor: Person
) -> None:
    assert noor.user
    secret = secret_of(noor.user)
    wrong = area(here, property="zorglub")
    french = Program(secret).sends("/claims", wrong)
    english = Program(secret, language="en").sends("/claims", wrong)

    assert french.status == english.status == 409
    assert french.type == "application/problem+json"
    assert "ni une propriété ni une relation" in french.data["detail"]
    assert french.data["detail"] != english.data["detail"]
    assert Claim.objects.count() == len(here.claims)


def test_a_record_is_drafted_once_for_its_number(here: Observatory, hers: Program) -> None:
    said = {
        "kind": "actor",
        "type": "company",
        "name": "Exemple Acoustique",
        "identifiers": [{"scheme": "siren", "value": "552081317"}],
    }
    first, second = hers.sends("/records", said), hers.sends("/records", said)

    assert first.status == second.status == 201
    assert first.data["id"] == second.data["id"]
    assert Entity.objects.get(pk=first.data["id"]).state == State.DRAFT


def test_drafts_are_handed_in_by_their_author_alone(
    here: Observatory, hers: Program, amina: Person
) -> None:
    draft = hers.sends("/claims", area(here, evidence=[passage(here)])).data["id"]
    assert amina.user
    others = Program(secret_of(amina.user))

    assert others.sends("/drafts/submit", {"claims": [draft]}).status == 404
    assert Claim.objects.get(pk=draft).state == State.DRAFT
    assert hers.sends("/drafts/submit", {"claims": [draft]}).data == {"submitted": [draft]}
    assert Claim.objects.get(pk=draft).state == State.IN_REVIEW


def test_a_correction_enters_the_inbox(here: Observatory, hers: Program) -> None:
    said = {"record": here.project.pk, "claim": here.kept.pk, "text": "Ce sont quinze jours."}
    told = hers.sends("/notices", said)

    assert told.status == 201
    assert Notice.objects.get(pk=told.data["id"]).text == "Ce sont quinze jours."
    assert hers.sends("/notices", {**said, "claim": "clm-0000000000"}).status == 404


def test_a_passage_is_cited_and_becomes_a_source(here: Observatory, hers: Program) -> None:
    exact = "autorise le maire à signer"
    told = hers.sends(f"/documents/{here.sha256}/quotes", {"page": 1, "exact": exact})

    assert told.status == 201
    source = {"kind": "document", "document": here.sha256, "quote": told.data["id"]}
    assert hers.sends("/claims", area(here, evidence=[source])).status == 201
    missing = hers.sends(f"/documents/{here.sha256}/quotes", {"page": 1, "exact": "zorglub"})
    assert missing.status == 409


def send_file(program: Program, content: bytes, **fields: str) -> Told:
    file = SimpleUploadedFile("arrete.pdf", content, content_type="application/pdf")
    fields_and_file: dict[str, Any] = {"file": file, **fields}
    return Told(program.browser.post("/api/v1/documents", fields_and_file, headers=program.headers))


def test_a_file_is_added_for_the_team_and_handed_in(
    here: Observatory, hers: Program, program: Program
) -> None:
    content = made.pdf([("Arrêté portant autorisation",)])
    told = send_file(hers, content, title="Un arrêté", type="other")
    again = send_file(hers, content, title="Un arrêté")

    assert told.status == 201, told.content
    (file,) = told.data["files"]
    assert file["state"] == "added"
    assert again.data["files"][0]["state"] == "known"
    document = Document.objects.get(pk=file["document"])
    assert (document.title, document.access) == ("Un arrêté", Document.Access.TEAM)
    assert program.asks(f"/documents/{file['sha256']}").status == 404
    assert hers.sends(f"/drafts/{document.pk}/submit", {}).status == 200
    document.refresh_from_db()
    assert document.state == Document.State.IN_REVIEW


def test_findings_enter_the_review_room_if_it_can_show_them(
    here: Observatory, hers: Program
) -> None:
    finding = invented.video(71)
    told = hers.sends("/findings", {"findings": [finding, invented.contract(72)]})

    assert told.data == {"new": 2, "known": 0, "changed": 0}
    assert Found.objects.filter(pk=finding["id"], state=Found.State.WAITING).exists()
    broken = {**invented.shop(73), "evidence": "zorglub"}
    refused = hers.sends("/findings", {"findings": [broken]})
    assert refused.status == 422
    assert refused.data["errors"][0]["where"].startswith("findings.0.evidence")


# Tokens


@pytest.mark.parametrize(
    ("scope", "path", "said"),
    [
        (Scope.IMPORT, "/claims", {"subject": "x", "property": "y"}),
        (Scope.PROPOSE, "/findings", {"findings": [{}]}),
        (Scope.WATCH_TAKE, "/notices", {"record": "x", "text": "y"}),
    ],
)
def test_a_token_does_what_it_is_for_and_no_more(
    noor: Person, scope: Scope, path: str, said: dict[str, Any]
) -> None:
    assert noor.user
    told = Program(secret_of(noor.user, scope)).sends(path, said)

    assert told.status == 403
    assert "n'a pas le droit" in told.data["detail"]


def test_without_a_token_nothing_is_written(here: Observatory, program: Program) -> None:
    told = program.sends("/claims", area(here))

    assert told.status == 401
    assert told.headers["WWW-Authenticate"] == "Bearer"
    assert program.asks("/me").status == 401


def test_a_session_is_no_token(here: Observatory, noor: Person) -> None:
    answer = noor.browser.post("/api/v1/claims", area(here), content_type="application/json")
    assert answer.status_code == 401


def test_a_wrong_token_is_told_so_even_for_what_all_may_read(program: Program) -> None:
    assert Program("ctc_zorglub").asks("/claims").status == 401


def test_a_token_ends_when_it_is_revoked_or_old_or_its_account_closed(
    noor: Person, io: Person
) -> None:
    assert noor.user
    now = timezone.now()
    secrets = [secret_of(noor.user), secret_of(noor.user)]
    old = secret_of(noor.user, now=now - timedelta(days=91))
    assert Program(old).asks("/me").status == 401
    assert Program(secrets[0]).asks("/me").data["account"] == "noor"
    services.revoke_token(noor.user, Token.objects.order_by("pk")[0].pk, now=now)
    assert Program(secrets[0]).asks("/me").status == 401
    assert Program(secrets[1]).asks("/me").status == 200
    accounts.close_account(noor.user, actor=io.user, now=now)
    assert Program(secrets[1]).asks("/me").status == 401


def test_what_is_kept_of_a_token_opens_nothing(noor: Person) -> None:
    assert noor.user
    secret = secret_of(noor.user)
    row = Token.objects.get()

    assert secret not in str(vars(row))
    assert Program(row.digest).asks("/me").status == 401
    assert row.used_on is None
    Program(secret).asks("/claims")
    row.refresh_from_db()
    assert row.used_on == timezone.localdate()


# Once


def test_the_same_write_sent_twice_is_done_once(here: Observatory, hers: Program) -> None:
    first = hers.sends("/claims", area(here), Idempotency_Key="un")
    again = hers.sends("/claims", area(here), Idempotency_Key="un")
    another = hers.sends("/claims", area(here), Idempotency_Key="deux")

    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert another.data["id"] != first.data["id"]
    assert Claim.objects.filter(property="area_km2").count() == 2


def test_a_key_is_for_one_write(here: Observatory, hers: Program, amina: Person) -> None:
    hers.sends("/claims", area(here), Idempotency_Key="un")

    assert hers.sends("/claims", area(here, value=73), Idempotency_Key="un").status == 422
    assert amina.user
    others = Program(secret_of(amina.user))
    assert others.sends("/claims", area(here, value=73), Idempotency_Key="un").status == 201


def test_a_refused_write_may_be_sent_again_under_its_key(here: Observatory, hers: Program) -> None:
    wrong = area(here, evidence=[{"kind": "document", "document": "0" * 64}])

    assert hers.sends("/claims", wrong, Idempotency_Key="un").status == 409
    assert not KeptAnswer.objects.exists()
    assert not Claim.objects.filter(property="area_km2").exists()
    assert hers.sends("/claims", area(here), Idempotency_Key="un").status == 201
