"""Office files become PDF by LibreOffice, where it is installed. It is not ours to install."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from contrechamp.kernel.errors import gettext_noop

from .reasons import CannotRead, Reason

SECONDS = 120
MEMORY = 4 << 30
ENDINGS = {
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.graphics": "odg",
}
MISSING = gettext_noop(
    "LibreOffice n'est pas installé sur cette machine : le fichier est gardé, son texte n'est pas "
    "lu. Installez le paquet « libreoffice », puis ajoutez le fichier de nouveau."
)
FAILED = gettext_noop("LibreOffice n'a pas su convertir ce fichier : enregistrez-le en PDF.")


def find_converter() -> str | None:
    """Return the program that converts, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(path: Path, mime: str, folder: Path) -> Path:
    """Write the file as PDF into the folder and return it."""
    program = find_converter()
    if program is None:
        raise CannotRead(Reason.CONVERTER_MISSING, MISSING)
    source = folder / f"source.{ENDINGS.get(mime, 'doc')}"
    shutil.copyfile(path, source)
    # A profile of its own: two at once do not wait for each other, and no macro is trusted.
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 - a program of the system, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
        preexec_fn=_widen,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _end(process)
    made = folder / "source.pdf"
    if not made.exists() or not made.stat().st_size:
        raise CannotRead(Reason.BROKEN, FAILED)
    return made


def _widen() -> None:
    """LibreOffice maps more memory than a reader of ours may."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
