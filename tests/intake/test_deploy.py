"""The files to install are taken by their programs, and the door works as they have it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from intake import machine

from .doors import Door
from .tools import needs

DEPLOY = Path(__file__).parents[2] / "deploy" / "intake"
UNITS = ("contrechamp-intake.service", "contrechamp-intake-tidy.service")


@needs("systemd-analyze")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    for name in (*UNITS, "contrechamp-intake-tidy.timer"):
        text = (DEPLOY / name).read_text()
        text = text.replace("/opt/contrechamp/bin/contrechamp-intake", "/bin/true")
        (tmp_path / name).write_text(text.replace("tor@intake.service ", ""))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", tmp_path / UNITS[0]],
        capture_output=True,
        text=True,
        check=False,
    )
    exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", judged.stdout)
    assert exposure
    assert float(exposure[1]) <= 1.0


def test_check_asks_for_what_the_unit_says() -> None:
    lines = (DEPLOY / UNITS[0]).read_text().splitlines()
    for name, value in machine.SANDBOX.items():
        assert f"{name}={value}" in lines


@needs("apparmor_parser")
def test_apparmor_takes_the_profile() -> None:
    done = subprocess.run(
        ["apparmor_parser", "-Q", "-K", DEPLOY / "apparmor"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@needs("systemd-sysusers")
def test_systemd_takes_the_users(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    done = subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", str(DEPLOY / "sysusers.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    users = (tmp_path / "etc/passwd").read_text()
    assert "cc-door:" in users
    assert "cc-post:" in (tmp_path / "etc/group").read_text()


@needs("bwrap")
def test_the_door_serves_where_only_its_folder_can_be_written(door: Door) -> None:
    """What the unit gives: a read-only system, no network, no /tmp, other processes invisible."""
    run = door.folder / "run"
    run.mkdir()
    door.socket = run / "door.sock"
    bwrap = shutil.which("bwrap") or "bwrap"
    box = [
        *(bwrap, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--ro-bind", "/", "/"),
        *("--dev", "/dev", "--proc", "/proc", "--bind", str(door.root), str(door.root)),
        *("--bind", str(run), str(run)),
    ]
    if subprocess.run([*box, "true"], capture_output=True, check=False).returncode:
        pytest.skip("bubblewrap makes no sandbox here")
    door.open(*box)
    told = door.hand_in(b"x", [(b"a.pdf", b"A" * 300_000)])
    assert told.codename
    assert door.come_back(told.codename).status == 200
