"""Sealing by a reader: an answer, a note, a dossier for one more reader."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from .container import KIB
from .keeping import new_file, working_folder
from .reading import read
from .recipients import RecipientError, read_age, vet_openpgp
from .say import Refused, say
from .sealing import AgeSealer, OpenpgpSealer, Piped, SealingError
from .unsealing import has_pyrage, need, unseal


class AgeProgramSealer(Piped):
    """A standard age file written by the program `age`, for machines without pyrage."""

    profile: ClassVar[str] = "age"
    suffix: ClassVar[str] = ".age"

    def __init__(self, sink_fd: int, recipients: Sequence[str]) -> None:
        super().__init__()
        command = [need("age", "age"), "--encrypt"]
        for each in recipients:
            command += ["-r", each]
        read_end, self._pipe = os.pipe()
        child = subprocess.Popen(  # noqa: S603 - a program of the system, no shell
            command, stdin=read_end, stdout=sink_fd, stderr=subprocess.DEVNULL
        )
        os.close(read_end)
        self._pid = child.pid
        child.returncode = 0  # `_wait` waits for it.


def readers(given: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Return vetted age recipients, given one by one and in files; raise Refused."""
    try:
        texts = [*given, *(path.read_text("ascii") for path in files)]
        return read_age("\n".join(texts))
    except (RecipientError, UnicodeDecodeError) as error:
        raise Refused("Clé publique refusée : {reason}", reason=say(str(error))) from error


def seal(chunks: Iterable[bytes], keys: Sequence[str], out: Path, profile: str = "age") -> None:
    """Seal bytes into the new file `out`; raise Refused, and leave nothing, when it fails."""
    with new_file(out) as part, part.open("wb") as sink:
        kinds = {"age": AgeSealer if has_pyrage() else AgeProgramSealer, "openpgp": OpenpgpSealer}
        try:
            sealer = kinds[profile](sink.fileno(), keys)
            try:
                for chunk in chunks:
                    sealer.write(chunk)
                sealer.finish()
            finally:
                sealer.abort()
        except SealingError as error:
            raise Refused("Le scellement a échoué : rien n'a été écrit.", 5) from error


def reseal(file: Path, identity: Path | None, keys: Sequence[str], out: Path) -> None:
    """Open a dossier, check it whole, and seal the same bytes to other readers.

    Raises Refused (2, 4, 5, 6) or ContainerError.
    """
    profile = "openpgp" if out.suffix == OpenpgpSealer.suffix else "age"
    with working_folder(beside=out) as work:
        plain = work / "container"
        unseal(file, identity, plain)
        read(plain)
        with plain.open("rb") as held:
            seal(iter(lambda: held.read(64 * KIB), b""), keys, out, profile)


def certificates(files: Iterable[Path]) -> list[str]:
    """Return the paths of vetted OpenPGP certificates; raise Refused."""
    try:
        return [vet_openpgp(path) for path in files]
    except RecipientError as error:
        raise Refused("Clé publique refusée : {reason}", reason=say(str(error))) from error
