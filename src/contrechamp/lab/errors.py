"""What stops a run on purpose: each tells in both languages what was given and what is allowed."""

from __future__ import annotations

from typing import ClassVar

from contrechamp.kernel.errors import Refused, Unavailable

from .model import Text


class LabRefused(Refused):
    """Something asked of the lab cannot be done as it was asked."""

    status = 422
    exit_code: ClassVar[int] = 2

    def __init__(self, text: Text) -> None:
        super().__init__("{said}", said=text.fr)
        self.text = text


class BadParam(LabRefused):
    """A parameter that does not exist, is no such kind of value, or is out of its bounds."""

    def __init__(self, name: str, given: object, allowed: Text) -> None:
        shown = str(given)
        shown = shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"
        self.name, self.given, self.allowed = name, shown, allowed
        super().__init__(
            Text(
                f"{name} : « {shown} » reçu ; permis : {allowed.fr}.",
                f"{name}: “{shown}” given; allowed: {allowed.en}.",
            )
        )


class UnknownExperiment(LabRefused):
    """There is no experiment of that name."""

    status = 404

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        shown, names = given[:LONGEST], ", ".join(known)
        self.given, self.known = shown, known
        super().__init__(
            Text(
                f"Aucune expérience « {shown} ». Il y a : {names}.",
                f"No experiment “{shown}”. There are: {names}.",
            )
        )


class MissingInput(Unavailable):
    """A file that this run needs is not there, or is not the file that it should be."""

    exit_code: ClassVar[int] = 3

    def __init__(self, *, file: str, origin: Text, where: str, expected: str, found: str) -> None:
        self.file, self.origin, self.where = file, origin, where
        self.expected, self.found = expected, found
        state = (
            Text("absent", "missing")
            if not found
            else Text(
                f"d'une autre empreinte (attendue {expected}, trouvée {found})",
                f"of another checksum (expected {expected}, found {found})",
            )
        )
        self.text = Text(
            f"{file} : fichier {state.fr}. Origine : {origin.fr}. Où le poser : {where}.",
            f"{file}: file {state.en}. Origin: {origin.en}. Where to put it: {where}.",
        )
        super().__init__("{said}", said=self.text.fr)


LONGEST = 60
"""How much of what was given is shown again."""
