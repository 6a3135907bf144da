"""A bundle is written in a child, once nothing forbids it: see `cases.binding` for its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from contrechamp.cases import binding
from contrechamp.cases.binding import Bound, NotBound, Order, Piece
from contrechamp.cases.domain import entering
from contrechamp.cases.domain import exhibits as rules
from contrechamp.cases.domain.entering import Known, why_not
from contrechamp.cases.domain.filing import Finding, NotFit, Screened, check_fit
from contrechamp.cases.domain.inventory import Cover
from contrechamp.cases.queries.entering import known_of, version_of
from contrechamp.cases.queries.holding import held_address
from contrechamp.documents import queries as documents
from contrechamp.documents import services
from contrechamp.documents.queries import screening
from contrechamp.foi.domain.evidence import copied, measured, zipped
from contrechamp.foundation import bulk, store
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.cases.models import Exhibit
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


def piece_of(
    row: Exhibit,
    exhibit: rules.Exhibit,
    *,
    actor: User,
    known: Known | None = None,
    is_looking: bool = True,
) -> tuple[Piece, Screened]:
    """Return an exhibit with what its pages are drawn from, and what may forbid to export it.

    `known`: what is known of its content, where it was asked already. `is_looking`: look under the
    boxes of an office file, which takes a while. Raise `NotFit` with the exhibit's name when its
    content is sealed, private, withdrawn, or a source's undecided.
    """
    if row.is_held:
        return _held(row, exhibit)
    known = known or known_of(row.action, row.sha256, actor)
    if no := why_not(known):
        raise NotFit(no, about=exhibit.label)
    version = version_of(row.sha256, actor)
    if version is None:
        raise NotFit(entering.GONE, about=exhibit.label)
    key, kind = documents.drawn_from(version.file)
    is_drawn = kind in {binding.PDF, binding.IMAGE}
    texts = () if is_drawn else tuple(text for _, text in documents.texts(row.sha256))
    is_source = entering.is_from_source(known.works)
    shown = replace(exhibit, pages=version.file.pages_count or exhibit.pages)
    return (
        Piece(
            exhibit=without_origin(shown) if is_source else shown,
            drawn=key if is_drawn else "",
            kind=kind if is_drawn else binding.PDF,
            texts=texts,
        ),
        Screened(
            key=exhibit.key,
            hidden_text=_verdict(version, key, is_looking) if kind == binding.PDF else "clean",
            is_from_source=is_source,
            is_confirmed=known.is_decided,
        ),
    )


def without_origin(exhibit: rules.Exhibit) -> rules.Exhibit:
    """Return an exhibit that says nothing of where it came from, not even by its hash."""
    return replace(exhibit, source="", sha256="", version=1, confidentiality="")


def _held(row: Exhibit, exhibit: rules.Exhibit) -> tuple[Piece, Screened]:
    """Return a paper that this room keeps; what hides in it was looked for when it came."""
    piece = Piece(exhibit=exhibit, drawn=row.sha256, kind=row.kind, store=held_address())
    return piece, Screened(key=exhibit.key, hidden_text=row.verdict or "not_checked")


def _verdict(version: Version, drawn: str, is_looking: bool) -> str:
    """Return what is known of text under the boxes of an exhibit's pages.

    An office file is looked at here, since its pages may hide words as those of a PDF do. What an
    editor has looked at and kept as it is counts as clean.
    """
    if version.file.kind != binding.PDF:
        if not is_looking:
            return "clean"
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
    most_bytes: int = 0,
    work: Path | None = None,
) -> Bound:
    """Write the deposit folder, the reading bundle and their hashes into an empty folder.

    `most_bytes`: of one file of the deposit; 0: as the instance is set. `work`: a folder for what
    a process that is killed need not do again. Raise `NotFit` with the first of the findings that
    forbids it, or for a copy that would tell who made it; `Refused` when something is there
    already. Then nothing is written.
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
        most_bytes=most_bytes or settings.CONTRECHAMP.deposit_limit_mb << 20,
        work=str(work.absolute()) if work else "",
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
