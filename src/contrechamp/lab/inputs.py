"""Files that experiments read: which they are, where they are, whether they are the right ones.

A file counts only when its SHA-256 is the expected one; another is the same as none. The bytes
that were hashed are the bytes that are read, so that nothing can change in between.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from .errors import LabRefused, MissingInput
from .model import NO_UNIT, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that an experiment reads. `packaged`: it is ours and comes with the program."""

    id: str
    file: str
    sha256: str
    origin: Text
    care: Text = NO_UNIT
    packaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of one input on this machine."""

    input: Input
    path: Path | None
    sha256: str
    """Of the file that was found, right or not. Empty: there is none."""

    @property
    def is_present(self) -> bool:
        """Whether the file is there and is the right one."""
        return self.sha256 == self.input.sha256

    @property
    def status(self) -> str:
        """One word: present, different or missing."""
        return "present" if self.is_present else "different" if self.sha256 else "missing"


PRED_POL = Text(
    "comptages par nous d'après arun-ramamurthy/pred-pol (github.com, commit 9cb3e83), lui-même "
    "d'après les signalements de la police d'Oakland 2007-2013 diffusés par OpenOakland",
    "counted by us from arun-ramamurthy/pred-pol (github.com, commit 9cb3e83), itself from the "
    "Oakland police reports 2007-2013 distributed by OpenOakland",
)
PROPUBLICA = Text(
    "comptages par nous d'après propublica/compas-analysis (github.com, commit bafff5d), "
    "compas-scores-two-years.csv",
    "counted by us from propublica/compas-analysis (github.com, commit bafff5d), "
    "compas-scores-two-years.csv",
)

KNOWN = (
    Input(
        id="oakland-box-day",
        file="oakland_box_day.csv",
        sha256="a23ea20da012d293bbc2fbf3a740406de069b7c4bc665f951325f7b967f004ee",
        origin=PRED_POL,
        care=Text("faits enregistrés, non délits commis", "recorded incidents, not crime"),
    ),
    Input(
        id="oakland-boxes",
        file="oakland_boxes.csv",
        sha256="fe0e951a6978bc2c9a3ea2210b1a427ea3773afa0f82706f864b8ef19ebaa724",
        origin=PRED_POL,
        care=Text("rectangles de 424 m sur 562 m", "rectangles of 424 m by 562 m"),
    ),
    Input(
        id="oakland-published-rates",
        file="oakland_published_rates.csv.gz",
        sha256="0f1cfadd72162046e0acb5d0385ae91d088c7d80403c4e67cf1c92100c623a44",
        origin=PRED_POL,
        care=Text("pour comparer seulement", "for comparison only"),
    ),
    Input(
        id="compas-decile-cells",
        file="compas_decile_cells.csv",
        sha256="11a721c41a0ab05f127d53cda9ad207b8c92ffb1c7e5142296e9058eb7e92d49",
        origin=PROPUBLICA,
        care=Text("réunir les groupes de moins de 50 personnes", "merge groups of under 50 people"),
    ),
    Input(
        id="compas-logit-cells",
        file="compas_logit_cells.csv",
        sha256="d5c93df99c6c987c0c36ee7b22a590fe48fc29c73d50ad7ff2cb51b048d8af7f",
        origin=PROPUBLICA,
        care=Text(
            "contient des lignes d'une seule personne : jamais montré ni copié",
            "holds rows of one person: never shown nor copied",
        ),
    ),
    Input(
        id="city-100",
        file="city_100.csv",
        sha256="92de7ec773f212230cfbee5cb9a2399b142bc72154892d84c7d835c282c5ae5b",
        origin=Text(
            "tirée par nous, livrée avec le logiciel", "drawn by us, shipped with the code"
        ),
        packaged=True,
    ),
)
BY_ID = {each.id: each for each in KNOWN}
NOWHERE = Text("aucun dossier n'est cherché", "no folder is looked at")
LARGEST_BYTES = 64_000_000


@dataclass(slots=True)
class Inputs:
    """The folders that are looked at, in order, and what a run read from them."""

    folders: Sequence[Path] = ()
    used: dict[str, str] = field(default_factory=dict)

    def again(self) -> Inputs:
        """Return the same folders with nothing read yet, for another run."""
        return Inputs(self.folders)

    def look(self, name: str) -> Found:
        """Tell where an input is. Nothing is kept of it."""
        return self._find(name)[0]

    def every(self) -> tuple[Found, ...]:
        """Tell of every input that any experiment knows."""
        return tuple(self.look(each.id) for each in KNOWN)

    def has(self, name: str) -> bool:
        """Whether the right file is there."""
        return self.look(name).is_present

    def read(self, name: str) -> bytes:
        """Return the bytes of an input and remember its checksum. Raise `MissingInput`."""
        found, content = self._find(name)
        if not found.is_present:
            raise self.missing(name)
        self.used[name] = found.sha256
        return content

    def missing(self, name: str) -> MissingInput:
        """Return the error that says what is missing, whence it comes and where to put it."""
        found = self.look(name)
        where = str(self.folders[0]) if self.folders else "--data DIR"
        return MissingInput(
            file=found.input.file,
            origin=found.input.origin,
            where=where,
            expected=found.input.sha256,
            found=found.sha256,
        )

    def rows(self, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        """Return the rows of a table. Refuse one whose columns are not exactly these."""
        content = self.read(name)
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
        reader = csv.DictReader(io.StringIO(text))
        if tuple(reader.fieldnames or ()) != columns:
            raise LabRefused(
                Text(
                    f"{BY_ID[name].file} : colonnes inattendues.",
                    f"{BY_ID[name].file}: unexpected columns.",
                )
            )
        return list(reader)

    def _find(self, name: str) -> tuple[Found, bytes]:
        wanted = BY_ID[name]
        other = Found(input=wanted, path=None, sha256="")
        for path, content in self._candidates(wanted):
            found = Found(input=wanted, path=path, sha256=hashlib.sha256(content).hexdigest())
            if found.is_present:
                return found, content
            other = other if other.sha256 else found
        return other, b""

    def _candidates(self, wanted: Input) -> list[tuple[Path | None, bytes]]:
        if wanted.packaged:
            return [(None, files("contrechamp.lab").joinpath("data", wanted.file).read_bytes())]
        paths = [folder / wanted.file for folder in self.folders]
        return [
            (path, path.read_bytes())
            for path in paths
            if path.is_file() and path.stat().st_size <= LARGEST_BYTES
        ]
