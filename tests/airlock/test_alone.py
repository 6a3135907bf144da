"""The tool where it will be used: alone, with plain Python, without this house's packages."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from airlock import carrying, cli, envelope, framing, resealing, say, sealing, unsealing, words
from airlock.carrying import pack
from airlock.commands import keys, opening
from airlock.keeping import new_file, sweep, working_folder

from .conftest import Desk, Reader, sealed_dossier
from .test_desk import Terminal

pyrage = pytest.importorskip("pyrage")
Captured = pytest.CaptureFixture[str]
needs_age = pytest.mark.skipif(not shutil.which("age"), reason="the program age is not installed")


@pytest.fixture
def without_pyrage(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (unsealing, resealing, keys):
        monkeypatch.setattr(module, "has_pyrage", lambda: False)


@needs_age
@pytest.mark.usefixtures("without_pyrage")
def test_the_program_age_does_what_pyrage_does(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    sealed = sealed_dossier(tmp_path, readers[:1], (("a.pdf", b"abc"),))
    key = ("--identity", readers[0].keyfile)
    assert desk("open", sealed, *key, "--into", tmp_path / "o") == 0
    assert desk("open", sealed, "--identity", readers[1].keyfile, "--into", tmp_path / "p") == 4
    capsys.readouterr()
    assert desk("keygen", "--no-passphrase", "--out", tmp_path / "new") == 0
    public = capsys.readouterr().out.strip()
    assert desk("reseal", sealed, *key, "--recipient", public, "--out", tmp_path / "r.age") == 0
    words = ("--identity", tmp_path / "new", "--into", tmp_path / "q")
    assert desk("open", tmp_path / "r.age", *words) == 0
    assert not (tmp_path / "p").exists()


@needs_age
@pytest.mark.usefixtures("without_pyrage")
def test_without_a_passphrase_the_program_age_makes_no_key(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    keygen = shutil.which("age-keygen")
    assert keygen
    (tools / "age-keygen").symlink_to(keygen)
    (tools / "age").write_text("#!/bin/sh\n/bin/cat > /dev/null\nexit ${AGE_CODE:-0}\n")
    (tools / "age").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    for code in ("1", "0"):  # refused, and nothing written
        monkeypatch.setenv("AGE_CODE", code)
        assert desk("keygen", "--out", tmp_path / "key") == 2
    (tools / "age").write_text("#!/bin/sh\n/bin/cat\n")
    assert desk("keygen", "--out", tmp_path / "key") == 0
    assert (tmp_path / "key").exists()


@needs_age
def test_the_tool_runs_where_there_is_only_python(tmp_path: Path, readers: list[Reader]) -> None:
    if not shutil.which("age"):
        pytest.skip("the program age is not installed")
    tools = [tmp_path / name for name in ("desk.pyz", "again.pyz")]
    for tool in tools:
        pack(tool)
    assert tools[0].read_bytes() == tools[1].read_bytes()

    python = Path("/usr/bin/python3")
    probe = [str(python), "-I", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    if not python.exists() or subprocess.run(probe, check=False).returncode:  # noqa: S603
        python = Path(sys.executable)
    sealed = sealed_dossier(tmp_path, readers[:1], (("a.pdf", b"abc"),), "Bonjour")

    def run(*words: object, typed: bytes = b"", path: str = "/usr/bin:/bin") -> tuple[int, str]:
        command = [str(python), "-I", str(tools[0]), *(str(word) for word in words)]
        if python == Path("/usr/bin/python3"):
            command[1:1] = ["-S"]  # not even the packages of the system
        done = subprocess.run(  # noqa: S603 - Debian's Python, and our tool
            command, input=typed, env={"PATH": path}, capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    key = ("--identity", readers[0].keyfile)
    assert run("open", sealed, *key, "--into", tmp_path / "o")[0] == 0
    assert (tmp_path / "o/pieces/01.pdf").read_bytes() == b"abc"
    assert run("open", sealed, "--identity", readers[1].keyfile, "--into", tmp_path / "p")[0] == 4
    code, public = run("keygen", "--no-passphrase", "--out", tmp_path / "new")
    assert (code, public[:4]) == (0, "age1")
    again = tmp_path / ("d" * 32 + ".age")
    words = (*key, "--recipient", public.strip(), "--out", again)
    assert run("reseal", sealed, *words)[0] == 0
    assert run("open", again, "--identity", tmp_path / "new", "--into", tmp_path / "q")[0] == 0
    out = tmp_path / "reply"
    assert run("reply", "--to", readers[0].public, "--out", out, typed=b"Merci")[0] == 0
    if python == Path("/usr/bin/python3"):
        code, told = run("open", sealed, *key, "--into", tmp_path / "r", path="/nonexistent")
        assert code == 6
        assert "apt install age" in told


def test_a_wheel_beside_the_tool_is_used(tmp_path: Path, readers: list[Reader]) -> None:
    tool = tmp_path / "desk.pyz"
    carrying.pack(tool)
    package = Path(pyrage.__file__).parent
    with zipfile.ZipFile(tmp_path / "pyrage-1.0.0-test.whl", "w") as wheel:
        for path in package.iterdir():
            if path.is_file():
                wheel.write(path, f"pyrage/{path.name}")
    sealed = sealed_dossier(tmp_path, readers[:1])
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environ = {"PATH": "/nonexistent", "TMPDIR": str(temporary)}
    asked = ["open", str(sealed), "--identity", str(readers[0].keyfile), "--into"]
    command = [sys.executable, "-I", "-S", str(tool), *asked, str(tmp_path / "o")]
    done = subprocess.run(command, env=environ, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "o/message.txt").exists()
    assert list(temporary.iterdir()) == []  # what was unpacked is gone


def test_a_wheel_is_lent_until_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    carrying.lend_wheel(tmp_path)
    with zipfile.ZipFile(tmp_path / "pyrage-1.whl", "w") as wheel:
        wheel.writestr("lent_by_a_wheel.py", "VALUE = 1\n")
    carrying.lend_wheel(tmp_path)
    assert (Path(sys.path[-1]) / "lent_by_a_wheel.py").exists()


def test_the_list_of_words_may_be_carried_or_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    monkeypatch.setattr("airlock.words.resources.files", lambda name: tmp_path)
    words.french.cache_clear()
    with pytest.raises(words.WordsError):
        words.french()
    assert desk("keygen", "--out", tmp_path / "key") == 6
    assert not (tmp_path / "key").exists()
    (tmp_path / words.FILE).write_text("abaisser\n")
    with pytest.raises(words.WordsError):
        words.french()
    words.french.cache_clear()


def test_an_interruption_and_a_failing_disk_are_sentences(
    tmp_path: Path,
    readers: list[Reader],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    sealed = sealed_dossier(tmp_path, readers[:1])
    before = {path.name for path in tmp_path.iterdir()}
    for error, code in ((KeyboardInterrupt(), 130), (OSError(28, "No space left"), 2)):

        def fail(*_: object, failure: BaseException = error) -> None:
            raise failure

        monkeypatch.setattr(opening, "unseal", fail)
        words = ("--identity", readers[0].keyfile, "--into", tmp_path / "o")
        assert desk("open", sealed, *words) == code
        assert "Traceback" not in capsys.readouterr().err
        assert {path.name for path in tmp_path.iterdir()} == before


def test_a_signal_ends_the_tool_once(tmp_path: Path, desk: Desk) -> None:
    assert desk("verify", tmp_path) == 2  # and `desk` puts the signals back afterwards
    with pytest.raises(cli.Ended):
        cli._leave(signal.SIGTERM, None)
    folder = working_folder(tmp_path / "o")
    held = folder.__enter__()
    assert held.is_dir()
    sweep()  # what a signal kept from being removed
    assert not held.exists()
    folder.__exit__(None, None, None)


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def write() -> None:
        with new_file(tmp_path / "x") as part:
            part.write_text("mine")
            (tmp_path / "x").write_text("theirs")

    with pytest.raises(say.Refused):
        write()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]


def test_a_failed_seal_writes_nothing(
    tmp_path: Path, readers: list[Reader], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: sealing.Piped) -> None:
        raise sealing.SealingError

    monkeypatch.setattr(sealing.Piped, "finish", fail)
    before = {path.name for path in tmp_path.iterdir()}
    out = tmp_path / "r"
    assert desk("reply", "--to", readers[0].public, "--out", out, typed="Merci") == 5
    assert {path.name for path in tmp_path.iterdir()} == before


def test_short_and_long_openpgp_packets_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "x"
    long = (b"\xc1\xc0\x00" + bytes(192), b"\xc1\xff\0\0\0\x01a")
    for head in (b"\xc1\x03abc", b"\x84\x01a", *long):
        path.write_bytes(head * 2 + b"\xd2\x01")
        assert envelope.look(path).recipients == 2


def test_a_member_shorter_than_it_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(framing.local("a.txt"))
    with path.open("rb") as file, pytest.raises(framing.ContainerError):
        framing.stream(file, framing.Member("a.txt", 0, 9, 0), lambda chunk: None)


def test_python_runs_the_package(tmp_path: Path) -> None:
    terminal = Terminal("keygen", "--no-passphrase", "--out", tmp_path / "k")
    terminal.until("age1")
    assert terminal.ends() == 0
    assert (tmp_path / "k").stat().st_size
