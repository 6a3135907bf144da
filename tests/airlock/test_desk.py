"""The readers' tool, as they run it: what it opens, what it refuses, and that it leaves nothing."""

from __future__ import annotations

import json
import os
import pty
import re
import secrets
import subprocess
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airlock import cli, display, envelope, say
from airlock.english import ENGLISH

from . import make_vectors
from .conftest import FACTS, Desk, Reader, mistyped, plain_dossier, sealed_dossier
from .sentences import sentences

pyrage = pytest.importorskip("pyrage")
HOSTILE = "rap\u202eport\x1b[31m\n.pdf"
Captured = pytest.CaptureFixture[str]


def _seal(path: Path, plain: bytes, reader: Reader) -> Path:
    path.write_bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(reader.public)]))
    return path


def _left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("count", range(9))
def test_a_dossier_opens_with_nothing_to_eight_pieces(
    count: int, tmp_path: Path, readers: list[Reader], desk: Desk
) -> None:
    pieces = tuple((f"{number}.pdf", bytes([number]) * number) for number in range(count))
    sealed = sealed_dossier(tmp_path, readers[:2], pieces, "Bonjour é")
    into = tmp_path / "out"
    assert desk("open", sealed, "--identity", readers[1].keyfile, "--into", into) == 0
    opened = {str(path.relative_to(into)) for path in into.rglob("*") if path.is_file()}
    assert opened == {"message.txt", *(f"pieces/{each:02d}.pdf" for each in range(1, count + 1))}
    assert (into / "message.txt").read_text("utf-8") == "Bonjour é"
    assert into.stat().st_mode & 0o077 == 0


