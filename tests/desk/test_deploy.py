"""The files to install are taken by their programs, and the desk works as they have it."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.intake.doors import Door
from tests.intake.tools import needs

from .desks import Desk

DEPLOY = Path(__file__).parents[2] / "deploy" / "desk"
UNITS = ("contrechamp-desk.service", "contrechamp-desk-notice.service")


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs of the system
        list(map(str, command)), capture_output=True, text=True, check=False
    )


@needs("systemd-analyze")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    for name in (*UNITS, "contrechamp-desk-notice.timer"):
        text = (DEPLOY / name).read_text()
        (tmp_path / name).write_text(
            text.replace("/opt/contrechamp/bin/contrechamp ", "/bin/true ")
        )
    done = _run("systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir()))
    assert (done.returncode, done.stderr) == (0, "")
    for name, most in zip(UNITS, (1.1, 2.0), strict=True):
        judged = _run("systemd-analyze", "security", "--offline=true", tmp_path / name)
        exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", judged.stdout)
        assert exposure
        assert float(exposure[1]) <= most, judged.stdout


@needs("systemd-sysusers")
def test_systemd_takes_the_users_of_both_in_either_order(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    for file in (DEPLOY / "sysusers.conf", DEPLOY.parent / "intake/sysusers.conf"):
        done = _run("systemd-sysusers", f"--root={tmp_path}", file)
        assert done.returncode == 0, done.stderr
    groups = {
        line.split(":")[0]: set(line.split(":")[3].split(","))
        for line in (tmp_path / "etc/group").read_text().splitlines()
    }
    assert groups["cc-post"] == {"cc-desk", "cc-door"}
    assert groups["cc-hall"] == {"cc-desk"}
    assert groups["cc-front"] == {"cc-door"}


@needs("systemd-tmpfiles")
def test_the_folder_is_shut_to_everybody_else() -> None:
    (line,) = [
        each for each in (DEPLOY / "tmpfiles.conf").read_text().splitlines() if each[0] != "#"
    ]
    assert line.split()[:3] == ["d", "/var/lib/contrechamp-desk", "0700"]


@needs("bwrap")
def test_the_desk_serves_where_only_its_folders_can_be_written(tmp_path: Path) -> None:
    """What the unit gives: a read-only system, no network, an own /tmp, writable folders."""
    door = Door(tmp_path)
    desk = Desk(tmp_path, door.root).found("heron")
    run = tmp_path / "run"
    run.mkdir()
    desk.socket = run / "desk.sock"
    bwrap = shutil.which("bwrap") or "bwrap"
    box = [bwrap, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--ro-bind", "/", "/"]
    box += ["--dev", "/dev", "--proc", "/proc"]
    for folder in (desk.root, run, door.root / "replies", door.root / "orders"):
        box += ["--bind", str(folder), str(folder)]
    if _run(*box, "true").returncode:
        pytest.skip("bubblewrap makes no sandbox here")
    try:
        desk.open(*box)
        assert "Rien n" in desk.enter("heron").sees("/")
        # Tor's user is in the socket's group; nobody else opens it.
        assert stat.S_IMODE(desk.socket.stat().st_mode) == 0o660
    finally:
        desk.close()
