"""A wrong or expired statement is never shown as valid at the desk; retention is told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyrage
import pytest

from airlock import canary
from contrechamp.desk.domain.keeping import Keeping, leaving
from contrechamp.desk.models import Reader, Sheet
from contrechamp.desk.queries import sheets
from intake import config, tidying
from tests.intake.tools import needs

from .conftest import Seal, enter

ONION = "a" * 55 + "d.onion"
TODAY = datetime.now(UTC).date()
FACT = "La pluie de ce matin"


@pytest.fixture
def state(door: Path) -> Callable[..., None]:
    """Sign a statement and lay it at the door; words change what it says."""
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2)]
    (door / "recipients.txt").write_text("".join(f"{key}\n" for key in keys))
    (door / "intake.toml").write_text(config.TEMPLATE.format(onion=ONION, profile="age"))
    for name in ("key", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(door.parent / name)]
        subprocess.run(command, check=True)  # noqa: S603
    public = (door.parent / "key.pub").read_text()
    (door / "canary/allowed_signers").write_text(
        f'contrechamp namespaces="contrechamp-canary" {public}'
    )

    def put(day: date = TODAY, onion: str = ONION, who: str = "key", named: int = 2) -> None:
        text = canary.state(day, onion, keys[:named], FACT).text()
        (door / "canary/statement.txt").write_text(text)
        signature = canary.sign(text, door.parent / who)
        (door / "canary/statement.txt.sig").write_bytes(signature)

    return put


def _page(reader: Reader) -> str:
    return enter(reader).get("/declaration").content.decode()


@needs("ssh-keygen")
def test_a_right_statement_is_shown_with_its_last_day(
    state: Callable[..., None], heron: Reader
) -> None:
    state()
    page = _page(heron)

    assert FACT in page
    assert "Vérifiée à l" in page
    assert 'role="alert"' not in page


@needs("ssh-keygen")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"day": TODAY - timedelta(days=36)}, "sa date est passée"),
        ({"day": TODAY + timedelta(days=9)}, "un jour à venir"),
        ({"onion": "b" * 55 + "d.onion"}, "une autre adresse"),
        ({"who": "other"}, "qui peut signer"),
        ({"named": 1}, "les clés de la porte"),
    ],
)
def test_a_wrong_statement_is_never_shown_as_valid(
    state: Callable[..., None], heron: Reader, change: dict[str, object], why: str
) -> None:
    state(**change)
    page = _page(heron)

    assert why in page.replace("&#x27;", "'")
    assert 'role="alert"' in page
    assert "Vérifiée à l" not in page
    assert FACT not in page
    assert 'role="alert"' in enter(heron).get("/").content.decode()


@needs("ssh-keygen")
@pytest.mark.parametrize("name", ["recipients.txt", "intake.toml", "canary/statement.txt.sig"])
def test_what_cannot_be_compared_does_not_hold(
    door: Path, state: Callable[..., None], heron: Reader, name: str
) -> None:
    """Seen by the user of the desk where `init` had not shared the keys: it held, unchecked."""
    state()
    for empty in (True, False):
        if empty:
            (door / name).write_bytes(b"")
        else:
            (door / name).unlink()
        page = _page(heron)
        assert "Vérifiée à l" not in page, name
        assert FACT not in page


@needs("ssh-keygen")
def test_a_changed_word_does_not_hold(
    door: Path, state: Callable[..., None], heron: Reader
) -> None:
    state()
    text = (door / "canary/statement.txt").read_text().replace("pluie", "neige")
    (door / "canary/statement.txt").write_text(text)

    assert "neige" not in _page(heron)


@pytest.mark.parametrize("collected", [None, date(2026, 11, 20)])
def test_the_desk_counts_days_as_the_door_does(tmp_path: Path, collected: date | None) -> None:
    """On its last day a file is there after the night's tidying; the day after it is not."""
    came = date(2026, 11, 2)
    last = leaving(Keeping(90, 7), came, collected, came).last
    for today, is_there in ((last, True), (last + timedelta(days=1), False)):
        root = tmp_path / str(today)
        for name in ("store", "orders"):
            (root / name).mkdir(parents=True)
        path = root / "store" / f"{'a' * 32}.age"
        path.touch()
        moment = datetime(came.year, came.month, came.day, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        if collected:
            (root / "orders" / f"{path.name}.collected").write_text(f"{collected}\n")
        (root / "intake.toml").write_text(config.TEMPLATE.format(onion="", profile="age"))
        made = config.Config(root, config.read_limits(root), (), (), "", b"", b"")
        tidying._retain(made, (today - date(1970, 1, 1)).days, tidying.Tidied())
        assert path.exists() is is_there


def test_the_list_says_how_long_the_door_keeps_each(door: Path, heron: Reader, seal: Seal) -> None:
    (door / "intake.toml").write_text(config.TEMPLATE.format(onion="", profile="age"))
    name = seal(day=TODAY - timedelta(days=80))
    client = enter(heron)
    page = client.get("/").content.decode()
    assert "<strong>encore 10 jours" in page
    assert "Personne ne l" in client.get(f"/dossier/{name}").content.decode()

    client.post(f"/dossier/{name}/etat", {"state": "COLLECTED"})
    assert "<td>encore 7 jours" in client.get("/").content.decode()
    (door / "intake.toml").unlink()
    assert "encore" not in client.get("/").content.decode()


def test_what_presses_comes_first_and_spam_last(
    door: Path, heron: Reader, loutre: Reader, seal: Seal
) -> None:
    days = {
        name: date(2026, 11, day)
        for day in (2, 3, 4, 5)
        for name in [seal(day=date(2026, 11, day))]
    }
    client = enter(heron)
    client.get("/")
    old, spam, newer, urgent = sorted(days, key=lambda name: days[name])
    client.post(f"/dossier/{urgent}/marques", {"priority": "NOW"})
    client.post(f"/dossier/{spam}/marques", {"priority": "NONE", "is_spam": "on"})

    assert [sheet.pk for sheet in sheets.sheets()] == [urgent, old, newer, spam]
    client.post(f"/dossier/{newer}/prendre")
    assert Sheet.objects.get(pk=newer).assignee == heron
    assert [sheet.pk for sheet in sheets.sheets(of=heron)] == [newer]
    assert newer[:8] in client.get("/?qui=moi").content.decode()
    assert "Aucun dossier n" in enter(loutre).get("/?qui=moi").content.decode()
    assert "Aucun dossier dans" in client.get("/?etat=KEPT").content.decode()


def test_a_mistake_in_the_roster_is_said_above_the_list(
    door: Path, heron: Reader, seal: Seal
) -> None:
    name = seal()
    (door.parent / "desk/roster.toml").write_text('[weeks]\n"2026-W49" = ["heron", "renard"]\n')
    answer = enter(heron).get("/")

    assert answer.status_code == 200
    assert name[:8] in answer.content.decode()
    assert "renard" in answer.content.decode()
