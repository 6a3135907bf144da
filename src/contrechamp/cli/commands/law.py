from __future__ import annotations

import json
from datetime import datetime

import click
from django.utils import timezone
from django.utils.translation import gettext

from contrechamp.law import queries, services
from contrechamp.law.domain.pack import Rule

from ._law_tables import show_rules

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def command() -> None:
    """The rules of law by which dates are counted."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON list and nothing else.")
def list_rules(*, as_json: bool) -> None:
    """Show every rule: article, formula, validity, and when it was last read again."""
    pack, today = queries.pack(), timezone.localdate()
    stale = pack.stale(today)
    if as_json:
        rows = [_row(rule, is_stale=rule in stale) for rule in pack.every()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        show_rules(pack, stale)
    for rule in stale:
        click.echo(
            gettext("Attention : la règle {rule} n'a pas été relue depuis le {day}.").format(
                rule=rule.id, day=rule.reviewed_on
            ),
            err=True,
        )


@command.command()
@click.argument("rule")
@click.option("--on", required=True, type=DAY, help="The day on which it was read again.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def review(rule: str, *, on: datetime, as_json: bool) -> None:
    """Record that a person read a RULE again in the text in force. Again changes nothing."""
    is_new = services.record_review(rule, on=on.date(), today=timezone.localdate())
    if as_json:
        click.echo(json.dumps({"rule": rule, "on": on.date().isoformat(), "recorded": is_new}))
    elif is_new:
        click.echo(gettext("Relecture de {rule} notée.").format(rule=rule))
    else:
        click.echo(gettext("C'était noté déjà."))


def _row(rule: Rule, *, is_stale: bool) -> dict[str, object]:
    return {
        "id": rule.id,
        "step": rule.step,
        "trigger": rule.trigger,
        "formula": dict(rule.formula),
        "basis": rule.basis,
        "sure": rule.sure,
        "uncertain": rule.uncertain,
        "opposable_if": rule.opposable_if,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "older_texts": rule.older_texts,
        "reviewed_on": rule.reviewed_on.isoformat(),
        "is_stale": is_stale,
        "vectors": rule.vectors,
        "fr": rule.fr,
        "en": rule.en,
    }
