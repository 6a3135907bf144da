from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from .init import ensure_ready

FINDINGS = 3
SHOWN = 30


@click.group()
def command() -> None:
    """Opinions of the CADA: bring in its published file, ask what it answered to others."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def bring(*, file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in a CSV in the layout of the CADA: eleven columns, as on data.gouv.fr.

    The same file again changes nothing; a newer one adds, and replaces what it says otherwise.
    What is not understood is told with its line; the rest comes in (exit code 3).
    """
    from contrechamp.opinions import services
    from contrechamp.opinions.domain.layout import FAULTS

    ensure_ready()
    columns = (SpinnerColumn(), TextColumn("{task.completed} opinions"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        report = services.import_file(
            file,
            now=timezone.now(),
            dry_run=dry_run,
            progress=lambda done: bar.update(task, completed=done),
        )
    told = [
        {
            "line": fault.line,
            "code": fault.code,
            "found": fault.found,
            "is_lost": fault.is_lost,
            "message": gettext(FAULTS[fault.code]),
        }
        for fault in report.faults
    ]
    if as_json:
        about = {"sha256": report.sha256, "encoding": report.encoding, "dry_run": dry_run}
        counted = report.plain()
        plain = about | counted | {"counts": counted["faults"], "faults": told}
        click.echo(json.dumps(plain, ensure_ascii=False))
    else:
        click.echo(
            gettext(
                "Avis lus : {read} ({encoding}) ; nouveaux : {new}, changés : {changed}, déjà là : "
                "{same} ; fiches laissées de côté : {lost} ; avis sur la surveillance, ici : "
                "{surveillance}."
            ).format(**report.plain(), encoding=report.encoding)
        )
        for each in told[:SHOWN]:
            where = gettext("ligne {line}").format(line=each["line"])
            click.echo(f"  {where}: {each['message']} ({each['found']})", err=True)
        more = report.counts.total() - min(len(told), SHOWN)
        if more > 0:
            click.echo("  " + gettext("et {n} autres ; --json les dit").format(n=more), err=True)
    if told:
        raise SystemExit(FINDINGS)


@command.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 100), default=5, help="Opinions to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def find(*, query: str, limit: int, as_json: bool) -> None:
    """Ask what the CADA answered when others asked for the like: counts, the nearest opinions.

    The query is over what was asked for: words, "phrases", OU, -without, beginning*.
    """
    from contrechamp.opinions import queries
    from contrechamp.opinions.domain.odds import BIAS
    from contrechamp.opinions.domain.outcomes import LABELS, Outcome
    from contrechamp.opinions.shown import odds_sentence

    ensure_ready()
    found = queries.precedents(query, limit)
    nearest = [
        {
            "number": one.number,
            "session_on": one.session_on.isoformat() if one.session_on else None,
            "administration": one.administration,
            "outcome": one.outcome,
            "motives": list(one.motives),
            "subject": one.subject,
            "is_surveillance": one.is_surveillance,
        }
        for one in found.nearest
    ]
    if as_json:
        said = {"query": query, "mended": found.mended, "counts": found.counts}
        shares = {"share": found.odds.share, "surveillance_share": found.surveillance.share}
        click.echo(json.dumps({**said, **shares, "nearest": nearest}, ensure_ascii=False))
        return
    for word, other in found.mended.items():
        click.echo(f"{word} → {other}", err=True)
    click.echo(odds_sentence(found.odds))
    for outcome, count in sorted(found.counts.items(), key=lambda each: -each[1]):
        click.echo(f"  {count:>6}  {gettext(LABELS[Outcome(outcome)])}")
    for one in found.nearest:
        label = gettext(LABELS[Outcome(one.outcome)])
        click.echo(f"{one.number}  {one.session_on or '?'}  {one.administration}: {label}")
    click.echo(gettext(BIAS), err=True)