def test_the_dossier_of_the_vectors_opens(tmp_path: Path, desk: Desk, capsys: Captured) -> None:
    sealed, key = (make_vectors.VECTORS / name for name in ("dossier.age", "test-identity.txt"))
    assert desk("open", sealed, "--identity", key, "--into", tmp_path / "o", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sealed_to"], told["pieces"][0]["name"]) == (1, "note.txt")
    assert (tmp_path / "o/pieces/01.txt").read_text("utf-8") == "pièce d'essai\n"


def test_a_name_cannot_steer_the_terminal(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers[:1], ((HOSTILE, b"x"),))
    assert desk("open", sealed, "--identity", readers[0].keyfile, "--into", tmp_path / "o") == 0
    told = capsys.readouterr().out
    assert "rap\ufffdport\ufffd[31m\ufffd.pdf" in told
    assert display.designation(FACTS["mailbox"]) in told
    words = ("--identity", readers[0].keyfile, "--into", tmp_path / "p", "--json")
    assert desk("open", sealed, *words) == 0
    told = capsys.readouterr().out
    assert told.isascii()
    assert json.loads(told)["pieces"][0]["name"] == HOSTILE


@given(st.text())
def test_what_is_shown_holds_no_control_or_direction(text: str) -> None:
    line, lines = display.shown(text), display.shown_text(text)
    wrong = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
    assert not wrong.search(line)
    assert not wrong.search(lines.replace("\n", "").replace("\t", ""))


def test_the_number_of_keys_is_compared_with_that_of_readers(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers)
    key = ("--identity", readers[0].keyfile)
    assert desk("open", sealed, *key, "--into", tmp_path / "a", "--expect", 3) == 0
    assert capsys.readouterr().err == ""
    assert desk("open", sealed, *key, "--into", tmp_path / "b", "--expect", 2) == 0
    assert "WARNING" in capsys.readouterr().err
    assert desk("verify", sealed, "--expect", 3) == 0
    assert desk("verify", sealed, "--expect", 2, "--json") == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["bucket"] == 65536


def test_another_key_a_flipped_bit_and_any_cut_are_refused_and_leave_nothing(
    tmp_path: Path, readers: list[Reader], desk: Desk
) -> None:
    sealed = sealed_dossier(tmp_path, readers[:1], (("a.pdf", b"abc"),))
    data, before = sealed.read_bytes(), _left(tmp_path)
    words = ("--into", tmp_path / "out", "--identity")
    assert desk("open", sealed, *words, readers[2].keyfile) == 4
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    for bad in (bytes(changed), data[:-1], data[:-40_000], data[:100], data[:10], b"", data + b"x"):
        sealed.write_bytes(bad)
        assert desk("open", sealed, *words, readers[0].keyfile) == 4
        assert _left(tmp_path) == before


def test_a_strange_content_is_refused_and_leaves_nothing(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    plain = plain_dossier((("a.pdf", b"abc"),))
    bad = (b"", b"PK", plain[:-1], plain + b"\0", plain.replace(b"abc", b"abd"), bytes(65536))
    for number, content in enumerate((*bad, plain.replace(b"pieces/01.pdf", b"../../../x.pd"))):
        sealed = _seal(tmp_path / f"{number}.age", content, readers[0])
        before = _left(tmp_path)
        words = ("--identity", readers[0].keyfile, "--into", tmp_path / "out")
        assert desk("open", sealed, *words) == 5
        assert desk("reseal", sealed, *words[:2], "--recipient", readers[1].public) == 5
        assert _left(tmp_path) == before
        assert "Contenu refusé" in capsys.readouterr().err
        if not sealed.read_bytes() or len(content) != 65536:
            assert desk("verify", sealed) == 5


def test_nothing_is_overwritten(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers)
    (tmp_path / "there").write_text("kept")
    there = tmp_path / "there"
    key = ("--identity", readers[0].keyfile)
    assert desk("open", sealed, *key, "--into", there) == 2
    assert desk("keygen", "--no-passphrase", "--out", there) == 2
    assert desk("reply", "--to", readers[0].public, "--out", there, typed="x") == 2
    named = tmp_path / ("c" * 32 + ".age")
    named.write_text("kept")
    assert desk("reseal", sealed, *key, "--recipient", readers[0].public, "--out", named) == 2
    assert {there.read_text(), named.read_text()} == {"kept"}
    assert desk("keygen", "--no-passphrase", "--out", tmp_path / "no/where") == 2
    hostile = tmp_path / "a\x1b[2J.age"
    hostile.write_text("x")
    capsys.readouterr()
    assert desk("open", hostile, *key, "--into", tmp_path / "new") == 4
    assert "\x1b" not in capsys.readouterr().err


def test_bad_use_is_told_in_a_sentence(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers)
    no_key = tmp_path / "no-key"
    no_key.write_text("# nothing\n")
    wrong = tmp_path / "mistyped"
    wrong.write_text(f"{mistyped(readers[0].secret)}\n")
    out = ("--into", tmp_path / "o")
    for asked in (
        (),
        ("dance",),
        ("open", sealed, *out),
        ("open", tmp_path / "absent", *out, "--identity", readers[0].keyfile),
        ("open", sealed, *out, "--identity", tmp_path / "absent"),
        ("open", sealed, *out, "--identity", no_key),
        ("open", sealed, *out, "--identity", wrong),
        ("open", sealed, *out, "--identity", readers[0].keyfile, "--expect", "0"),
        ("reseal", sealed, "--identity", readers[0].keyfile),
        ("canary", "verify", sealed, "--signers", sealed, "--today", "hier"),
    ):
        assert desk(*asked) == 2
        told = capsys.readouterr().err
        assert told
        assert "Traceback" not in told
    assert not (tmp_path / "o").exists()


def test_keygen_shows_the_public_line_alone(tmp_path: Path, desk: Desk, capsys: Captured) -> None:
    out = tmp_path / "key"
    assert desk("keygen", "--no-passphrase", "--out", out) == 0
    told = capsys.readouterr()
    (public,) = told.out.split()
    assert public.startswith("age1")
    assert "SECRET" not in told.out + told.err
    assert out.stat().st_mode & 0o777 == 0o600
    assert f"# public key: {public}\n" in out.read_text()


class Terminal:
    """A command in a terminal of its own, where a person types."""

    def __init__(self, *words: object) -> None:
        self.pid, self.fd = pty.fork()
        if not self.pid:
            environ = {**os.environ, "LC_ALL": "fr_FR.UTF-8"}
            command = [sys.executable, "-m", "airlock", *(str(word) for word in words)]
            os.execve(sys.executable, command, environ)  # noqa: S606 - this very Python
        self.seen = ""

    def until(self, words: str) -> None:
        limit = time.monotonic() + 60
        while words not in self.seen and time.monotonic() < limit:
            try:
                self.seen += os.read(self.fd, 4096).decode("utf-8", "replace")
            except OSError:  # The other end has left.
                break
        assert words in self.seen, self.seen

    def types(self, line: str) -> None:
        self.seen = ""
        os.write(self.fd, line.encode() + b"\n")

    def ends(self) -> int:
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return code


def test_a_key_has_a_passphrase_of_seven_words_that_opens_it(
    tmp_path: Path, readers: list[Reader]
) -> None:
    terminal = Terminal("keygen", "--out", tmp_path / "key")
    terminal.until("Tapez-la")
    proposed = terminal.seen.split("papier : ")[1].splitlines()[0].strip()
    assert len(proposed.split()) == 7
    terminal.types(proposed)
    terminal.until("Encore une fois")
    terminal.types(proposed)
    terminal.until("age1")
    assert terminal.ends() == 0
    public = re.search(r"age1[a-z0-9]{58}", terminal.seen)
    assert public
    assert (tmp_path / "key").read_bytes().startswith(envelope.AGE_MAGIC)

    mine = Reader(public[0], "", tmp_path / "key")
    sealed = sealed_dossier(tmp_path, [mine])
    for typed, code in ((proposed, 0), ("autre chose de bien trop long", 4)):
        words = ("--identity", mine.keyfile, "--into", tmp_path / f"out-{code}")
        terminal = Terminal("open", sealed, *words)
        terminal.until("Phrase de passe")
        terminal.types(typed)
        terminal.until("scellé pour 1" if code == 0 else "n'ouvre pas")
        assert terminal.ends() == code
        assert (tmp_path / f"out-{code}").exists() == (code == 0)


def test_a_short_or_wrongly_repeated_passphrase_makes_no_key(tmp_path: Path) -> None:
    for first, second in (("court", None), ("une phrase assez longue ici", "une autre")):
        terminal = Terminal("keygen", "--out", tmp_path / "key")
        terminal.until("Tapez-la")
        terminal.types(first)
        if second is not None:
            terminal.until("Encore")
            terminal.types(second)
        terminal.until("Rien n'a été écrit")
        assert terminal.ends() == 2
        assert _left(tmp_path) == set()


def test_a_reply_is_for_the_source_alone(
    tmp_path: Path,
    readers: list[Reader],
    desk: Desk,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for text, size in (("Merci. Où est l'annexe ?", 4096), ("é" * 5000, 16384)):
        out = tmp_path / secrets.token_hex(4)
        assert desk("reply", "--to", readers[0].public, "--out", out, typed=text) == 0
        body = pyrage.decrypt(
            out.read_bytes(), [pyrage.x25519.Identity.from_str(readers[0].secret)]
        )
        assert len(body) == size
        assert text.encode() in body
    before = _left(tmp_path)
    for to, typed in (
        (readers[0].public, " \n"),
        (readers[0].public, "x" * 20_000),
        (readers[0].secret, "x"),
        ("age1", "x"),
    ):
        assert desk("reply", "--to", to, "--out", tmp_path / "r", typed=typed) == 2
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\xff")))
    assert cli.main(["reply", "--to", readers[0].public, "--out", str(tmp_path / "r")]) == 2
    assert _left(tmp_path) == before
    assert readers[0].secret not in capsys.readouterr().err


def test_a_note_is_sealed_to_the_readers_and_speaks_of_one_dossier(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    one, other = (sealed_dossier(tmp_path, readers) for _ in range(2))
    (tmp_path / "recipients.txt").write_text("".join(f"{each.public}\n" for each in readers[:2]))
    out = tmp_path / "note.age"
    words = ("--recipients", tmp_path / "recipients.txt", "--out", out)
    assert desk("note", "--for", one, *words, typed="Appeler Io.\x1b[2J") == 0
    assert envelope.look(out).recipients == 2
    read = ("note", "--read", out, "--identity")
    assert desk(*read, readers[1].keyfile, "--for", one) == 0
    assert "Appeler Io.\ufffd[2J" in capsys.readouterr().out
    assert desk(*read, readers[1].keyfile, "--for", other) == 5
    assert desk(*read, readers[2].keyfile) == 4
    assert desk("note", "--read", one, "--identity", readers[0].keyfile) == 5
    assert desk("note", "--for", one, typed="x") == 2
    more = ("--recipient", readers[0].public, "--out", tmp_path / "more")
    assert desk("note", "--for", tmp_path / "unnamed", *more, typed="x") == 2


def test_a_dossier_is_sealed_again_to_a_new_reader(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers[:1], (("a.pdf", b"abc"),), "m")
    words = ("--identity", readers[0].keyfile, "--recipient", readers[2].public)
    assert desk("reseal", sealed, *words) == 0
    again = Path(capsys.readouterr().out.strip())
    assert re.fullmatch(r"[0-9a-f]{32}\.age", again.name)
    assert again.name != sealed.name
    assert desk("open", again, "--identity", readers[2].keyfile, "--into", tmp_path / "o") == 0
    assert (tmp_path / "o/pieces/01.pdf").read_bytes() == b"abc"
    assert desk("open", again, "--identity", readers[0].keyfile, "--into", tmp_path / "p") == 4
    assert desk("reseal", sealed, *words, "--out", tmp_path / "x.gpg") == 2


def test_a_killed_tool_leaves_no_working_folder(tmp_path: Path, readers: list[Reader]) -> None:
    pieces = (("a.mp4", os.urandom(1 << 20) * 60),)
    sealed = sealed_dossier(tmp_path, readers[:1], pieces)
    before = _left(tmp_path)
    command = [sys.executable, "-m", "airlock", "open", str(sealed), "--identity"]
    out = ["--into", str(tmp_path / "out")]
    run = subprocess.Popen([*command, str(readers[0].keyfile), *out])  # noqa: S603 - this Python
    limit = time.monotonic() + 30
    while _left(tmp_path) == before and run.poll() is None and time.monotonic() < limit:
        time.sleep(0.002)
    run.terminate()
    run.wait(30)
    assert _left(tmp_path) - before in (set(), {"out"})
    assert run.returncode in (0, 143)


def test_every_sentence_has_its_english(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    readers: list[Reader],
    desk: Desk,
    capsys: Captured,
) -> None:
    assert sentences() == set(ENGLISH)
    for french, english in ENGLISH.items():
        assert set(re.findall(r"{\w+}", french)) == set(re.findall(r"{\w+}", english)), french
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    sealed = sealed_dossier(tmp_path, readers)
    assert desk("verify", sealed) == 0
    assert "sealed to 3 key" in capsys.readouterr().out
    assert not say.in_english({"LANG": "fr_FR.UTF-8"})
    assert not say.in_english({"LC_ALL": "C", "LANG": "en_US"})
    assert not say.in_english({})
