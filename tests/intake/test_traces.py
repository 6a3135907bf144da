"""Plaintext exists in the memory of one short-lived process, never in a file, and then nowhere."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from . import memory
from .doors import Door, form, get, small
from .tools import IS_REQUIRED, needs, root_only

HELLO = ("adresse", b"localhost")


@pytest.fixture
def marker() -> bytes:
    """Bytes that stand nowhere else on this machine."""
    return b"MARK" + os.urandom(8).hex().encode()


def _files_with(marker: bytes, *places: Path) -> str:
    done = subprocess.run(
        ["grep", "-rlaF", marker.decode(), *places], capture_output=True, text=True, check=False
    )
    return done.stdout


def _forms(marker: bytes, size: int) -> bytes:
    block = marker * (size // len(marker) + 1)
    return form([HELLO, ("message", b"m " + marker)], [(b"n-" + marker + b".pdf", block[:size])])


@needs("strace")
def test_no_process_writes_plaintext_but_into_a_pipe(door: Door, marker: bytes) -> None:
    """Every process, every call: what is written to a file is sealed, and the file is in DIR."""
    trace = door.folder / "trace"
    door.open(
        *("strace", "-f", "-qq", "-y", "-s", "100000", "-o", str(trace)),
        *("-e", "trace=openat,open,creat,write,pwrite64,writev,sendfile,memfd_create,mmap"),
    )
    mib = int(os.environ.get("TESTS_TRACE_MIB", "50" if IS_REQUIRED else "8"))
    assert door.ask(_forms(marker, mib << 20)).codename
    door.close()
    text = trace.read_bytes()
    written = re.findall(
        rb"^\d+ +(?:openat|open|creat)\([^\n]*O_(?:WRONLY|RDWR)[^\n]* = \d+<([^>\n]+)>", text, re.M
    )
    allowed = (str(door.root).encode() + b"/", b"/dev/null")
    assert written, "strace saw no file opened for writing: the test is blind"
    assert [path for path in written if not path.startswith(allowed)] == []
    assert b"memfd_create(" not in text.partition(b"ready")[2]
    carrying = [line for line in text.split(b"\n") if marker in line]
    assert any(b"pipe:" in line for line in carrying), "the plaintext was not seen: blind"
    assert [line[:120] for line in carrying if not re.match(rb"\d+ +write\(\d+<pipe:", line)] == []


def test_a_deposit_needs_no_folder_for_temporary_files(door: Door) -> None:
    """As the unit has it: no TMPDIR, and Python's own temporary files raise."""
    (door.folder / "sitecustomize.py").write_text(
        "import tempfile\ndef never(*a, **k): raise AssertionError('a temporary file')\n"
        "for n in ('mkstemp', 'mkdtemp', 'TemporaryFile', 'NamedTemporaryFile',"
        " 'SpooledTemporaryFile', 'mktemp'): setattr(tempfile, n, never)\n"
    )
    door.open(env={"TMPDIR": "/nonexistent", "PYTHONPATH": str(door.folder)})
    assert door.hand_in(b"x", [(b"a.pdf", b"A" * 3_000_000)]).codename


@root_only
def test_half_way_no_file_named_open_or_deleted_holds_it(door: Door, marker: bytes) -> None:
    door.open(env={"TMPDIR": str(door.folder)})
    raw = _forms(marker, 4_000_000)
    with door.connect() as connection:
        connection.sendall(raw[:3_000_000])
        time.sleep(0.5)
        tree = memory.tree(door.pid)
        assert len(tree) == 3
        held = 0
        for pid in tree:
            for link in Path(f"/proc/{pid}/fd").iterdir():
                if not link.is_file():
                    continue
                held += 1
                assert marker not in link.read_bytes()
        assert held >= 2  # The nameless file under way, seen from both processes.
        assert _files_with(marker, door.root) == ""
        assert any(memory.count(pid, marker) for pid in tree[1:])
        assert memory.count(door.pid, marker) == 0
    assert door.sealed == []


@root_only
def test_afterwards_neither_disk_nor_memory_knows_it(door: Door, marker: bytes) -> None:
    temporary = door.folder / "tmp"
    temporary.mkdir()
    door.open(env={"TMPDIR": str(temporary)})
    told = door.ask(_forms(marker, 5_000_000))
    assert told.codename
    word = told.codename.encode()
    door.come_back(told.codename)
    time.sleep(0.4)
    tree = memory.tree(door.pid)
    assert sum(memory.count(pid, marker) for pid in tree) == 0
    assert sum(memory.count(pid, word) for pid in tree) == 0
    # The scanner sees: the pepper is there, which the parent must hold.
    assert memory.count(door.pid, (door.root / "pepper").read_bytes()) > 0
    assert _files_with(marker, door.root, temporary) == ""
    assert list(temporary.iterdir()) == []


ONE_FOR_ALL = """
import os, sys
from pathlib import Path
from intake import config, server, settings
from intake.door import Door
conf = config.load(Path(sys.argv[1]))
settings.configure(conf)
served = server.Server(None, Door(conf), 9)
listener = server.listen_unix(Path(sys.argv[2]))
print("contrechamp-intake: ready", flush=True)
os.closerange(1, 2)
while True:
    connection, _ = listener.accept()
    served._serve(connection)
    connection.close()
    server.signal.alarm(0)
"""


@root_only
def test_the_scanner_finds_it_in_a_process_that_lives_on(door: Door, marker: bytes) -> None:
    """The positive control: the same code, serving without a process for each connection."""
    command = [sys.executable, "-c", ONE_FOR_ALL, str(door.root), str(door.socket)]
    door.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert door.process.stdout
    door.process.stdout.readline()
    assert door.ask(_forms(marker, 5_000_000)).codename
    assert memory.count(door.process.pid, marker) > 0


