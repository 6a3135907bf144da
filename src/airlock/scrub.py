"""A public copy without metadata: Debian's mat2, alone in a sandbox; or a text typed again.

The original stays sealed: it is the proof. What a program cannot remove (dots of printers,
wording traps, …) is a list of boxes that a person ticks.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from .display import shown, shown_text
from .keeping import new_file, working_folder
from .say import Refused
from .unsealing import DAMAGED, NO_TOOL, need

MAT2, RETYPE = "mat2", "retype"
_SECONDS = 600
_MOST_SHOWN = 20_000
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """How a copy was made: what `promote` asks for. `removed` is for the reader's eyes alone."""

    tool: str
    version: str
    mode: str
    sha256: str
    removed: str = ""


def record_of(clean: Path) -> Path:
    """Return where the record of a clean copy stands: beside it."""
    return clean.with_name(clean.name + ".scrub.json")


def scrub(file: Path, out: Path) -> Scrubbed:
    """Write the clean copy of `file` to the new file `out`, and its record beside it.

    Raises Refused: 5 when mat2 does not know the kind or fails, 6 when a program is missing.
    """
    suffix = file.suffix.lower()
    if not _SUFFIX.match(suffix) or out.suffix.lower() != suffix:
        raise Refused("La copie doit porter la même extension que l'original.")
    for program, package in (("bwrap", "bubblewrap"), ("mat2", "mat2")):
        need(program, package)
    with working_folder(beside=out) as work:
        version = boxed(work, "mat2", "--version")
        if version is None:
            raise Refused("Le bac à sable (bubblewrap) ne démarre pas sur cette machine.", NO_TOOL)
        copy = work / f"in{suffix}"
        shutil.copyfile(file, copy)
        removed = boxed(work, "mat2", "--no-sandbox", "--show", copy.name)
        done = boxed(work, "mat2", "--no-sandbox", copy.name)
        clean = work / f"in.cleaned{suffix}"
        if done is None or removed is None or not clean.is_file() or clean.is_symlink():
            raise Refused(
                "Cette sorte de fichier ne se nettoie pas : recopiez le texte (--retype) "
                "ou photographiez-le.",
                DAMAGED,
            )
        data = clean.read_bytes()
        if suffix == ".txt":
            data = _plain(data.decode("utf-8", "replace"))
        return _keep(data, out, MAT2, version.split()[-1], _told(removed, copy.name))


def retype(text: str, out: Path) -> Scrubbed:
    """Write a text that a person typed again: one sort of space, of line end and of accent.

    Signs that are not seen, and could mark a copy, go. Raises Refused.
    """
    if out.suffix.lower() != ".txt" or not text.strip():
        raise Refused("Un texte recopié n'est pas vide et s'écrit dans un fichier .txt.")
    return _keep(_plain(text), out, "contrechamp-desk", "1", "", mode=RETYPE)


def _plain(text: str) -> bytes:
    """Return a text with one sort of space, of line end and of accent, and no hidden sign."""
    whole = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    whole = shown_text(whole).replace("\ufffd", "")
    lines = (re.sub(r"[^\S\n]+", " ", line).rstrip() for line in whole.split("\n"))
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _keep(
    data: bytes, out: Path, tool: str, version: str, removed: str, mode: str = MAT2
) -> Scrubbed:
    made = Scrubbed(tool, version, mode, hashlib.sha256(data).hexdigest(), removed)
    told = {key: value for key, value in asdict(made).items() if key != "removed"}
    with new_file(record_of(out)) as record:
        record.write_text(json.dumps(told, sort_keys=True) + "\n")
        with new_file(out) as part:
            part.write_bytes(data)
    return made


def _told(removed: str, name: str) -> str:
    """Return what mat2 found, a line each, harmless for a terminal."""
    lines = [shown(line) for line in removed.replace(name, "…").splitlines()]
    return "\n".join(lines)[:_MOST_SHOWN]


def boxed(work: Path, *command: str) -> str | None:
    """Return what a program printed in its box, or None when it refused or took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - programs of the system, no shell
            [*_box(work), *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _box(work: Path) -> list[str]:
    """Return the sandbox: no network, no home, a read-only system, one folder to write in."""
    fixed = (
        "--unshare-all --die-with-parent --new-session --clearenv --cap-drop ALL "
        "--setenv PATH /usr/bin --setenv LC_ALL C.UTF-8 --setenv HOME /box "
        "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib "
        "--ro-bind-try /lib64 /lib64 --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache "
        "--ro-bind-try /etc/fonts /etc/fonts --ro-bind-try /etc/alternatives /etc/alternatives "
        "--proc /proc --dev /dev --tmpfs /tmp --chdir /box"
    )
    box = need("bwrap", "bubblewrap")
    # mat2 would start a sandbox inside ours whatever its option says, and fail: it finds none.
    hidden = ["--ro-bind-try", "/dev/null", box]
    return [box, *fixed.split(), *hidden, "--bind", str(work), "/box"]
