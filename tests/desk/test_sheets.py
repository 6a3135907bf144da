"""The list tells days and sizes; a file is fetched, sorted, noted, answered."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from airlock.envelope import payload_length
from airlock.reply import open_sealed
from contrechamp.desk.domain.states import State
from contrechamp.desk.models import Reader, Sheet
from contrechamp.desk.services import listing, sorting
from contrechamp.kernel.errors import Refused

from .conftest import Seal, enter, head

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
BOX = "0123456789abcdef" * 2


def sealed_reply(size: int = 4096) -> bytes:
    return head(1) + os.urandom(payload_length(size))


def test_the_list_follows_the_folder(door: Path, db: None, seal: Seal) -> None:
    name = seal(keys=3)
    (door / "store" / "notes.txt").write_text("not ours")
    (door / "store" / f"{'a' * 32}.age").write_bytes(b"broken")

    assert listing.follow_store() == 2
    assert listing.follow_store() == 0
    sheet = Sheet.objects.get(pk=name)
    assert (sheet.day, sheet.bucket, sheet.keys) == (date(2026, 11, 2), 64 << 10, 3)
    assert not sheet.is_damaged
    assert Sheet.objects.get(pk=f"{'a' * 32}.age").is_damaged


def test_a_file_cut_short_is_said_to_be_damaged(door: Path, db: None, seal: Seal) -> None:
    path = door / "store" / seal()
    path.write_bytes(path.read_bytes()[:-1])
    listing.follow_store()

    assert Sheet.objects.get().is_damaged


def test_of_a_file_that_is_gone_no_name_is_left(
    door: Path, heron: Reader, loutre: Reader, seal: Seal
) -> None:
    name = seal()
    client = enter(heron)
    client.get("/")
    sheet = Sheet.objects.get(pk=name)
    sorting.add_note(sheet, sealed_reply(), actor=heron, now=NOW)
    (door / "store" / name).unlink()

    page = client.get("/?etat=DESTROYED").content.decode() + client.get("/journal").content.decode()
    assert name not in page
    assert name[:8] not in page
    assert "détruit" in page
    assert not Sheet.objects.filter(pk=name).exists()
    assert Sheet.objects.get().state == State.DESTROYED


def test_a_file_is_fetched_whole_and_in_parts(door: Path, heron: Reader, seal: Seal) -> None:
    name = seal()
    whole = (door / "store" / name).read_bytes()
    client = enter(heron)
    client.get("/")
    path = f"/dossier/{name}/scelle"

    assert b"".join(client.get(path).streaming_content) == whole  # type: ignore[attr-defined]
    part = client.get(path, headers={"range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[1000:2000]  # type: ignore[attr-defined]
    assert part["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    assert client.get(path, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    assert Sheet.objects.get(pk=name).state == State.COLLECTED
    mark = (door / "orders" / f"{name}.collected").read_text()
    assert date.fromisoformat(mark.strip()) <= timezone.now().date()


def test_nothing_changes_when_the_door_cannot_be_told(
    door: Path, heron: Reader, seal: Seal
) -> None:
    name = seal()
    client = enter(heron)
    client.get("/")
    (door / "orders").rmdir()

    assert client.get(f"/dossier/{name}/scelle").status_code == 503
    assert client.post(f"/dossier/{name}/etat", {"state": "COLLECTED"}).status_code == 503
    assert Sheet.objects.get(pk=name).state == State.NEW


@pytest.mark.parametrize("name", ["x", "..%2Fintake.toml", "0" * 32 + ".age"])
def test_what_is_not_in_the_list_is_not_there(door: Path, heron: Reader, name: str) -> None:
    (door / "intake.toml").write_text("secret")
    client = enter(heron)

    for rest in ("", "/scelle", "/notes/1"):
        assert client.get(f"/dossier/{name}{rest}").status_code == 404


def test_a_reader_says_fixed_words(door: Path, heron: Reader, loutre: Reader, seal: Seal) -> None:
    name = seal()
    client = enter(heron)
    client.get("/")
    client.post(f"/dossier/{name}/etat", {"state": "COLLECTED"})
    client.post(
        f"/dossier/{name}/marques",
        {"priority": "NOW", "assignee": loutre.pk, "wants_second": "on"},
    )
    sheet = Sheet.objects.get(pk=name)

    assert (sheet.state, sheet.priority, sheet.assignee) == ("COLLECTED", "NOW", loutre)
    assert sheet.wants_second
    page = client.get(f"/dossier/{name}").content.decode()
    assert "a dit : relevé" in page.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("state", ["DESTROYED", "TO_DESTROY", "PROMOTED", "KEPT", "nonsense"])
def test_a_word_out_of_turn_is_refused_with_a_sentence(
    door: Path, heron: Reader, seal: Seal, state: str
) -> None:
    name = seal()
    client = enter(heron)
    client.get("/")
    response = client.post(f"/dossier/{name}/etat", {"state": state})

    assert response.status_code == 409
    assert "Cela n'a pas été fait" in response.content.decode().replace("&#x27;", "'")
    assert Sheet.objects.get(pk=name).state == State.NEW


def test_a_note_is_kept_only_when_it_is_sealed(door: Path, heron: Reader, seal: Seal) -> None:
    name = seal()
    client = enter(heron)
    client.get("/")
    for content in (b"en clair", head(1) + b"short", head(1) + os.urandom(30_000)):
        file = SimpleUploadedFile("note.age", content)
        assert client.post(f"/dossier/{name}/notes", {"sealed": file}).status_code == 409
    good = sealed_reply()
    client.post(f"/dossier/{name}/notes", {"sealed": SimpleUploadedFile("n.age", good)})

    assert client.get(f"/dossier/{name}/notes/1").content == good
    assert client.get(f"/dossier/{name}/notes/2").status_code == 404


def test_a_sealed_answer_lies_in_the_mailbox_by_its_day(door: Path, heron: Reader) -> None:
    good = sealed_reply()
    sorting.put_reply(BOX, good, actor=heron, now=NOW)
    (path,) = (door / "replies" / BOX).iterdir()

    assert path.read_bytes() == good
    assert path.stat().st_mtime % 86_400 == 0
    assert len(path.stem) == 32


def test_an_answer_written_here_is_sealed_to_its_reader(door: Path, heron: Reader) -> None:
    identity = pyrage.x25519.Identity.generate()
    client = enter(heron)
    given = {"mailbox": BOX, "reply_to": str(identity.to_public()), "text": "Bien reçu, merci."}
    assert client.post("/repondre", given).status_code == 302
    (path,) = (door / "replies" / BOX).iterdir()

    assert open_sealed(path.read_bytes(), str(identity)) == "Bien reçu, merci."


@pytest.mark.parametrize(
    "given",
    [
        {"mailbox": "../../etc", "text": "a", "reply_to": "age1"},
        {"mailbox": BOX, "text": "", "reply_to": ""},
        {"mailbox": BOX, "text": "a", "reply_to": "age1nonsense"},
        {"mailbox": BOX, "text": "é" * 10_000, "reply_to": "right"},
    ],
)
def test_an_answer_that_cannot_be_leaves_nothing(
    door: Path, heron: Reader, given: dict[str, str]
) -> None:
    if given["reply_to"] == "right":
        given = given | {"reply_to": str(pyrage.x25519.Identity.generate().to_public())}
    response = enter(heron).post("/repondre", given)

    assert response.status_code == 409
    assert not list((door / "replies").iterdir())


def test_a_mailbox_holds_fifty_answers(door: Path, heron: Reader) -> None:
    for _ in range(50):
        sorting.put_reply(BOX, sealed_reply(), actor=heron, now=NOW)
    with pytest.raises(Refused):
        sorting.put_reply(BOX, sealed_reply(), actor=heron, now=NOW)


def test_a_page_says_when_there_is_a_key_too_many(
    door: Path, heron: Reader, loutre: Reader, seal: Seal
) -> None:
    right, wrong = seal(keys=2), seal(keys=3)
    client = enter(heron)
    client.get("/")

    assert "clé de trop" not in client.get(f"/dossier/{right}").content.decode()
    assert "clé de trop" in client.get(f"/dossier/{wrong}").content.decode()


def test_pages_carry_a_strict_policy_and_no_script(door: Path, heron: Reader, seal: Seal) -> None:
    seal()
    response = enter(heron).get("/")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script" not in response.content.decode()
    assert "script-src" not in response["Content-Security-Policy"]
    assert Client(enforce_csrf_checks=True).post("/entrer", {"code": "x"}).status_code == 403
