"""The document that shows a fact, as a form chose it or as it was sent with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from contrechamp.documents import services as documents
from contrechamp.foundation.landing import arrivals, land
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.cases.forms.choosing import DocumentForm


def document_of(form: DocumentForm, user: User) -> str:
    """Return the document that a valid form names, taken in where it was sent; empty for none.

    Raise `Refused` when the library cannot take the file.
    """
    upload = form.cleaned_data.get("file")
    if upload is None:
        return str(form.cleaned_data.get("chosen") or "")
    return _take_in(upload, user)


def _take_in(upload: UploadedFile[Any], user: User) -> str:
    folder = Path(mkdtemp(dir=arrivals(), prefix="new-"))
    try:
        path, name = land(upload, folder / "0")
        report = documents.add_paths(
            [path],
            actor=user,
            now=timezone.now(),
            names={path: name},
            origin="IMPORT",
            access="PRIVATE",
            record_known=True,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    keys = [entry.id for entry in report.documents if entry.id and entry.state != "refused"]
    if not keys:
        raise Refused(
            gettext_noop("La bibliothèque ne peut pas prendre ce fichier : envoyez un PDF.")
        )
    return str(keys[0])
