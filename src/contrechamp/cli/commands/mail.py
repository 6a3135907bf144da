from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext
from rich.console import Console
from rich.table import Table

from contrechamp.foundation.words import written
from contrechamp.kernel.errors import Refused, gettext_noop

from .init import ensure_ready

DOES_NOT_HOLD = 1
PART = 3
"""Exit code: done in part, or something needed does not answer."""
as_json = click.option("--json", "as_one", is_flag=True, help="One JSON object and nothing else.")


@click.group()
def command() -> None:
    """Letters to public bodies and their answers."""


@command.command()
@as_json
def poll(*, as_one: bool) -> None:
    """Read the mailbox now. Ends with 3 when it could not be read whole."""
    from contrechamp.mail import services

    ensure_ready()
    check = services.poll()
    report = {
        "ok": check.ok,
        "from": _iso(check.from_at),
        "to": _iso(check.to_at),
        "new": check.new_count,
        "folders": check.folders,
        "error": check.error,
    }
    if as_one:
        click.echo(json.dumps(report, ensure_ascii=False))
    elif check.ok:
        click.echo(
            gettext("Boîte aux lettres lue en entier : {new} nouveaux messages.").format(**report)
        )
    else:
        click.echo(gettext("La boîte aux lettres n'a pas été lue en entier."), err=True)
        click.echo(check.error, err=True)
    if not check.ok:
        sys.exit(PART)


@command.command()
@as_json
def send(*, as_one: bool) -> None:
    """Send the letters whose time has come. Ends with 3 when one could not leave."""
    from contrechamp.mail import queries, services

    ensure_ready()
    is_live = queries.is_live()
    done = services.send_due()
    if as_one:
        click.echo(json.dumps({"live": is_live, **asdict(done)}))
    else:
        click.echo(
            gettext(
                "{sent} partis, {written} écrits dans le dossier, {later} remis à plus tard, "
                "{failed} refusés, {maybe} dans le doute, {waiting} attendent leur tour."
            ).format(**asdict(done))
        )
        if not is_live:
            click.echo(
                gettext("Rien ne quitte cette machine : les lettres sont dans {folder}.").format(
                    folder=queries.outbox()
                )
            )
    if done.failed or done.maybe or done.later:
        sys.exit(PART)


@command.command()
@as_json
def status(*, as_one: bool) -> None:
    """How the mailbox and the letters are. Ends with 1 when somebody should look."""
    from django.utils import timezone

    from contrechamp.mail import queries

    ensure_ready()
    health = queries.health(timezone.now())
    last, whole = health.last, health.last_whole
    report = {
        "live": queries.is_live(),
        "mailbox": health.is_set,
        "last_check": _iso(last.to_at) if last else None,
        "last_check_ok": last.ok if last else None,
        "last_complete_check": _iso(whole.to_at) if whole else None,
        "late": health.is_late,
        "messages": queries.counts(),
        "letters": queries.letter_counts(),
        "error": last.error if last else "",
    }
    if as_one:
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        table = Table(show_header=False, box=None)
        for name, value in report.items():
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
            table.add_row(name, shown)
        Console().print(table)
    if health.is_late or queries.letter_counts().get("MAYBE"):
        sys.exit(DOES_NOT_HOLD)


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
def add(files: tuple[Path, ...], *, as_one: bool) -> None:
    """Take in messages from files (.eml). The same file again changes nothing."""
    from django.utils import timezone

    from contrechamp.mail import queries, services

    contents = [(path, _content(path)) for path in files]
    ensure_ready()
    rows: list[dict[str, Any]] = []
    for path, raw in contents:
        taken = services.take_in(raw, now=timezone.now(), folder="file")
        rows.append(
            {
                "file": str(path),
                "id": taken.incoming.pk,
                "new": taken.is_new,
                "state": taken.incoming.state,
                "kind": taken.incoming.kind,
                "sha256": taken.incoming.sha256,
                "threads": list(queries.threads_of(taken.incoming)),
            }
        )
    if as_one:
        click.echo(json.dumps({"messages": rows}, ensure_ascii=False))
    else:
        for row in rows:
            threads = ", ".join(row["threads"])
            click.echo(f"{row['id']}  {row['state']:<10}  {row['kind']:<15}  {threads}")
    if any(row["state"] == "UNREADABLE" for row in rows):
        sys.exit(PART)


@command.command()
@as_json
def outbox(*, as_one: bool) -> None:
    """List the letters that wait, are in doubt or did not leave."""
    from contrechamp.mail import queries

    ensure_ready()
    letters = list(queries.letters("QUEUED", "SENDING", "MAYBE", "FAILED", "BOUNCED"))
    if as_one:
        rows = [
            {
                "id": each.pk,
                "thread": each.thread,
                "state": each.state,
                "to": each.to_address,
                "subject": each.subject,
                "leaves_at": _iso(each.next_try_at) if each.state == "QUEUED" else None,
                "tries": each.tries,
                "why": each.why,
            }
            for each in letters
        ]
        click.echo(
            json.dumps(
                {"live": queries.is_live(), "folder": str(queries.outbox()), "letters": rows},
                ensure_ascii=False,
            )
        )
        return
    if not letters:
        click.echo(gettext("Aucune lettre n'attend."))
        return
    table = Table("", gettext("dossier"), gettext("état"), gettext("à"), gettext("départ"))
    for each in letters:
        leaves = written(each.next_try_at, "SHORT_DATETIME_FORMAT")
        table.add_row(each.pk, each.thread, each.get_state_display(), each.to_address, leaves)
    Console().print(table)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(
            gettext_noop("{path} ne se lit pas : vérifiez le chemin."), path=str(path)
        ) from None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
