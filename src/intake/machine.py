"""What the machine around a door is like: swap, cores, clock, tor, the sandbox of the unit."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .finding import Finding, advice, good, unsafe

UNIT = "contrechamp-intake.service"
# The first with the proof of work and the limits on streams that torrc asks for.
OLDEST_TOR = (0, 4, 8)
# What the unit must have in force, as systemd itself tells it.
SANDBOX = {
    "PrivateNetwork": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "NoNewPrivileges": "yes",
    "RestrictAddressFamilies": "AF_UNIX",
    "LimitCORE": "0",
    "MemorySwapMax": "0",
    "StandardOutput": "null",
    "StandardError": "null",
    "CapabilityBoundingSet": "",
    "ProtectProc": "invisible",
}


def inspect(proc: Path = Path("/proc"), units: Mapping[str, str] | None = None) -> list[Finding]:
    """The findings of the machine. `units` are the unit's properties, asked of systemd if None."""
    properties = _properties() if units is None else units
    return [
        _swap(proc, is_unit_without_swap=properties.get("MemorySwapMax") == "0"),
        _cores(proc),
        _clock(),
        _tor(),
        *sandbox(properties),
    ]


def _swap(proc: Path, *, is_unit_without_swap: bool) -> Finding:
    try:
        areas = (proc / "swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return advice("swap", "cannot be seen from here: `swapon --show` must print nothing")
    kept = [area for area in areas if not area.startswith("/dev/zram")]
    if kept and not is_unit_without_swap:
        return unsafe("swap", "memory may reach the disk: swapoff -a, and out of /etc/fstab")
    if kept:
        return advice("swap", "kept from the door by its unit, not from tor: swapoff -a")
    return good("swap", "none")


def _cores(proc: Path) -> Finding:
    try:
        pattern = (proc / "sys/kernel/core_pattern").read_text("utf-8").strip()
    except OSError:
        return advice("cores", "cannot be seen from here: sysctl kernel.core_pattern")
    # The door makes itself undumpable; the programs beside it, tor above all, do not.
    if pattern.startswith("|") and "/false" not in pattern:
        return advice(
            "cores",
            "a crash of another program is collected: sysctl -w kernel.core_pattern='|/bin/false'",
        )
    return good("cores", "the door leaves none, and none is collected")


def _clock() -> Finding:
    told = _told(["timedatectl", "show", "--property=NTPSynchronized", "--value"])
    if told == "yes":
        return good("clock", "kept by the network's time")
    if told == "no":
        return unsafe(
            "clock", "not kept right; days and tor depend on it: timedatectl set-ntp true"
        )
    return advice("clock", "cannot be seen from here: compare `date -u` with a clock you trust")


def _tor() -> Finding:
    version = _told(["tor", "--version"])
    numbers = re.search(r"(\d+)\.(\d+)\.(\d+)", version)
    if not numbers:
        return advice("tor", "not found here: install tor, 0.4.8 or newer")
    found = tuple(int(number) for number in numbers.groups())
    if found < OLDEST_TOR:
        return unsafe("tor", f"{numbers[0]} lacks the proof of work: install 0.4.8 or newer")
    return good("tor", numbers[0])


def sandbox(properties: Mapping[str, str]) -> list[Finding]:
    """What of the unit's sandbox is not in force."""
    if properties.get("LoadState") != "loaded":
        return [advice("unit", f"{UNIT} is not installed here: see deploy/intake, and the howto")]
    found = [
        unsafe("unit", f"{name}={value} is not in force: install deploy/intake/{UNIT} as it is")
        for name, value in SANDBOX.items()
        if properties.get(name, "") != value
    ]
    return found or [good("unit", "the sandbox is in force")]


def _properties() -> dict[str, str]:
    names = ",".join(["LoadState", *SANDBOX])
    told = _told(["systemctl", "show", f"--property={names}", UNIT])
    pairs = (line.partition("=") for line in told.splitlines())
    return {name: value for name, _, value in pairs}


def _told(command: list[str]) -> str:
    """What a program of the system says; nothing when it is absent or fails."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            [program, *command[1:]], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
