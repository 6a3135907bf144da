"""Requests in the terminal: their list, one of them, and whether what is kept is what follows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from contrechamp.foi import services
from contrechamp.foi.domain.facts import standing
from contrechamp.foi.domain.steps import next_step
from contrechamp.foi.queries.facts import facts_of, status_of
from contrechamp.foi.queries.following import every
from contrechamp.foi.queries.listing import GROUPS
from contrechamp.foi.shown import words
from contrechamp.kernel.errors import Refused, gettext_noop

from .init import ensure_ready

if TYPE_CHECKING:
    from contrechamp.foi.models import Request

WRONG = 1
NONE = gettext_noop("Aucune demande ne s'appelle « {key} ».")


@click.command("list")
@click.option("--group", type=click.Choice(sorted(GROUPS)), help="Only those that stand there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, nothing else.")
def list_requests(*, group: str | None, as_json: bool) -> None:
    """List the requests, the soonest day to act by first."""
    ensure_ready()
    rows = every(group or "")
    if as_json:
        for row in rows.iterator(chunk_size=2000):
            click.echo(json.dumps(_line(row), ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False)
    for head in (gettext("Demande"), gettext("État"), gettext("Jour sûr"), gettext("Titre")):
        table.add_column(head)
    for row in rows.iterator(chunk_size=2000):
        table.add_row(row.pk, words.state_words(row.state), str(row.act_by or "—"), row.title)
    Console().print(table)


@click.command("show")
@click.argument("request")
@click.option("--json", "as_json", is_flag=True, help="One JSON object and nothing else.")
def show_request(request: str, *, as_json: bool) -> None:
    """Show where a request stands, its dates, and the facts that they follow from."""
    ensure_ready()
    found = every().filter(pk=request).first()
    if found is None:
        raise Refused(NONE, key=request)
    status, blockers = status_of(found, now=timezone.now())
    step = next_step(status, today=localdate())
    facts = standing(facts_of(found))
    told: dict[str, Any] = {
        **_line(found),
        "state": str(status.state),
        "next": {"act": str(step.act), "sentence": words.said(step.sentence, step.values)},
        "flags": sorted(str(flag) for flag in status.flags),
        "blockers": [each.code for each in blockers],
        "items": [item.as_json() for item in status.dates.items.values()],
        "facts": [
            {
                "id": fact.id,
                "kind": str(fact.kind),
                "first": fact.first.isoformat(),
                "last": fact.last.isoformat(),
                "proof": str(fact.proof),
                "values": dict(fact.values),
            }
            for fact in facts
        ],
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{found.pk}  {found.title}")
    click.echo(f"{words.state_words(status.state)} — {told['next']['sentence']}")
    for fact in facts:
        day = fact.first if fact.first == fact.last else f"{fact.first} … {fact.last}"
        click.echo(f"  {day}  {words.fact_words(fact.kind, fact.values)}")


@click.command("check")
@click.option("--mend", is_flag=True, help="Write what follows from the facts where it differs.")
def check_requests(*, mend: bool) -> None:
    """Count every request anew from its facts, and say where what is kept differs (exit 1)."""
    ensure_ready()
    wrong, now = 0, timezone.now()
    rows = every().order_by("pk")
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        for row in bar.track(rows.iterator(chunk_size=500), total=rows.count(), description=""):
            found = services.differences(row, now=now)
            wrong += bool(found)
            for name, (kept, due) in found.items():
                click.echo(f"{row.pk}  {name}: {kept} → {due}")
            if found and mend:
                services.derive(row, now=now)
    said = ngettext(
        "{n} demande ne dit pas ce que disent ses faits.",
        "{n} demandes ne disent pas ce que disent leurs faits.",
        wrong,
    )
    click.echo(said.format(n=wrong) if wrong else gettext("Tout suit des faits."), err=bool(wrong))
    if wrong and not mend:
        sys.exit(WRONG)


def _line(row: Request) -> dict[str, Any]:
    """Return a request as one line of JSON."""
    return {
        "id": row.pk,
        "title": row.title,
        "body": row.body_id,
        "state": row.state,
        "sent_on": row.sent_on.isoformat() if row.sent_on else None,
        "act_from": row.act_from.isoformat() if row.act_from else None,
        "act_by": row.act_by.isoformat() if row.act_by else None,
        "last_day": row.last_day.isoformat() if row.last_day else None,
        "is_public": row.is_public,
    }


COMMANDS = (list_requests, show_request, check_requests)
