"""`contrechamp documents dossier`: a list of sentences and passages, bound with its exhibits."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone
from rich.console import Console

from contrechamp.documents.binding import FOLDER, Bound
from contrechamp.documents.domain.dossiers import Dossier
from contrechamp.documents.domain.textual import decode
from contrechamp.dossiers import services
from contrechamp.kernel.errors import Refused, gettext_noop

from .init import ensure_ready

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("list_", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--title", default="", help="What stands on the cover.")
@click.option("--author", default="", help="The name on the cover; without it none is printed.")
@click.option("--introduction", default="", help="Some lines for the cover.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option(
    "--date", "day", type=DAY, help="The day on the cover. Without it: that of the newest content."
)
@click.option("--site", default="", help="The observatory's address, as https://example.org.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def dossier(
    list_: Path,
    *,
    out: Path,
    day: datetime | None,
    site: str,
    as_json: bool,
    **cover: str,
) -> None:
    """Bind sentences and the passages that prove them, with numbered exhibits and their hashes.

    LIST has one pair a line: a sentence, a tab, and the address of a quote; or the identifier of a
    fact alone. The same list gives the same bytes. Only what is public gets in.
    """
    lines = services.read_list(_read(list_))
    _check_empty(out)
    ensure_ready()
    begun = timezone.now()
    with Console(stderr=True).status("…"):
        made = services.dossier_of_list(
            lines, site=site or _site(), day=day.date() if day else None, **cover
        )
        bound = services.bind(made, out.absolute(), FOLDER)
    seconds = (timezone.now() - begun).total_seconds()
    if as_json:
        click.echo(json.dumps(_report(made, bound, out, seconds), ensure_ascii=False))
        return
    click.echo(
        f"{out}: {len(made.statements)} statements, {len(made.exhibits)} exhibits, "
        f"{bound.pages} pages, {bound.bytes / 1e6:.1f} MB; {seconds:.1f} s"
    )


def _read(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise Refused(
            gettext_noop("La liste {path} ne se lit pas : {why}."),
            path=str(path),
            why=error.strerror or str(error),
        ) from None


def _check_empty(out: Path) -> None:
    """Refuse to write where something is: a dossier is not mixed with another."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(
            gettext_noop("{out} existe déjà et n'est pas un dossier vide : donnez un nom nouveau."),
            out=str(out),
        )
    if not out.absolute().parent.is_dir():
        raise Refused(
            gettext_noop("{folder} n'existe pas : créez-le d'abord."),
            folder=str(out.absolute().parent),
        )


def _site() -> str:
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    host = settings.CONTRECHAMP.hosts[0]
    port = f":{settings.CONTRECHAMP.listen.port}" if scheme == "http" else ""
    return f"{scheme}://{host}{port}"


def _report(made: Dossier, bound: Bound, out: Path, seconds: float) -> dict[str, Any]:
    return {
        "report": "contrechamp.documents.dossier",
        "version": 1,
        "out": str(out),
        "title": made.cover.title,
        "language": made.cover.language,
        "day": made.cover.day,
        "statements": len(made.statements),
        "pages": bound.pages,
        "bytes": bound.bytes,
        "standards": list(bound.standards),
        "seconds": round(seconds, 3),
        "exhibits": [
            {"number": number, "sha256": each.sha256, "title": each.title, "pages": each.pages}
            for number, each in enumerate(made.exhibits, start=1)
        ],
        "files": [
            {"name": name, "sha256": sha256, "bytes": size} for name, sha256, size in bound.files
        ],
    }
