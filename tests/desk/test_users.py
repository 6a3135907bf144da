"""Three users on one machine: each gets at what is its own, and at nothing else (check 28).

Throwaway numbers, no account: root makes the folders theirs, then acts as each of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from airlock.envelope import payload_length
from tests.intake.doors import Door
from tests.intake.tools import root_only

from .conftest import head
from .desks import clean

DOOR, DESK, HOUSE, POST = 61_001, 61_002, 61_003, 61_010
NAME = f"{'ab' * 16}.age"
BOX = "cd" * 16
pytestmark = root_only

DROP = """
import codecs, os
codecs.lookup("ascii")
def become(uid, groups):
    os.setgroups(groups); os.setgid(uid); os.setuid(uid); os.umask(0o077)
    assert os.geteuid() == uid
"""
# Everything is imported before: the interpreter itself may lie where only root reads.
TRY = """
import json, os, sys
from pathlib import Path
def knows(path):
    return (os.listdir(path) if path.is_dir() else path.read_bytes()) is not None
def writes(path):
    if not path.is_dir():
        return path.open("ab").close() or True
    (path / "new").touch()
    return (path / "new").unlink() or True
def may(path):
    told = ""
    for letter, verb in (("r", knows), ("w", writes)):
        try:
            told += letter if verb(path) else ""
        except PermissionError:
            pass
    return told
become(UID, GROUPS)
print(json.dumps({name: may(Path(name)) for name in sys.argv[1:]}))
"""
WORK = """
import django, os
os.environ.update(DESK_DATA=ROOT, DESK_DOOR=DOOR)
os.environ["DJANGO_SETTINGS_MODULE"] = "contrechamp.project.settings_desk"
django.setup()
from datetime import timedelta
import pyrage
from contrechamp.foundation.tables import make_tables
from django.db import connection
from django.utils import timezone
from airlock.reply import seal
from contrechamp.desk.domain.two import Act
from contrechamp.desk.models import Paired, Sheet
from contrechamp.desk.services import listing, pairing, signing_in, sorting
make_tables()
one, two = [signing_in.add_reader(code, "une phrase assez longue") for code in ("un", "deux")]
key = str(pyrage.x25519.Identity.generate().to_public())
seal("warm", key)
connection.close()
for path in [ROOT, *(os.path.join(ROOT, name) for name in os.listdir(ROOT))]:
    os.chown(path, UID, UID)
become(UID, GROUPS)
now = timezone.now()
assert listing.follow_store() == 1
sheet = Sheet.objects.get()
sorting.say_state(sheet, "COLLECTED", actor=one, now=now)
sorting.write_reply(BOX, key, "Merci", actor=one, now=now)
paired = pairing.propose(sheet, Act.DESTROY, actor=one, now=now)
pairing.confirm(paired.pk, actor=two, now=now)
assert pairing.carry_out(now + timedelta(days=2)) == 1
"""
TIDY = """
import os
from pathlib import Path
from intake import calendar, config, database, tidying
loaded = config.load(Path(DOOR))
become(UID, GROUPS)
replies = list((Path(DOOR) / "replies" / BOX).iterdir())
print(len(replies), sum(len(each.read_bytes()) for each in replies))
[each.unlink() for each in replies]
tidying.tidy(loaded, 20_800)
"""


@dataclass(frozen=True)
class Machine:
    """A door, a desk and a house in `folder`, each owned by its user."""

    folder: Path

    def acts(self, uid: int, code: str, *words: str, groups: tuple[int, ...] = ()) -> str:
        """Run lines of Python that become a user, in the mask of a careless shell."""
        names = {"ROOT": str(self.folder / "desk"), "DOOR": str(self.folder / "door"), "BOX": BOX}
        known = "".join(f"{name} = {value!r}\n" for name, value in names.items())
        known += f"UID, GROUPS = {uid}, {list(groups)}\n"
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", DROP + known + code, *words],
            env=clean(),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rights(self, uid: int, *names: str, groups: tuple[int, ...] = ()) -> dict[str, str]:
        """What a user may do with each of these: `r`, `w`, both, or neither."""
        paths = [str(self.folder / name) for name in names]
        told = json.loads(self.acts(uid, TRY, *paths, groups=groups))
        return {str(Path(path).relative_to(self.folder)): said for path, said in told.items()}


@pytest.fixture
def machine() -> Iterator[Machine]:
    """As deploy/intake and deploy/desk set it up, where other users can come."""
    with TemporaryDirectory(prefix="three-users-") as name:
        Path(name).chmod(0o755)
        yield _set_up(Path(name))


def _set_up(folder: Path) -> Machine:
    for name, uid in (("desk", DESK), ("house", HOUSE)):
        (folder / name).mkdir(mode=0o700)
        os.chown(folder / name, uid, uid)
    (folder / "house/contrechamp.sqlite3").write_bytes(b"rows")
    os.chown(folder / "house/contrechamp.sqlite3", HOUSE, HOUSE)
    door = Door(folder).root
    (door / "store" / NAME).write_bytes(head(1) + os.urandom(payload_length(64 << 10)))
    (door / "store" / NAME).chmod(0o640)
    for path in (door, *door.rglob("*")):
        mode = path.stat().st_mode & 0o777
        group = POST if mode & 0o070 else DOOR  # What `init` shares, it gives to cc-post.
        os.chown(path, DOOR, group)
        path.chmod(mode | (0o2000 if path.is_dir() and path != door and group == POST else 0))
    return Machine(folder)


INSIDE = (
    *("door/store", f"door/store/{NAME}", "door/replies", "door/orders"),
    *("door/recipients.txt", "door/intake.toml", "door/canary"),
    *("door/pepper", "door/intake.sqlite3", "door/run"),
)


def test_the_desk_reads_the_store_writes_the_post_and_never_the_secrets(machine: Machine) -> None:
    assert machine.rights(DESK, *INSIDE, groups=(POST,)) == {
        "door/store": "r",
        f"door/store/{NAME}": "r",
        "door/replies": "rw",
        "door/orders": "rw",
        "door/recipients.txt": "r",
        "door/intake.toml": "r",
        "door/canary": "r",
        "door/pepper": "",
        "door/intake.sqlite3": "",
        "door/run": "",
    }


def test_the_house_gets_at_nothing_of_door_or_desk(machine: Machine) -> None:
    names = (*INSIDE, "door", "desk", "key")
    (machine.folder / "key").chmod(0o600)

    assert set(machine.rights(HOUSE, *names).values()) == {""}


def test_neither_door_nor_desk_gets_at_the_house(machine: Machine) -> None:
    for uid in (DOOR, DESK):
        told = machine.rights(uid, "house", "house/contrechamp.sqlite3", groups=(POST,))
        assert set(told.values()) == {""}
    assert machine.rights(DOOR, "desk", groups=(POST,)) == {"desk": ""}
    assert machine.rights(HOUSE, "house/contrechamp.sqlite3") == {"house/contrechamp.sqlite3": "rw"}


def test_the_door_obeys_what_the_desk_leaves_whatever_its_mask(machine: Machine) -> None:
    """The desk's own verbs as its user; then the door's, as its own."""
    machine.acts(DESK, WORK, groups=(POST,))
    count, size = map(int, machine.acts(DOOR, TIDY, groups=(POST,)).split())

    assert count == 1
    assert size > 4096
    assert list((machine.folder / "door/store").iterdir()) == []
    assert list((machine.folder / "door/orders").iterdir()) == []
    assert machine.rights(HOUSE, "desk/desk.sqlite3") == {"desk/desk.sqlite3": ""}
