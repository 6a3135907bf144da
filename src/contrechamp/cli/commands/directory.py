from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from contrechamp.directory import queries, services
from contrechamp.kernel.errors import gettext_noop

from .init import ensure_ready

WRONG, PART = 1, 3
LAYOUTS = ("bodies", "offices", "forms")
DAY = click.DateTime(formats=["%Y-%m-%d"])
SHOWN = 20
"""Lines of a report that a terminal shows."""


@click.group()
def command() -> None:
    """Public bodies to ask for documents, and how to write to them."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--layout", type=click.Choice(LAYOUTS), help="What the file is; seen by its head.")
@click.option("--as-of", type=DAY, help="The day of the list: YYYY-MM-DD.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def bring(
    file: Path, *, layout: str | None, as_of: datetime | None, dry_run: bool, as_json: bool
) -> None:
    """Bring in a list of bodies. It adds, and removes nothing; again it changes nothing.

    No mail can leave for an address in .invalid, .example or .test, whatever else happens: keep a
    list so in a trial or a demo, and never load a live one there.
    """
    layout = layout or services.layout_of(file)
    ensure_ready()
    seen_on = as_of.date() if as_of else None
    if layout == "offices":
        report = services.import_offices(file, now=timezone.now(), seen_on=seen_on, dry_run=dry_run)
    else:
        report = _bring_bodies(file, layout, seen_on=as_of, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _tell(report)
    if report.refused:
        sys.exit(PART)


def _bring_bodies(
    file: Path, layout: str, *, seen_on: datetime | None, dry_run: bool
) -> services.Report:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(lines: int) -> None:
            description = ngettext("{count} ligne", "{count} lignes", lines).format(count=lines)
            bar.update(task, description=description)

        return services.import_bodies(
            file,
            layout=layout,
            now=timezone.now(),
            seen_on=seen_on.date() if seen_on else None,
            dry_run=dry_run,
            progress=progress,
        )


def _tell(report: services.Report) -> None:
    if report.is_dry_run:
        click.echo(gettext("Essai : rien n'est écrit."))
    click.echo(
        gettext(
            "{lines} lignes lues : {added} organismes ajoutés, {joined} lignes jointes à un "
            "organisme connu, {changed} changées, {unchanged} sans changement, {refused} refusées."
        ).format(
            lines=report.lines,
            added=report.added,
            joined=report.joined,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused,
        )
    )
    for told in report.told[:SHOWN]:
        said = gettext(told.sentence).format(**told.values)
        click.echo(gettext("ligne {line} : {said}").format(line=told.line, said=said), err=True)
    more = sum(report.problems.values()) - SHOWN
    if more > 0:
        sentence = gettext("… et {count} autres : --json les donne.")
        click.echo(sentence.format(count=more), err=True)


@command.command()
@click.argument("text")
@click.option("--departement", default="", help="Only there: 83.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def find(text: str, *, departement: str, limit: int, as_json: bool) -> None:
    """Find bodies by name, and say how one writes to each."""
    ensure_ready()
    found = queries.find(text, departement=departement, limit=limit)
    choices = [(body, queries.address_for(body.pk)) for body in found]
    if as_json:
        rows = [
            {
                "id": body.pk,
                "name": body.name,
                "kind": body.kind,
                "siren": body.siren,
                "territory": body.territory,
                "address_kind": choice.address.kind if choice.address else None,
                "address": choice.address.value if choice.address else None,
                "can_send": choice.can_send,
            }
            for body, choice in choices
        ]
        click.echo(json.dumps({"bodies": rows}, ensure_ascii=False))
    else:
        table = Table("id", gettext("nom"), gettext("adresse"))
        for body, choice in choices:
            table.add_row(body.pk, body.name, choice.address.value if choice.address else "–")
        Console().print(table)
    if not found:
        sys.exit(WRONG)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def check(*, as_json: bool) -> None:
    """Count what is there, and what needs a look: set aside, stale, mistyped, without address."""
    ensure_ready()
    state = queries.state(timezone.localdate())
    if as_json:
        click.echo(json.dumps(asdict(state), ensure_ascii=False))
    else:
        table = Table(gettext("quoi"), gettext("combien"))
        for name, label in LABELS.items():
            table.add_row(gettext(label), str(getattr(state, name)))
        Console().print(table)
    if state.quarantined or state.typos or state.malformed:
        sys.exit(WRONG)


LABELS = {
    "bodies": gettext_noop("organismes"),
    "addresses": gettext_noop("adresses"),
    "mailboxes": gettext_noop("boîtes"),
    "personal": gettext_noop("boîtes peut-être personnelles, non publiées"),
    "quarantined": gettext_noop("adresses mises de côté"),
    "stale": gettext_noop("adresses à vérifier (plus de deux ans)"),
    "typos": gettext_noop("noms de domaine mal tapés"),
    "malformed": gettext_noop("adresses mal formées"),
    "reserved": gettext_noop("adresses qui ne mènent nulle part, exprès"),
    "unreachable": gettext_noop("organismes sans adresse"),
    "officers_missing": gettext_noop("PRADA obligatoires et absentes"),
    "officers_unknown": gettext_noop("PRADA obligatoires et inconnues"),
    "proposals": gettext_noop("corrections à relire"),
}


@command.command()
@click.option("--made-up", is_flag=True, help="With addresses that lead nowhere: for a demo.")
def from_census(*, made_up: bool) -> None:
    """Add the public authorities of the census. Again it changes nothing."""
    ensure_ready()
    taken = services.from_census(now=timezone.now(), made_up=made_up)
    click.echo(f"Directory: {taken.added} bodies from the census, {taken.there} there already.")
