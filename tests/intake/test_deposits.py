"""A dossier is sealed, synced and named with a codename shown; or leaves nothing and shows none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pyrage
import pytest

from airlock import codename as codenames
from airlock import container, envelope, reply

from . import memory
from .doors import Door, form, new_key, posted, small

HELLO = ("adresse", b"localhost")
FILE = (b"rapport.pdf", b"A" * 200_000)


def test_a_deposit_is_opened_answered_and_read_by_its_source(door: Door) -> None:
    door.open()
    told = door.hand_in("Où ? L'été.".encode(), [(b"note.pdf", b"%PDF " * 9000), (b"b.exe", b"")])
    assert told.status == 200
    assert len(told.codename.split()) == 8
    (sealed,) = door.sealed
    assert int(sealed.stat().st_mtime) % 86_400 == 0
    assert sealed.name == sealed.stem + ".age"
    assert len(bytes.fromhex(sealed.stem)) == 16
    manifest, into = door.read(sealed)
    assert (into / "message.txt").read_text() == "Où ? L'été."
    assert (into / "pieces/01.pdf").read_bytes() == b"%PDF " * 9000
    assert [piece["name"] for piece in manifest["pieces"]] == ["note.pdf", "b.exe"]
    assert (into / "pieces/02.bin").read_bytes() == b""
    _answer(door, manifest, "Réponse <b>1</b>")
    typed = told.codename.upper().replace(" ", "-")
    box = door.come_back(typed)
    assert box.status == 200
    assert 'id="mailbox"' in box.text
    assert "Réponse &lt;b&gt;1&lt;/b&gt;" in box.text
    assert len(box.page) == 32_768
    more = door.ask(form([("token", box.token), ("message", b"Suite")], path="/boite/ecrire"))
    assert (more.status, more.codename, len(door.sealed)) == (200, "", 2)
    assert {m["mailbox"] for m, _ in door.opened()} == {manifest["mailbox"]}
    gone = door.ask(small("/boite/effacer", b"token=" + box.token))
    assert gone.status == 200
    assert list((door.root / "replies" / manifest["mailbox"]).iterdir()) == []
    assert door.come_back(told.codename).status == 200
    all_gone = door.ask(small("/boite/effacer", b"token=" + box.token + b"&tout=1"))
    assert "n'ouvre plus rien" in all_gone.text
    assert door.come_back(told.codename).status == 403
    again = door.ask(form([("token", box.token), ("message", b"x")], path="/boite/ecrire"))
    assert (again.status, len(door.sealed)) == (400, 2)


def _answer(door: Door, manifest: dict[str, Any], text: str) -> None:
    box = door.root / "replies" / manifest["mailbox"]
    box.mkdir(exist_ok=True)
    (box / f"{os.urandom(16).hex()}.age").write_bytes(reply.seal(text, manifest["reply_to"]))


def test_a_reply_for_another_is_counted_and_not_shown(door: Door) -> None:
    door.open()
    told = door.hand_in()
    ((manifest, _),) = door.opened()
    _answer(door, {**manifest, "reply_to": new_key()[0]}, "pour un autre")
    box = door.root / "replies" / manifest["mailbox"]
    (box / "link.age").symlink_to("/etc/hostname")
    os.mkfifo(box / "pipe.age")
    seen = door.come_back(told.codename)
    assert "3 réponse(s) n'ont pas pu être ouvertes" in seen.text
    assert "pour un autre" not in seen.text


@pytest.mark.parametrize(
    ("raw", "is_cut", "status", "said"),
    [
        (form([HELLO], [FILE], length=300_000), True, 400, "pas arrivé en entier"),
        (form([HELLO], [FILE], tail=b""), False, 400, "pas arrivé en entier"),
        (form([HELLO], [FILE, FILE], tail=b"")[:-150_000], True, 400, "pas arrivé en entier"),
        (form([HELLO], [FILE], tail=b"--BB"), False, 400, "pas arrivé en entier"),
        (form([HELLO, ("message", b" \r\n ")]), False, 400, "ni message ni fichier"),
        (form([("adresse", b"abc.onion.ly")], [FILE]), False, 403, "quelqu'un peut vous lire"),
        (form([("message", b"x")]), False, 403, "quelqu'un peut vous lire"),
        (form([HELLO, ("message", b"x" * 100_001)]), False, 413, "trop long"),
        (form([HELLO, ("message", b"x" * 600_000)]), False, 413, "trop long"),
        (form([HELLO], [FILE] * 9), False, 400, "trop de fichiers"),
        (form([HELLO, HELLO], [FILE]), False, 400, "formulaire"),
        (form([HELLO], [(b"", b"kept in silence?" * 20_000)]), False, 400, "formulaire"),
        (posted("/deposer", "text/plain", b"hello"), False, 400, "formulaire"),
        (posted("/deposer", "multipart/form-data", b"hello"), False, 400, "formulaire"),
        (posted("/deposer", "multipart/form-data; boundary=BB", b""), False, 400, ""),
        (small("/boite/effacer", b"token=AAAA"), False, 400, "depuis plus d'une heure"),
    ],
)
def test_nothing_stays_of_a_bad_deposit(
    open_door: Door, raw: bytes, is_cut: bool, status: int, said: str
) -> None:
    told = open_door.ask(raw, is_cut=is_cut)
    assert (told.status, told.codename) == (status, "")
    assert said in told.text
    assert "Rien de cet envoi n'a été gardé" in told.text or "rien gardé" in told.text
    assert open_door.sealed == []


def test_a_message_at_its_limit_counts_its_lines_once(door: Door) -> None:
    door.set(message_chars=40)
    door.open()
    assert door.hand_in(b"\r\n".join([b"x" * 9] * 4)).status == 200
    assert door.hand_in(b"\r\n".join([b"x" * 9] * 5)).status == 413


def test_too_large_a_deposit_is_told_before_it_is_sent(open_door: Door) -> None:
    raw = form([HELLO], [FILE], length=501 << 20)
    told = open_door.ask(raw, is_cut=True)
    assert told.status == 413
    assert "500 Mo" in told.text
    assert open_door.sealed == []


def test_a_name_made_to_hurt_is_data(open_door: Door) -> None:
    names = [b"../../../etc/passwd", "a\u202efdp.exe".encode(), b"..", b"con.txt", b"x" * 400]
    open_door.hand_in(b"", [(name, b"data") for name in names])
    ((manifest, _),) = open_door.opened()
    assert len(manifest["pieces"]) == 5
    assert all(
        "/" not in piece["name"] and "\u202e" not in piece["name"] for piece in manifest["pieces"]
    )
    assert all(len(piece["name"]) <= 200 for piece in manifest["pieces"])
    for sealed in open_door.sealed:
        sealed.unlink()


def test_every_length_is_that_of_a_bucket_and_every_reader_opens_it(tmp_path: Path) -> None:
    door = Door(tmp_path)
    second, secret = new_key()
    with (door.root / "recipients.txt").open("a") as file:
        file.write(f"{second}\n")
    door.open()
    try:
        for size in (0, 60_000, 70_000, 1_200_000):
            assert door.hand_in(b"m", [(b"a.bin", os.urandom(size))]).status == 200
        for sealed in door.sealed:
            seen = envelope.look(sealed)
            assert seen.recipients == 2
            sizes = {envelope.payload_length(bucket) for bucket in container.BUCKETS}
            header = sealed.read_bytes().index(b"\n--- ")
            end = sealed.read_bytes().index(b"\n", header + 1) + 1
            assert sealed.stat().st_size - end in sizes
            for identity in (door.secret, secret):
                key = pyrage.x25519.Identity.from_str(identity)
                assert pyrage.decrypt(sealed.read_bytes(), [key])
        assert len(door.sealed) == 4
    finally:
        door.close()


def test_a_sealed_file_opens_with_age_and_any_archive_manager(door: Door) -> None:
    done = subprocess.run(["which", "age"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("age is not installed")
    door.open()
    door.hand_in(b"Bonjour", [(b"a.txt", b"contenu")])
    plain = door.folder / "plain.zip"
    subprocess.run(
        ["age", "--decrypt", "-i", door.folder / "key", "-o", plain, door.sealed[0]], check=True
    )
    with zipfile.ZipFile(plain) as archive:
        assert archive.testzip() is None
        assert archive.read("message.txt") == b"Bonjour"
        assert archive.read("pieces/01.txt") == b"contenu"
        assert json.loads(archive.read("manifest.json"))["kind"] == "dossier"


def test_keys_exchanged_under_an_open_door_close_it(door: Door) -> None:
    door.open()
    (door.root / "recipients.txt").write_text(new_key()[0] + "\n")
    told = door.hand_in()
    assert (told.status, told.codename, door.sealed) == (503, "", [])
    assert "rien n'a été gardé" in told.text


@pytest.mark.parametrize("quota", [{"daily_dossiers": 1}, {"daily_mib": 1}])
def test_a_full_day_closes_the_door_and_the_page_says_so(door: Door, quota: dict[str, int]) -> None:
    door.set(**quota)
    door.open()
    assert door.hand_in(b"", [FILE]).status == 200
    told = door.hand_in()
    assert (told.status, told.codename, len(door.sealed)) == (503, "", 1)
    assert "La porte est fermée" in door.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").text


def test_a_full_store_closes_the_door(door: Door) -> None:
    door.set(store_mib=1)
    door.open()
    assert door.hand_in(b"", [(b"a.bin", b"x" * 2_000_000)]).status == 200
    assert door.hand_in().status == 503


def test_too_little_space_closes_the_door(door: Door) -> None:
    door.set(free_mib=10**9)
    door.open()
    assert door.hand_in(b"", [FILE]).status == 503
    assert door.sealed == []


def test_one_upload_too_many_is_told_to_wait(door: Door) -> None:
    door.set(uploads=1)
    door.open()
    raw = form([HELLO], [FILE])
    with door.connect() as first:
        first.sendall(raw[:100_000])
        time.sleep(0.4)
        assert door.hand_in().status == 503
        first.sendall(raw[100_000:])
        assert b'id="codename"' in _all(first)
    assert len(door.sealed) == 1


def _all(connection: Any) -> bytes:
    out = b""
    while data := connection.recv(1 << 16):
        out += data
    return out


def test_one_connection_too_many_is_told_so_and_then_cut(door: Door) -> None:
    door.set(connections=2)
    door.open()
    waiting = [door.connect() for _ in range(2)]
    time.sleep(0.2)
    assert door.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 503
    for connection in waiting:
        connection.close()
    time.sleep(0.3)
    assert door.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200


def test_many_at_once_get_a_codename_each_and_see_no_other(door: Door) -> None:
    door.set(uploads=8)
    door.open()
    told = []

    def hand_in(number: int) -> None:
        name = f"only-{number}".encode()
        told.append(door.hand_in(name, [(name, name * 100_000)]))

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for answer in told] == [200] * 6
    assert len({answer.codename for answer in told}) == 6
    opened = door.opened()
    assert {message for _, message in opened} == {f"only-{n}".encode() for n in range(6)}
    for manifest, message in opened:
        assert manifest["pieces"][0]["name"] == message.decode()
    assert len({manifest["mailbox"] for manifest, _ in opened}) == 6


@pytest.mark.parametrize("who", ["the connection", "the encryptor"])
def test_a_process_killed_half_way_leaves_nothing(door: Door, who: str) -> None:
    door.open()
    raw = form([HELLO], [(b"a.pdf", b"A" * 3_000_000)])
    with door.connect() as connection:
        connection.sendall(raw[:1_000_000])
        time.sleep(0.5)
        tree = memory.tree(door.pid)
        assert len(tree) == 3
        victim = tree[1 if who == "the connection" else 2]
        os.kill(victim, signal.SIGKILL)
        out = b""
        try:
            connection.sendall(raw[1_000_000:])
            out = _all(connection)
        except OSError:
            pass
    assert b"HTTP/1.0 200" not in out
    assert b'id="codename"' not in out
    time.sleep(0.3)
    assert door.sealed == []
    assert len(memory.tree(door.pid)) == 1
    assert door.hand_in().status == 200


def test_the_end_of_the_door_ends_all_that_it_started(door: Door) -> None:
    door.open()
    raw = form([HELLO], [(b"a.pdf", b"A" * 3_000_000)])
    with door.connect() as connection:
        connection.sendall(raw[:1_000_000])
        time.sleep(0.4)
        tree = memory.tree(door.pid)
        assert door.process
        door.process.kill()
        door.process.wait()
        time.sleep(0.4)
        assert [pid for pid in tree if Path(f"/proc/{pid}/exe").exists()] == []
    assert door.sealed == []


def test_codenames_differ_in_bytes_too(open_door: Door) -> None:
    words = {open_door.hand_in().codename for _ in range(3)}
    assert len({codenames.decode(each) for each in words}) == 3
    for sealed in open_door.sealed:
        sealed.unlink()
