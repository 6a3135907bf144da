"""A bundle from the desk enters the house as any document that somebody gave: no trace of a source.

This module runs in the house and knows none of the desk's tables. Format: `airlock.promotion`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import slugify

from airlock.promotion import Promotion, PromotionError, read
from contrechamp.documents import queries
from contrechamp.documents import services as documents
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.services import Report


def bring(path: Path, *, actor: User, now: datetime) -> tuple[Promotion, Report]:
    """Take the document of a bundle in; return what was said of it and what became of it.

    The same call and the same lines as for any gift: `received`, a draft, private, obtained on the
    day on which it comes in, under a name that its title gives: `document.pdf` or a first of
    January would mark the row. The same bundle again changes nothing. Raises Refused, and then
    nothing was kept.
    """
    with TemporaryDirectory() as folder:
        said = _read(path, Path(folder))
        file = Path(folder) / said.file.name
        report = documents.add_paths(
            [file],
            actor=actor,
            now=now,
            names={file: _name(said)},
            doc_type=said.doc_type,
            access="PRIVATE",
            obtained_on=timezone.localdate(now),
        )
    entry = report.documents[0] if report.documents else None
    if entry is None or entry.state == "refused":
        raise Refused(
            gettext_noop("Le document n'a pas été pris : {reason}"),
            reason=(entry and entry.message) or "",
        )
    if entry.state == "added":
        _describe(entry.sha256 or "", said, actor, now)
    return said, report


def _name(said: Promotion) -> str:
    """Return a name such as people give to files."""
    return f"{slugify(said.title)[:80] or said.doc_type}{Path(said.file.name).suffix}"


def _read(path: Path, folder: Path) -> Promotion:
    try:
        return read(path, folder)
    except OSError as error:
        raise Refused(
            gettext_noop("{name} ne s'ouvre pas : {error}."), name=path.name, error=error.strerror
        ) from error
    except PromotionError as error:
        if str(error) == "readers":
            raise Refused(
                gettext_noop("Une seule personne a vu ce paquet : une deuxième doit le confirmer.")
            ) from error
        raise Refused(
            gettext_noop(
                "{name} n'est pas un paquet du bureau, ou il dit trop ({field}). Rien n'est entré."
            ),
            name=path.name,
            field=str(error),
        ) from error


def _describe(sha256: str, said: Promotion, actor: User, now: datetime) -> None:
    """Say of the document what its bundle says; whoever brought it may correct each line."""
    version = queries.find_visible(sha256, actor)
    if version is None:
        return
    documents.describe_document(
        version.document,
        expected_version=version.document.version,
        actor=actor,
        now=now,
        title=said.title,
        doc_type=said.doc_type,
        dated_text=said.dated,
        author_text=said.authority,
        language=said.language,
    )
