from __future__ import annotations

import click
from django.utils import timezone

from contrechamp.accounts.queries import find_account
from contrechamp.census import queries, services
from contrechamp.kernel.errors import Refused, gettext_noop


@click.command()
@click.argument("records", nargs=-1, metavar="[A B]")
@click.option("--undo", type=int, help="Take back the merge of this number.")
@click.option("--as", "account", required=True, help="The editor who decides.")
@click.option("--reason", default="", help="Why; it stays in the history.")
def command(*, records: tuple[str, ...], undo: int | None, account: str, reason: str) -> None:
    """Make one record of A and B. Which one stays does not depend on their order."""
    actor, now = find_account(account), timezone.now()
    if actor is None:
        raise Refused(gettext_noop("Aucun compte ne s'appelle « {name} »."), name=account)
    if undo is not None:
        undone = services.undo_merge(undo, actor=actor, now=now, reason=reason)
        click.echo(f"{undone.merge.survivor_id} | {undone.merge.absorbed_id}")
        for claim in undone.stayed:
            click.echo(f"{undone.merge.survivor_id} ← {claim}")
        return
    if len(records) != 2:
        raise Refused(gettext_noop("Nommez deux fiches, ou une fusion à défaire avec --undo."))
    one, other = (queries.find_named(name) for name in records)
    if one.pk == other.pk:
        click.echo(one.pk)
        return
    survivor, absorbed = services.choose_survivor(one, other)
    done = services.merge(survivor, absorbed, actor=actor, now=now, reason=reason)
    click.echo(f"{done.absorbed_id} → {done.survivor_id} (--undo {done.pk})")
