from __future__ import annotations

import json
import sys

import click
from django.utils import timezone

from contrechamp.accounts.queries import find_account
from contrechamp.census import services
from contrechamp.kernel.errors import Refused, gettext_noop

FINDINGS = 3


@click.command()
@click.option("--import", "run", required=True, help="The number of the import.")
@click.option("--as", "account", required=True, help="The editor who has read it.")
@click.option("--as-alleged", is_flag=True, help="Publish what is only alleged, and say so.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(*, run: str, account: str, as_alleged: bool, as_json: bool) -> None:
    """Publish what an import brought, as far as the rules allow. Status 3: not all of it."""
    reviewer = find_account(account)
    if reviewer is None:
        raise Refused(gettext_noop("Aucun compte ne s'appelle « {name} »."), name=account)
    report = services.publish_run(run, reviewer=reviewer, now=timezone.now(), as_alleged=as_alleged)
    if as_json:
        told = {"published": report.published, "refused": dict(report.refused)}
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
    else:
        click.echo(f"published: {len(report.published)}, refused: {len(report.refused)}")
        for key, why in report.refused[:20]:
            click.echo(f"{key}: {why}", err=True)
    sys.exit(FINDINGS if report.refused else 0)
