"""Whether a document of the library may be an exhibit, and the sentence that says why not.

Nothing sealed, private or withdrawn enters, nor what a source gave before two people decided.
Source: design/cases.md §5 and §7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contrechamp.kernel.errors import gettext_noop

GONE = gettext_noop(
    "« {about} » n'est plus dans la bibliothèque, ou quelqu'un la garde pour soi : retirez la "
    "pièce, ou demandez à qui l'a ajoutée de la partager."
)
SEALED = gettext_noop(
    "« {about} » est scellé : il n'entre dans aucun dossier. Choisissez sa copie caviardée, s'il y "
    "en a une."
)
PRIVATE = gettext_noop(
    "« {about} » est un document privé : partagez-le avec l'équipe avant d'en faire une pièce."
)
WITHDRAWN = gettext_noop(
    "« {about} » a été retiré de la bibliothèque : lisez pourquoi, et retirez la pièce."
)
FROM_SOURCE = gettext_noop(
    "« {about} » vient d'une source : deux personnes doivent d'abord en décider."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One document that has a content, as somebody may read it."""

    is_private: bool = False
    is_withdrawn: bool = False
    is_received: bool = False
    is_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a content that is to be an exhibit."""

    works: tuple[Work, ...] = ()
    """The documents that have it and that the person may read."""
    is_open: bool = False
    """Its bytes are in the open part of the store, for this person."""
    is_decided: bool = False
    """Two people have let in what a source gave."""


def is_from_source(works: Iterable[Work]) -> bool:
    """Answer whether a source alone gave a content: what others published is no secret."""
    every = tuple(works)
    return any(each.is_received for each in every) and not any(
        each.is_public and not each.is_received for each in every
    )


def why_not(known: Known) -> str:
    """Return the sentence that keeps a content out, with `{about}` for its label; else empty."""
    if not known.works:
        return GONE
    if not known.is_open:
        return SEALED
    if all(each.is_private for each in known.works):
        return PRIVATE
    if all(each.is_withdrawn or each.is_private for each in known.works):
        return WITHDRAWN
    if is_from_source(known.works) and not known.is_decided:
        return FROM_SOURCE
    return ""
