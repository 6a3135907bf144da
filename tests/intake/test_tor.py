"""End to end over a real Tor network, on the loopback of a network namespace of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desk import onion as reading

from .onion import LIKE_PRODUCTION, REPLY
from .tools import IS_REQUIRED, needs

over_tor = needs("tor", "tor-gencert", "ip", "unshare", "chromium")
ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
TORRCS = (DEPLOY / "intake/torrc-door", DEPLOY / "desk/torrc")


def _namespace() -> list[str]:
    """The words that make a network namespace, or a skip that says why there is none."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if not subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
            return words
    if IS_REQUIRED:
        pytest.fail("no network namespace can be made here, and it is required")
    pytest.skip("no network namespace can be made here")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One network, one source, one reader: what each of them saw."""
    folder = tmp_path_factory.mktemp("onion")
    done = subprocess.run(
        [*_namespace(), sys.executable, "-W", "ignore", "-m", "tests.intake.onion", str(folder)],
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    print(json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201 - shown with -rP
    return told


@pytest.mark.tor
@over_tor
def test_a_source_hands_in_over_the_onion_and_reads_the_answer(told: dict[str, Any]) -> None:
    assert len(told["codename"].split()) == 8
    assert told["message"] == told["sent"]
    assert told["piece_is_whole"]
    assert REPLY in told["mailbox"].replace("’", "'")
    assert "n’existent plus" in told["erased"]
    assert told["replies_left"] == 0
    assert told["cookies"] == []
    assert told["elsewhere"] == []
    assert told["files_with_plaintext"] == []


@pytest.mark.tor
@over_tor
def test_a_reader_with_the_key_gets_in_and_a_stranger_is_refused(told: dict[str, Any]) -> None:
    seen = told["desk"]
    assert "failed" not in seen, seen["failed"]
    assert seen["status"] == 200
    assert seen["title"] == "Dossiers scellés — Bureau"
    assert seen["is_whole"]
    assert seen["state"] == "relevé"
    assert seen["elsewhere"] == []
    assert seen["scripts"] == 0
    assert seen["stranger_at_the_door"]  # Its tor works: it is the key that it lacks.
    assert seen["stranger_at_the_desk"] is False


@pytest.mark.tor
@needs("tor")
@pytest.mark.parametrize("path", TORRCS)
def test_tor_takes_the_lines_that_are_to_be_installed(tmp_path: Path, path: Path) -> None:
    lines = path.read_text()
    for place in ("/var/lib/tor-instances/intake", "/var/lib/tor-instances/desk"):
        lines = lines.replace(place, str(tmp_path / "data"))
    (tmp_path / "data").mkdir(mode=0o700)
    torrc = tmp_path / "torrc"
    torrc.write_text(lines)
    (tmp_path / "defaults").write_text("")
    done = subprocess.run(
        ["tor", "--verify-config", "-f", torrc, "--defaults-torrc", tmp_path / "defaults"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Configuration was valid" in done.stdout


def test_what_is_tried_over_tor_is_what_is_installed() -> None:
    installed = TORRCS[0].read_text().splitlines()
    assert [line for line in LIKE_PRODUCTION.splitlines() if line not in installed] == []
    installed = TORRCS[1].read_text().splitlines()
    assert [line for line in reading.LIKE_PRODUCTION.splitlines() if line not in installed] == []


def test_tor_is_there_where_it_is_required() -> None:
    """In CI the tests above may not skip."""
    if not IS_REQUIRED:
        pytest.skip("CONTRECHAMP_REQUIRE_TOR is not 1")
    for program in ("tor", "tor-gencert", "ip", "unshare", "chromium", "strace", "age"):
        assert shutil.which(program), program