@root_only
def test_each_process_of_a_large_body_stays_under_60_mib(door: Door) -> None:
    door.open()
    mib = int(os.environ.get("TESTS_BODY_MIB", "200" if IS_REQUIRED else "64"))
    size = mib << 20
    head = form([HELLO], [(b"a.bin", b"")], tail=b"")[: -len(b"\r\n")]
    end = b"\r\n--BB--\r\n"
    start = head.index(b"\r\n\r\n") + 4
    length = len(head) - start + size + len(end)
    announced = b"Content-Length: %d" % length
    head = re.sub(rb"Content-Length: \d+", announced, head[:start]) + head[start:]
    with door.connect() as connection:
        connection.sendall(head)
        block = os.urandom(1 << 20)
        for _ in range(mib):
            connection.sendall(block)
        peaks = [memory.peak(pid) for pid in memory.tree(door.pid)]
        connection.sendall(end)
        out = b""
        while data := connection.recv(1 << 16):
            out += data
    assert b'id="codename"' in out
    assert len(peaks) == 3
    assert max(peaks) <= 60, peaks


@needs("unshare")
@root_only
def test_it_serves_without_any_network(door: Door, marker: bytes) -> None:
    """An empty network namespace, not even with a loopback: what PrivateNetwork= gives."""
    if subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("no network namespace can be made here")
    door.open("unshare", "-n")
    told = door.hand_in(marker)
    assert told.codename
    assert door.come_back(told.codename).status == 200


def test_it_says_nothing_and_leaves_no_log(door: Door, marker: bytes) -> None:
    errors = door.folder / "errors"
    with errors.open("wb") as file:
        door.process = subprocess.Popen(
            [sys.executable, "-m", "intake", "serve", str(door.root), "--unix", str(door.socket)],
            stdout=subprocess.PIPE,
            stderr=file,
        )
    assert door.process.stdout
    assert door.process.stdout.readline() == b"contrechamp-intake: ready\n"
    door.hand_in(marker)
    door.ask(get("/" + marker.decode()))
    door.ask(b"\xff\xfe" * 100 + b"\r\n\r\n")
    door.process.send_signal(signal.SIGTERM)
    assert door.process.wait(10) == 0
    assert door.process.stdout.read() == b""
    assert errors.read_bytes() == b""
    names = {path.name for path in door.root.rglob("*") if path.is_file()}
    assert {name for name in names if not name.endswith((".age", ".lock"))} == {
        "recipients.txt",
        "intake.toml",
        "pepper",
        "intake.sqlite3",
    }


def test_whoever_seizes_the_folder_reads_nothing(door: Door, marker: bytes) -> None:
    """All of DIR, the pepper included: no content, no name, no codename, no finer time, no link."""
    door.open()
    told = [door.ask(_forms(marker, 100_000)) for _ in range(2)]
    assert all(answer.codename for answer in told)
    seized = door.folder / "seized"
    shutil.copytree(door.root, seized)
    assert _files_with(marker, seized) == ""
    text = b"".join(path.read_bytes() for path in seized.rglob("*") if path.is_file())
    manifests = door.opened()
    for answer, (manifest, _) in zip(told, manifests, strict=True):
        assert answer.codename.encode() not in text
        assert manifest["reply_to"].encode() not in text
        assert not any(piece["sha256"].encode() in text for piece in manifest["pieces"])
    sealed = b"".join(path.read_bytes() for path in (seized / "store").iterdir())
    for manifest, _ in manifests:  # The mailbox is known, but not whose dossier it is.
        assert bytes.fromhex(manifest["mailbox"]) not in sealed
        assert manifest["mailbox"].encode() not in sealed
    lengths = {path.stat().st_size // 4096 for path in (seized / "store").iterdir()}
    assert len(lengths) == 1
    assert all(int(path.stat().st_mtime) % 86_400 == 0 for path in (seized / "store").iterdir())
    # With the form key of the living process and the pepper, still no reply opens.
    identity = door.folder / "key"
    identity.rename(door.folder / "away")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "airlock",
            "open",
            str(door.sealed[0]),
            "--identity",
            str(seized / "pepper"),
            "--into",
            str(door.folder / "o"),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (door.folder / "o").exists()


@root_only
def test_a_user_of_the_service_without_rights_serves_it() -> None:
    """No root, no capability, undumpable: it must be able to name the sealed file all the same."""
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is not installed")
    # Not below pytest's own folder, which nobody else may enter.
    folder = Path("/var/tmp") / f"door-{os.getpid()}"  # noqa: S108
    folder.mkdir(mode=0o711)
    try:
        door = Door(folder)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)
        plain = (
            "setpriv",
            "--reuid",
            "65534",
            "--regid",
            "65534",
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set",
            "-all",
        )
        door.open(*plain, env={"HOME": "/nonexistent"})
        try:
            assert door.hand_in(b"x", [(b"a.pdf", b"A" * 300_000)]).codename
            (sealed,) = door.sealed
            assert sealed.stat().st_uid == 65534
        finally:
            door.close()
    finally:
        shutil.rmtree(folder)


def test_a_codename_outlives_a_restart_and_a_page_does_not(door: Door) -> None:
    door.open()
    told = door.hand_in()
    box = door.come_back(told.codename)
    door.close()
    door.open()
    late = door.ask(small("/boite/effacer", b"token=" + box.token))
    assert late.status == 400
    assert "la porte a redémarré" in late.text
    assert door.come_back(told.codename).status == 200
