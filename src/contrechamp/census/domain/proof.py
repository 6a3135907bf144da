"""What evidence proves: the status of a claim, and whether it may be published (`census.md` §4).

Pure: the tables give it plain values, and it never asks who is looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold


class Status(StrEnum):
    """How far a claim is proved."""

    ALLEGED = "ALLEGED"
    DOCUMENTED = "DOCUMENTED"
    VERIFIED = "VERIFIED"
    CONTRADICTED = "CONTRADICTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One piece of evidence, as far as the rules need to know it."""

    kind: str
    """document, register, url, reference, file."""
    stance: str = "SUPPORTS"
    publisher: str = ""
    """Who published the reference: two that are not the same are independent."""
    has_quoted_copy: bool = False
    """For an address: a copy is kept, and a passage of it is quoted."""
    readers: frozenset[int] = frozenset()
    """Who attached it (unless a machine did) and who confirmed it."""
    is_rejected: bool = False
    """A reader found that the passage does not say it."""


def is_documented(proof: Proof) -> bool:
    """Answer whether one piece of evidence alone documents what it is about."""
    return proof.kind in {"document", "register"} or (proof.kind == "url" and proof.has_quoted_copy)


def are_independent(references: Iterable[Proof]) -> bool:
    """Answer whether two of the references come from publishers that are not the same."""
    publishers = {fold(proof.publisher) for proof in references if proof.kind == "reference"}
    return len(publishers - {""}) >= 2


def status(proofs: Sequence[Proof]) -> Status:
    """Return how far the evidence proves a claim.

    A documented contradiction comes first: both sides stay visible. A passage that two people
    have read verifies it; one that documents it, or two independent references, document it.
    """
    live = [proof for proof in proofs if not proof.is_rejected]
    if any(proof.stance == "CONTRADICTS" and is_documented(proof) for proof in live):
        return Status.CONTRADICTED
    supports = [proof for proof in live if proof.stance == "SUPPORTS"]
    passages = [proof for proof in supports if is_documented(proof)]
    if any(len(proof.readers) >= 2 for proof in passages):
        return Status.VERIFIED
    if passages or are_independent(supports):
        return Status.DOCUMENTED
    return Status.ALLEGED


def is_publishable(proofs: Sequence[Proof], *, as_alleged: bool) -> bool:
    """Answer whether a claim with this evidence may be shown to everybody."""
    try:
        check_publishable(proofs, as_alleged=as_alleged)
    except Refused:
        return False
    return True


def check_publishable(proofs: Sequence[Proof], *, as_alleged: bool) -> None:
    """Raise `Refused` unless the evidence allows publication.

    Nothing is published without a source that one can look up: the bare name of a missing file
    is none. What is only alleged is published if a reviewer says so.
    """
    supports = [p for p in proofs if p.stance == "SUPPORTS" and not p.is_rejected]
    if not supports:
        raise Refused(
            gettext_noop("Aucune source n'appuie ce fait : attachez-en une avant de le publier.")
        )
    if all(proof.kind == "file" for proof in supports):
        raise Refused(
            gettext_noop(
                "La seule source est le nom d'un fichier que nous n'avons pas : ajoutez le "
                "document lui-même, ou une autre source."
            )
        )
    if status(proofs) is Status.ALLEGED and not as_alleged:
        raise Refused(
            gettext_noop(
                "Ce fait n'est qu'allégué : attachez le passage d'un document, ou cochez "
                "« publier comme allégué »."
            )
        )
