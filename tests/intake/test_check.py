"""`contrechamp-intake check`: one line a finding, each with what to do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from intake import machine
from intake.finding import Weight

from .doors import Door, run


def _lines(door: Door) -> tuple[int, list[str]]:
    done = run("check", door.root)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_a_new_door_is_in_order_and_each_line_says_what_it_is_about(door: Door) -> None:
    _, lines = _lines(door)
    assert all(line.split(" ", 1)[0] in {"ok", "advice", "unsafe"} for line in lines)
    own = [line for line in lines if line.split()[1] in {"mode:", "door:", "disk:", "database:"}]
    assert [line.split()[0] for line in own] == ["ok"] * 4


@pytest.mark.parametrize(
    ("name", "mode"),
    [("pepper", 0o640), ("intake.sqlite3", 0o644), ("store", 0o755), ("recipients.txt", 0o666)],
)
def test_an_open_mode_is_unsafe_and_the_remedy_puts_it_right(
    door: Door, name: str, mode: int
) -> None:
    (door.root / name).chmod(mode)
    code, lines = _lines(door)
    (line,) = [line for line in lines if line.startswith("unsafe  mode:")]
    assert code == 3
    remedy = line.partition("chmod ")[2].split()
    Path(remedy[1]).chmod(int(remedy[0], 8))
    assert stat.S_IMODE((door.root / name).stat().st_mode) == int(remedy[0], 8)
    assert not [line for line in _lines(door)[1] if line.startswith("unsafe  mode:")]


def test_a_full_disk_a_lost_key_and_a_foreign_file_are_told(door: Door) -> None:
    door.set(free_mib=10**9)
    code, lines = _lines(door)
    assert code == 3
    assert any(line.startswith("unsafe  disk:") for line in lines)
    (door.root / "recipients.txt").write_text("age1qqq\n")
    code, lines = _lines(door)
    assert code == 3
    assert any(line.startswith("unsafe  door:") for line in lines)


def test_no_directory_is_a_finding_not_a_traceback(tmp_path: Path) -> None:
    done = run("check", tmp_path / "none")
    assert done.returncode == 3
    assert "contrechamp-intake init" in done.stdout
    assert done.stderr == ""


def test_no_secret_is_printed(door: Door) -> None:
    _, lines = _lines(door)
    pepper = (door.root / "pepper").read_bytes()
    assert pepper.hex() not in "\n".join(lines)


def _proc(folder: Path, swaps: str, pattern: str) -> Path:
    (folder / "sys/kernel").mkdir(parents=True)
    (folder / "swaps").write_text("Filename\tType\tSize\tUsed\tPriority\n" + swaps)
    (folder / "sys/kernel/core_pattern").write_text(pattern + "\n")
    return folder


@pytest.mark.parametrize(
    ("swaps", "in_unit", "weight"),
    [
        ("", {}, Weight.GOOD),
        ("/dev/zram0 partition 1 0 100\n", {}, Weight.GOOD),
        ("/swapfile file 1 0 -2\n", {}, Weight.UNSAFE),
        ("/swapfile file 1 0 -2\n", {"MemorySwapMax": "0"}, Weight.ADVICE),
    ],
)
def test_swap_is_unsafe_unless_the_unit_keeps_the_door_from_it(
    tmp_path: Path, swaps: str, in_unit: dict[str, str], weight: Weight
) -> None:
    found = machine.inspect(_proc(tmp_path, swaps, "core"), in_unit)
    assert [each.weight for each in found if each.subject == "swap"] == [weight]


def test_a_collector_of_cores_is_told(tmp_path: Path) -> None:
    found = machine.inspect(_proc(tmp_path, "", "|/usr/lib/systemd/systemd-coredump %P"), {})
    assert [each.weight for each in found if each.subject == "cores"] == [Weight.ADVICE]


def test_each_line_of_the_sandbox_that_is_missing_is_named() -> None:
    loaded = {"LoadState": "loaded", **machine.SANDBOX}
    assert [each.weight for each in machine.sandbox(loaded)] == [Weight.GOOD]
    for name in machine.SANDBOX:
        (found,) = machine.sandbox({**loaded, name: "other"})
        assert (found.weight, name in found.sentence) == (Weight.UNSAFE, True)
    assert [each.weight for each in machine.sandbox({})] == [Weight.ADVICE]
