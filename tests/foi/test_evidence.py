"""The evidence of a request: the same bytes twice, a changed byte found, nothing private shown."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import subprocess
import zipfile
from datetime import timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.cli.commands.cases import command
from contrechamp.foi import services
from contrechamp.foi.domain.evidence import (
    MANIFEST,
    MOST_BYTES,
    SIGNATURE,
    Entry,
    TooLarge,
    package,
    written,
    zipped,
)
from contrechamp.foi.domain.examining import Examined, State, examine
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.domain.leaking import lines_of_address, names_of, told_in
from contrechamp.foi.models import Request, ShownMessage
from contrechamp.foi.queries.private import private_of
from contrechamp.foundation.signing import KeyPair, check
from contrechamp.kernel.errors import Refused
from contrechamp.mail import queries as mail_queries
from contrechamp.mail import services as mail
from tests.documents import made
from tests.mail.conftest import Set, mailbox, post, set_mail
from tests.mail.servers import Mailbox, Post

from .requests import asked, at, body, draft, editor

__all__ = ["mailbox", "post", "set_mail"]
KEYS = KeyPair(b"k" * 32)
ABOUT = {"profile": "full", "request": "req-0000000000"}


def made_of(*files: Entry) -> bytes:
    """Return a package signed with a key of the tests."""
    entries = package(files, ABOUT, public_key=KEYS.public_key, sign=KEYS.sign)
    return b"".join(zipped(entries))


@cache
def small() -> bytes:
    """Return a package of two files."""
    return made_of(
        written("messages/001.eml", b"From: mairie\r\n\r\nBonjour", "message/rfc822", "mail out-1"),
        written("timeline.csv", b"jour,fait\n", "text/csv"),
    )


def checked(manifest: bytes, signature: bytes, key: str) -> bool:
    """Answer whether a key signed, as the command does."""
    try:
        return check(manifest, signature, key)
    except Refused:
        return False


def looked_at(content: bytes) -> Examined:
    return examine(io.BytesIO(content), checked)


def states(found: Examined) -> dict[str, State]:
    return {each.path: each.state for each in found.files}


# The file itself


def test_a_package_is_a_plain_zip_of_stored_files_without_a_time() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
        assert [info.filename for info in infos] == sorted(info.filename for info in infos)
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
        listed = json.loads(archive.read(MANIFEST))["files"]
        assert {each["path"] for each in listed} == {
            info.filename for info in infos if info.filename not in {MANIFEST, SIGNATURE}
        }
        for each in listed:
            content = archive.read(each["path"])
            assert hashlib.sha256(content).hexdigest() == each["sha256"]
            assert len(content) == each["size"]


def test_a_package_holds_as_it_was_made() -> None:
    found = looked_at(small())
    assert found.holds
    assert found.is_package
    assert set(states(found).values()) == {State.INTACT}


def test_each_changed_byte_is_found() -> None:
    content = small()
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1
        assert not looked_at(bytes(changed)).holds, place


@given(st.integers(0, len(small()) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_a_changed_byte_of_a_file_names_that_file_alone(place: int, change: int) -> None:
    content = bytearray(small())
    content[place] ^= change
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        spans = {
            info.filename: (
                info.header_offset + 30 + len(info.filename),
                info.header_offset + 30 + len(info.filename) + info.file_size,
            )
            for info in archive.infolist()
        }
    found = looked_at(bytes(content))
    assert not found.holds
    inside = [name for name, (start, end) in spans.items() if start <= place < end]
    if inside and inside != [MANIFEST]:
        wrong = [path for path, state in states(found).items() if state is not State.INTACT]
        assert wrong == inside
    elif inside:
        assert states(found)[MANIFEST] is State.CHANGED


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_file_of_strangers_breaks_the_check(content: bytes) -> None:
    assert not looked_at(content).holds
    assert not looked_at(small()[:200] + content).holds
    assert not looked_at(content + small()).holds or content == b""
    assert not looked_at(small() + content).holds or content == b""


def test_a_file_added_taken_out_or_put_twice_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    more = io.BytesIO()
    with zipfile.ZipFile(more, "w") as archive:
        for name, content in (files | {"documents/faux.pdf": b"%PDF"}).items():
            if name != "timeline.csv":
                archive.writestr(name, content)
    found = looked_at(more.getvalue())
    assert states(found)["documents/faux.pdf"] is State.EXTRA
    assert states(found)["timeline.csv"] is State.MISSING
    assert states(found)["messages/001.eml"] is State.INTACT


def test_a_package_zipped_anew_has_its_files_but_is_no_longer_the_original() -> None:
    anew = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(small())) as archive,
        zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in archive.namelist():
            other.writestr(name, archive.read(name))
    found = looked_at(anew.getvalue())
    assert set(states(found).values()) == {State.INTACT}
    assert found.altered_at
    assert not found.holds


def test_a_list_rewritten_with_sums_that_fit_is_betrayed_by_its_signature() -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["timeline.csv"] = b"faux"
    manifest = json.loads(files[MANIFEST])
    for each in manifest["files"]:
        if each["path"] == "timeline.csv":
            each["sha256"] = hashlib.sha256(b"faux").hexdigest()
            each["size"] = 4
    files[MANIFEST] = json.dumps(manifest).encode()
    entries = [written(name, content, "text/plain") for name, content in sorted(files.items())]
    found = looked_at(b"".join(zipped(entries)))
    assert not found.holds
    assert states(found)[MANIFEST] is State.CHANGED


def test_a_bomb_is_read_no_further_than_its_list_says() -> None:
    bomb = io.BytesIO()
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(small())).read(MANIFEST))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        archive.writestr("timeline.csv", bytes(64 << 20))
    assert states(looked_at(bomb.getvalue()))["timeline.csv"] is State.CHANGED


def test_more_than_a_zip_holds_is_refused_before_the_first_byte() -> None:
    huge = Entry(
        path="a", size=MOST_BYTES, sha256="", crc32=0, media_type="", origin="", read=lambda: ()
    )
    with pytest.raises(TooLarge):
        zipped([huge])


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "é.txt", "", "a/./b", "a\nb"])
def test_a_path_that_leads_elsewhere_is_no_path(path: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        written(path, b"", "text/plain")


def test_two_files_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"a\.txt"):
        made_of(written("a.txt", b"1", "text/plain"), written("a.txt", b"2", "text/plain"))


# What is private, as words


@pytest.mark.parametrize(
    ("text", "secret", "is_told"),
    [
        ("Écrivez à Jean MARTIN.", "jean martin", True),
        ("JEAN.MARTIN@ville.fr", "Jean Martin", True),
        ("Jeanne Martin", "Jean Martin", False),
        ("3, rue des Lilas", "3 rue des Lilas", True),
        ("13 rue des Lilas", "3 rue des Lilas", False),
        ("rien", "", False),
        ("k7m2p9 xw4d-k7m2p9xw4d", "k7m2p9xw4d", True),
    ],
)
def test_a_secret_is_found_whatever_its_writing(text: str, secret: str, is_told: bool) -> None:
    assert bool(told_in(text, [secret])) is is_told


def test_of_an_address_the_lines_with_a_number_lead_to_a_door() -> None:
    assert lines_of_address("1 place du Marché\n99000 Valbrume\nFrance") == (
        "1 place du Marché",
        "99000 Valbrume",
    )
    assert names_of("jean.martin@valbrume.example") == ("jean martin", "martin jean")
    assert names_of("mairie@valbrume.example") == ()


# A request by real mail

TOWN = "mairie@valbrume.fr"
AGENT = "Ondine Fauvette"


@pytest.fixture
def answered(set_mail: Set, post: Post, mailbox: Mailbox) -> Request:
    """Return a request that left by mail and that an agent answered with a file."""
    start = timezone.now() - timedelta(days=20)
    set_mail(mail_live=True, mail=post.address, mailbox=mailbox.address)
    request = draft(body=body(address=TOWN).pk)
    services.mark_ready(request, actor=request.author, now=start)
    services.send(request, actor=request.author, now=start)
    mail.send_due(clock=lambda: start + timedelta(minutes=36))
    message = EmailMessage()
    message["From"] = f"{AGENT} <ondine.fauvette@valbrume.fr>"
    message["To"] = str(post.letters[0].mail_from)
    message["Subject"] = "Votre demande"
    message["Date"] = start + timedelta(days=2)
    message["Message-ID"] = "<1@valbrume.fr>"
    message.set_content(
        f"Bonjour,\n\nVotre demande est à l'étude.\n\n{AGENT}\nService juridique\n04 99 99 99 99\n"
    )
    mailbox.put(bytes(message))
    assert mail.poll().ok
    request.refresh_from_db()
    Request.objects.filter(pk=request.pk).update(is_public=True)
    request.refresh_from_db()
    return request


def shown(request: Request, text: str, *, message: str = "", subject: str = "Réponse") -> None:
    """Show a letter to everybody, as somebody who masked nothing would."""
    ShownMessage.objects.create(
        request=request,
        message=message,
        direction="IN",
        day=at("01-20").date(),
        subject=subject,
        text=text,
        is_public=True,
        made_by=request.author,
        made_at=at("01-20"),
    )


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def whole(request: Request) -> bytes:
    return b"".join(services.full_evidence(request, actor=request.author))


def masked(request: Request) -> bytes:
    return b"".join(services.public_evidence(request))


@pytest.mark.django_db(transaction=True)
def test_the_whole_package_holds_raw_mail_dialogue_and_derivation(answered: Request) -> None:
    content = whole(answered)
    assert whole(answered) == content
    files = files_of(content)
    letter = mail_queries.outgoing_of(answered.pk).get()
    came = mail_queries.messages_of(answered.pk).get()
    raw = [files[name] for name in sorted(files) if name.startswith("messages/")]
    assert raw == [mail_queries.raw_of(letter.sha256), mail_queries.raw_of(came.sha256)]
    dialogue = json.loads(files[f"smtp/{letter.pk}_1.json"])
    assert dialogue["is_accepted"]
    assert any("rcpt to" in line[2].lower() for line in dialogue["dialogue"])
    assert json.loads(files[f"auth/{came.pk}.json"])["message"] == came.pk
    items = json.loads(files["deadlines.json"])
    assert {"implied_refusal", "cada"} <= {item["step"] for item in items}
    assert all(item["derivation"] and item["basis"] for item in items)
    rows = list(csv.DictReader(io.StringIO(files["timeline.csv"].decode("utf-8-sig"))))
    assert {row["code"] for row in rows} >= {"SENT", "ACCEPTED"}
    named = {name for row in rows for name in row["fichiers"].split()}
    assert named
    assert named <= set(files)
    assert looked_at(content).holds


@pytest.mark.django_db(transaction=True)
def test_the_days_that_pass_change_no_byte(answered: Request) -> None:
    before = whole(answered), masked(answered)
    services.derive(answered, now=timezone.now() + timedelta(days=400))
    assert (whole(answered), masked(answered)) == before


@pytest.mark.django_db(transaction=True)
def test_programs_of_others_check_it(answered: Request, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(whole(answered))).extractall(tmp_path)
    for line in (
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        [
            *("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public-key.pem"),
            *("-sigfile", SIGNATURE, "-in", MANIFEST),
        ],
    ):
        assert subprocess.run(line, cwd=tmp_path, check=False).returncode == 0  # noqa: S603


@pytest.mark.django_db(transaction=True)
def test_the_public_package_tells_no_address_token_agent_or_raw_mail(answered: Request) -> None:
    address = mail_queries.reply_address(answered.pk)
    shown(answered, f"Merci d'écrire à {TOWN} ou {address}.\n{AGENT}\n1 place du Marché\n")
    shown(answered, f"Bonjour, {AGENT.upper()} vous répond.", subject=f"Suivi par {AGENT}")
    shown(answered, "Le contrat existe et compte trente pages.")
    document = made.document(
        by=answered.author, title="Le contrat", texts=[("Contrat de vidéoprotection",)]
    )
    named = made.document(by=answered.author, title="La note", texts=[("Note", f"Signé {AGENT}")])
    for each in (document, named):
        answered.obtained.create(
            document=each.pk, name=f"{AGENT}.pdf", made_by=answered.author, made_at=at("01-21")
        )
    content = masked(answered)
    assert masked(answered) == content
    files = files_of(content)
    assert looked_at(content).holds
    _tells_nothing(content, files, answered)
    assert not [name for name in files if name.endswith(".eml") or name.startswith("smtp/")]
    letters = b"".join(value for name, value in files.items() if name.startswith("messages/"))
    assert b"Le contrat existe" in letters
    readme = files["README.txt"].decode()
    assert "les noms des agents" in readme
    assert "smtp/" not in readme
    assert "nomme une personne ou une adresse" in readme
    listed = files["documents.csv"].decode()
    assert made.key(document) in listed
    assert made.key(named) not in listed


def _tells_nothing(content: bytes, files: dict[str, bytes], request: Request) -> None:
    secrets = private_of(request).words
    assert len(secrets) > 8
    places = [*files, *(value.decode("utf-8", "replace") for value in files.values())]
    for text in places:
        assert told_in(text, secrets) == ()
    # And searched for without our own rule: letters alone, in the bytes of the whole archive.
    plain = _letters(content.decode("utf-8", "replace"))
    token = mail_queries.reply_address(request.pk).split("@")[0].rpartition("-")[2]
    for secret in (token, "ondinefauvette", "fauvetteondine", "1placedumarche", "camilleexemple"):
        assert secret not in plain
    raw = mail_queries.raw_of(mail_queries.messages_of(request.pk).get().sha256)
    assert base64.b64encode(raw) not in content
    assert raw[:60] not in content
    assert b"Received:" not in content


def _letters(text: str) -> str:
    plain = normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum() and not combining(sign))


@pytest.mark.django_db(transaction=True)
def test_what_is_lost_is_said_and_never_left_out_in_silence(answered: Request) -> None:
    came = mail_queries.messages_of(answered.pk).get()
    mail_queries.ours.kept().forget(came.sha256)
    content = whole(answered)
    files = files_of(content)
    assert f"{came.pk}.eml n'est plus gardé" in files["README.txt"].decode()
    assert json.loads(files[MANIFEST])["missing"]


# Who gets it, and the command


@pytest.mark.django_db
def test_a_document_that_one_may_not_read_is_named_as_missing() -> None:
    request = asked()
    mine = services.keep_file(
        "lettre.pdf", made.pdf([("Refus",)]), actor=request.author, now=at("02-01")
    )
    services.record(
        request,
        Kind.REFUSED,
        first=at("02-01").date(),
        actor=request.author,
        now=at("02-01"),
        proof=Proof.LETTER,
        document=mine,
    )
    own = files_of(whole(request))
    assert f"documents/{mine}_v1.pdf" in own
    theirs = files_of(b"".join(services.full_evidence(request, actor=editor())))
    assert f"documents/{mine}_v1.pdf" not in theirs
    assert mine in theirs["README.txt"].decode()


@pytest.mark.django_db
def test_a_private_request_has_no_package_for_others(client: Client) -> None:
    request = asked()
    for name in ("preuves.zip", "preuves-publiques.zip"):
        assert client.get(f"/demandes/{request.pk}/{name}").status_code == 404


@pytest.mark.django_db
def test_the_command_answers_file_by_file(tmp_path: Path) -> None:
    request = asked()
    path = tmp_path / "preuves.zip"
    path.write_bytes(whole(request))
    good = _run("verify", str(path))
    assert (good.exit_code, "✗" in good.output) == (0, False)
    assert "✓ timeline.csv" in good.output
    changed = bytearray(path.read_bytes())
    changed[changed.index(b"premier_jour")] ^= 1
    path.write_bytes(changed)
    bad = _run("verify", str(path))
    assert bad.exit_code == 1
    assert "✗ timeline.csv" in bad.output
    assert bad.output.count("✗") == 1


@pytest.mark.django_db
def test_the_command_says_who_signed(tmp_path: Path) -> None:
    ours, theirs, key = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "key.pem"
    ours.write_bytes(whole(asked()))
    theirs.write_bytes(small())
    key.write_text(KEYS.public_key)
    said = {
        "this": _run("verify", "--json", str(ours)),
        "unknown": _run("verify", "--json", str(theirs)),
        "given": _run("verify", "--json", "--key", str(key), str(theirs)),
        "other": _run("verify", "--json", "--key", str(key), str(ours)),
    }
    for by, result in said.items():
        assert json.loads(result.output)["signed_by"] == by
        assert result.exit_code == (1 if by == "other" else 0)


@pytest.mark.django_db
def test_what_is_no_package_is_said_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "photos.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("\x1b[2Jphoto.jpg", b"x")
    text = tmp_path / "lettre.txt"
    text.write_text("Bonjour")
    for path in (other, text):
        result = _run("verify", str(path))
        assert result.exit_code == 1
        assert "Traceback" not in result.output
        assert "\x1b" not in result.output


class _Ran:
    def __init__(self, exit_code: int, output: str) -> None:
        self.exit_code, self.output = exit_code, output


def _run(*words: str) -> _Ran:
    result = CliRunner().invoke(command, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return _Ran(result.exit_code, result.output)
