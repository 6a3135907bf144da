from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contrechamp.census.services.bringing import operator
from contrechamp.kernel.errors import Refused, gettext_noop

from .init import ensure_ready

FINDINGS = 3
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def command() -> None:
    """Cameras on a map, beside those that were authorised."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(["osm", "list"]), required=True, help="osm: GeoJSON.")
@click.option("--dataset", "slug", required=True, help="A short name: osm, ville-de-paris.")
@click.option("--title", default="", help="What readers see.")
@click.option("--licence", default="", help="OpenStreetMap's is known.")
@click.option("--url", default="", help="Where the file is from.")
@click.option("--as-of", type=DAY, help="The day of the data: YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def bring(
    *,
    file: Path,
    kind: str,
    slug: str,
    title: str,
    licence: str,
    url: str,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Bring in cameras: nodes of OpenStreetMap, or a list with `lon` and `lat` as CSV.

    The same file again changes nothing; what a newer one no longer holds is marked as gone.
    """
    from contrechamp.cameras import services

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(
            gettext_noop("« {file} » ne se lit pas : {why}"), file=str(file), why=error.strerror
        ) from error
    ensure_ready()
    report = services.import_cameras(
        content,
        kind=kind,
        slug=slug,
        title=title or slug,
        licence=licence,
        url=url,
        as_of=as_of.date() if as_of else None,
        actor=operator(),
        now=timezone.now(),
    )
    told = {name: getattr(report, name) for name in ("read", "new", "changed", "gone", "unplaced")}
    unread = dict(sorted(report.unread.items()))
    if as_json:
        click.echo(json.dumps({**told, "unread": unread}))
    else:
        click.echo(
            gettext(
                "{read} caméras lues : {new} nouvelles, {changed} changées, {gone} disparues,"
                " {unplaced} hors de toute commune."
            ).format(**told)
        )
        for code, count in unread.items():
            click.echo(f"  {code}: {count}", err=True)
    if unread:
        raise SystemExit(FINDINGS)


@command.command()
@click.argument("dataset")
@click.confirmation_option(prompt="Remove the data set and all its cameras?")
def remove(*, dataset: str) -> None:
    """Take a data set and all its cameras away."""
    from contrechamp.cameras import services

    count = services.remove_dataset(dataset, actor=operator())
    click.echo(
        ngettext("{number} caméra retirée.", "{number} caméras retirées.", count).format(
            number=count
        )
    )
