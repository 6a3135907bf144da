"""A bundle is written in a child, once nothing forbids it: see `cases.binding` for its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contrechamp.cases import binding
from contrechamp.cases.binding import Bound, NotBound, Order, Piece
from contrechamp.cases.domain.exhibits import Exhibit
from contrechamp.cases.domain.filing import Finding, NotFit, Screened, check_fit
from contrechamp.cases.domain.inventory import Cover
from contrechamp.documents import queries as documents
from contrechamp.documents import services
from contrechamp.documents.queries import screening
from contrechamp.foi.domain.evidence import copied, measured, zipped
from contrechamp.foundation import bulk, store
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Version

FAILED = "failed"
WHY = {
    binding.DAMAGED: gettext_noop(
        "Le fichier de la pièce « {label} » est perdu ou abîmé : remettez-le depuis une sauvegarde."
    ),
    binding.TELLS: gettext_noop(
        "La copie de « {label} » dit encore qui l'a faite ({more}) : elle n'est pas déposée."
    ),
    binding.TOO_LARGE: gettext_noop(
        "Une seule page de « {label} » dépasse la taille permise d'un fichier : choisissez une "
        "taille plus grande, ou réduisez le document."
    ),
    binding.UNREADABLE: gettext_noop(
        "La pièce « {label} » ne se lit pas comme un PDF : enregistrez-la en PDF et ajoutez-la de "
        "nouveau."
    ),
    FAILED: gettext_noop(
        "Le dossier n'a pas pu être assemblé : une pièce fait échouer son lecteur (mémoire, durée "
        "ou plantage). Retirez les pièces une à une pour la trouver."
    ),
}
MOST_BYTES = 16 << 20
"""Of one file of the deposit, unless said otherwise."""


def piece_of(
    exhibit: Exhibit, *, actor: User, is_confirmed: bool = False
) -> tuple[Piece, Screened]:
    """Return an exhibit with what its pages are drawn from, and what may forbid to export it.

    `is_confirmed`: two people have decided of what a source gave. Raise `Refused` when the person
    may not read its content, or it is sealed.
    """
    version = documents.find_visible(exhibit.sha256, actor)
    if version is None:
        raise Refused(
            gettext_noop("La pièce « {label} » n'est plus dans les documents, ou y est scellée."),
            label=exhibit.label,
        )
    key, kind = documents.drawn_from(version.file)
    is_drawn = kind in {binding.PDF, binding.IMAGE}
    texts = () if is_drawn else tuple(text for _, text in documents.texts(exhibit.sha256))
    pages = version.file.pages_count or exhibit.pages
    return (
        Piece(
            exhibit=replace(exhibit, pages=pages),
            drawn=key if is_drawn else "",
            kind=kind if is_drawn else binding.PDF,
            texts=texts,
        ),
        Screened(
            key=exhibit.key,
            hidden_text=_verdict(version, key) if kind == binding.PDF else "clean",
            is_from_source=version.document.origin == "RECEIVED",
            is_confirmed=is_confirmed,
        ),
    )


def _verdict(version: Version, drawn: str) -> str:
    """Return what is known of text under the boxes of an exhibit's pages.

    An office file is looked at here, since its pages may hide words as those of a PDF do. What an
    editor has looked at and kept as it is counts as clean.
    """
    if version.file.kind != binding.PDF:
        with store.store().path(drawn) as path:
            (checked,) = services.check_redactions([path])
        return str(checked.verdict)
    known = screening.hidden_text(version.document)
    if any(row.file_id == version.file_id and row.decision == "KEPT" for row in known):
        return "clean"
    return str(screening.verdict_of(version.file_id)["verdict"])


def write_bundle(
    out: Path,
    cover: Cover,
    pieces: Iterable[Piece],
    *,
    found: Iterable[Finding],
    most_bytes: int = MOST_BYTES,
) -> Bound:
    """Write the deposit folder, the reading bundle and their hashes into an empty folder.

    Raise `NotFit` with the first of the findings that forbids it, or for a copy that would tell
    who made it; `Refused` when something is there already. Then nothing is written.
    """
    check_fit(found)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(
            gettext_noop("Il y a déjà quelque chose à « {path} » : choisissez un dossier vide."),
            path=out,
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    order = Order(
        store=store.address(),
        out=str(out.absolute()),
        cover=cover,
        pieces=tuple(pieces),
        most_bytes=most_bytes,
    )
    (outcome,) = bulk.run(binding.bind, [order], workers=1, cluster="")
    answer = outcome.value if isinstance(outcome, bulk.Done) else NotBound(FAILED)
    if isinstance(answer, NotBound):
        labels = {each.exhibit.key: each.exhibit.label for each in order.pieces}
        raise NotFit(WHY[answer.why], label=labels.get(answer.key, ""), more=answer.more)
    return answer


def zip_of(folder: Path) -> Iterator[bytes]:
    """Return a written bundle as one ZIP: the same files give the same bytes."""
    paths = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    return zipped(measured(name, partial(_read, paths[name]), "", "") for name in sorted(paths))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        yield from copied(content)
