"""Thousands of hostile requests: the door lives, keeps nothing and repeats nothing."""

from __future__ import annotations

import os
import random
import threading
import time

from . import memory
from .doors import Answer, Door, form, get, posted, small
from .tools import IS_REQUIRED

# A sample of the same kinds; TESTS_HOSTILE=10000 for all, some two minutes.
COUNT = int(os.environ.get("TESTS_HOSTILE", "2000" if IS_REQUIRED else "500"))
ECHO = b"ZZECHOZZ"
STATUSES = {0, 200, 400, 403, 404, 405, 411, 413, 414}
SPLICES = (
    *(b"\r\n", b"\n", b"\r", b"\0", b"--BB", b"--BB--", b"\xff\xfe", b": ", b"%00", b"%", b"=&"),
    *(b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Host: a\r\n", b"; filename="),
    *(b'filename="', b"filename*=utf-8''%2e%2e", b"Content-Transfer-Encoding: base64\r\n"),
    *(b"boundary=", b"\xc0\xaf", b"../" * 20, b"A" * 9000, b"\x16\x03\x01", b"name=", ECHO),
)


def _honest(dice: random.Random) -> bytes:
    """One of the requests that the door knows, small enough never to reach Argon2."""
    kind = dice.randrange(8)
    if kind == 0:
        return get(dice.choice(["/", "/avant", "/en/limites", "/canari", "/x", "/" + "a" * 300]))
    if kind == 1:
        return form([("adresse", ECHO), ("message", ECHO)], [(ECHO, ECHO * dice.randrange(900))])
    if kind == 2:
        return form([("token", ECHO), ("message", b"x")], [(ECHO, b"y")], path="/boite/ecrire")
    if kind == 3:
        return small("/boite/effacer", b"token=" + ECHO + b"&tout=1")
    if kind == 4:
        return form([("adresse", ECHO)] * dice.randrange(20), [(b"f", b"")] * dice.randrange(12))
    if kind == 5:
        body = b"".join(dice.choice(SPLICES) for _ in range(dice.randrange(30)))
        return posted("/deposer", "multipart/form-data; boundary=BB", body)
    if kind == 6:
        return form([("adresse", ECHO)], [(ECHO, ECHO)], length=dice.randrange(600))
    return get(extra="".join(f"X-{n}: {'b' * n}\r\n" for n in range(dice.randrange(80))))


def _spoilt(dice: random.Random) -> bytes:
    raw = bytearray(_honest(dice))
    for _ in range(dice.randrange(6)):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(5):
            case 0:
                raw[at:at] = dice.choice(SPLICES)
            case 1:
                del raw[at : at + dice.randrange(40)]
            case 2 if at < len(raw):
                raw[at] ^= 1 << dice.randrange(8)
            case 3:
                raw[at:at] = raw[at : at + dice.randrange(200)]
            case 4:
                del raw[dice.randrange(len(raw) + 1) :]
    # A mistyped codename is stretched like a right one: 0.6 s each, tried elsewhere.
    return bytes(raw).replace(b"revenir", b"rovenir")


def test_hostile_requests_leave_the_door_alive_and_empty(door: Door) -> None:
    door.open()
    wrong: list[tuple[bytes, Answer]] = []

    def attack(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(COUNT // 4):
            raw = _spoilt(dice)
            told = door.ask(raw, is_cut=True)
            is_ours = not told.page or len(told.page) % 8192 == 0
            echoes = ECHO.lower() in told.raw.lower()
            if told.status not in STATUSES or not is_ours or echoes or told.codename:
                wrong.append((raw, told))

    started = time.monotonic()
    threads = [threading.Thread(target=attack, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert door.sealed == []
    assert time.monotonic() - started < COUNT  # A bound on what one machine is asked to bear.
    time.sleep(0.5)
    assert len(memory.tree(door.pid)) == 1
    assert {path.suffix for path in (door.root / "run").iterdir()} <= {".lock"}
    assert door.hand_in(b"still here").codename
