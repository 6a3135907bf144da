"""Have a dossier bound by another process, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import override

from contrechamp.documents import binding
from contrechamp.documents.domain.dossiers import Dossier
from contrechamp.foundation import bulk
from contrechamp.foundation.bulk import Failed
from contrechamp.foundation.store import address
from contrechamp.kernel.errors import Unavailable, gettext_noop

from .words import words_of


class CannotBind(Unavailable):
    """The process that binds failed: a kept file is damaged, or it all asks for too much."""


def order_of(
    dossier: Dossier,
    out: Path,
    *,
    form: str = binding.PDF,
    statuses: Sequence[tuple[str, str, str]] = (),
) -> binding.Order:
    """Return what a process is told to bind a dossier, the words of its language included."""
    with override(dossier.cover.language):
        words = words_of(dossier)
    return binding.Order(
        store=address(),
        out=str(out),
        form=form,
        dossier=dossier,
        words=words,
        statuses=tuple(statuses),
    )


def bind_dossier(
    dossier: Dossier,
    out: Path,
    *,
    form: str = binding.PDF,
    statuses: Sequence[tuple[str, str, str]] = (),
) -> binding.Bound:
    """Write a dossier to a file (pdf, zip) or a new folder; the same one gives the same bytes.

    `statuses`: code, word and rule of each status that statements may have. Raise `CannotBind`.
    """
    order = order_of(dossier, out, form=form, statuses=statuses)
    for outcome in bulk.run(binding.bind, [order], workers=1):
        if isinstance(outcome, Failed):
            raise CannotBind(
                gettext_noop(
                    "Le dossier n'a pas pu être composé : {reason}. Enlevez la pièce en cause, ou "
                    "faites vérifier les fichiers (contrechamp documents verify)."
                ),
                reason=outcome.reason,
            )
        return outcome.value
    raise AssertionError("one item gives one outcome")
