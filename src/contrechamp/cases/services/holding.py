"""Papers that this room keeps for a team: scans that were sent, letters and opinions set as PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from django.conf import settings

from contrechamp.cases import binding
from contrechamp.cases.queries.holding import held
from contrechamp.documents import services as documents
from contrechamp.documents.domain.emails import parse
from contrechamp.foi.domain.wording import in_full
from contrechamp.foundation import bulk, typesetting
from contrechamp.kernel.errors import Refused, gettext_noop

from .exhibiting import Held

NOT_A_PAPER = gettext_noop(
    "« {name} » n'est ni un PDF ni une image qui s'ouvre (ou il demande un mot de passe) : "
    "enregistrez-le en PDF, puis envoyez-le de nouveau."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper of words: its title, what is said above and under it, its paragraphs."""

    title: str
    day: date | None
    head: Sequence[str] = ()
    paragraphs: Sequence[str] = ()
    foot: str = ""


def keep_file(path: Path, name: str) -> Held:
    """Keep a PDF or a picture that was sent, looked at in a child. Raise `Refused` for others."""
    if path.stat().st_size > settings.CONTRECHAMP.file_limit_mb << 20:
        raise Refused(gettext_noop("« {name} » est trop grand."), name=name)
    (outcome,) = bulk.run(binding.look, [str(path)], workers=1, cluster="")
    seen = outcome.value if isinstance(outcome, bulk.Done) else None
    if seen is None:
        raise Refused(NOT_A_PAPER, name=name)
    kind, pages = seen
    if pages > settings.CONTRECHAMP.page_limit:
        raise Refused(gettext_noop("« {name} » a trop de pages."), name=name)
    verdict = "clean"
    if kind == binding.PDF:
        (checked,) = documents.check_redactions([path])
        verdict = str(checked.verdict)
    with path.open("rb") as content:
        return Held(sha256=held().put(content), kind=kind, pages=pages, verdict=verdict)


def keep_bytes(content: bytes, media_type: str, name: str) -> Held:
    """Keep a paper of another room: a PDF or a picture as it is, a message as one reads it."""
    if media_type == "message/rfc822":
        message = parse(content)
        return keep_sheet(
            Sheet(title=message.subject or name, day=None, paragraphs=message.text.split("\n"))
        )
    if media_type.startswith("text/"):
        words = content.decode("utf-8", "replace")
        return keep_sheet(Sheet(title=name, day=None, paragraphs=words.split("\n")))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper"
        path.write_bytes(content)
        return keep_file(path, name)


def keep_sheet(sheet: Sheet) -> Held:
    """Set a paper of words as a PDF and keep it: the same words give the same bytes."""
    body = _set(
        {
            "title": sheet.title,
            "day": [sheet.day.year, sheet.day.month, sheet.day.day] if sheet.day else [2000, 1, 1],
            "day_words": in_full(sheet.day) if sheet.day else "",
            "pages": 0,
            "head": list(sheet.head),
            "paragraphs": [_shown(each) for each in sheet.paragraphs],
            "foot": sheet.foot,
        }
    )
    with pikepdf.open(BytesIO(body)) as document:  # Ours: nothing foreign is read here.
        pages = len(document.pages)
    return Held(sha256=held().put(BytesIO(body)), kind=binding.PDF, pages=pages)


def _shown(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign == "\t").rstrip() or " "


def _set(data: Mapping[str, Any]) -> bytes:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for template in ("look", "sheet"):
            source = files("contrechamp.cases").joinpath("typst", f"{template}.typ")
            (folder / f"{template}.typ").write_text(source.read_text("utf-8"), "utf-8")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return typesetting.set_paper(folder / "sheet.typ").body
