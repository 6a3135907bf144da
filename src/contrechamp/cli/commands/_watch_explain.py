from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from django.utils.translation import gettext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.watch.scanning.explaining import Explained, Spoke, of_finding
from contrechamp.watch.scanning.explaining import explain as explain_of

from .init import ensure_ready

PATHS = click.Path(path_type=Path)
HOW = {
    "smallest": gettext_noop("la plus petite de technique, décision et lieu"),
    "joined": gettext_noop("chances indépendantes d'avoir raison, jointes"),
    "below": gettext_noop("trop faible seul"),
}


@click.command()
@click.argument("identifier")
@click.argument("paths", nargs=-1, type=PATHS)
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a line, and no more.")
def explain(identifier: str, paths: tuple[Path, ...], *, as_json_lines: bool) -> None:
    """Say why something was found, or turned away: rules, their words, how sure.

    IDENTIFIER is that of a finding, or with PATHS the number of an act or of a record. Without
    PATHS the finding is looked for in the review room, and only what it holds is told.
    """
    found = _of_paths(identifier, paths) if paths else [_of_the_room(identifier)]
    for one in found:
        if as_json_lines:
            click.echo(json.dumps(one.as_json(), ensure_ascii=False, separators=(",", ":")))
        else:
            _show(one, Console())


def _of_paths(identifier: str, paths: Sequence[Path]) -> list[Explained]:
    try:
        found = explain_of(identifier, paths)
    except FileNotFoundError as missing:
        raise Refused(
            gettext_noop("{path} n'existe pas : vérifiez le chemin."), path=str(missing)
        ) from None
    if not found:
        raise Refused(
            gettext_noop("Ces fichiers n'ont ni découverte, ni acte, ni marché {id}."),
            id=identifier,
        )
    return found


def _of_the_room(identifier: str) -> Explained:
    from contrechamp.watch import queries

    ensure_ready()
    found = queries.find_finding(identifier)
    if found is None:
        raise Refused(
            gettext_noop("La découverte {id} n'est pas ici : donnez aussi les fichiers."),
            id=identifier,
        )
    return of_finding(found)


def _show(one: Explained, console: Console) -> None:
    page = f" p. {one.page}" if one.page else ""
    console.print(f"[bold]{escape(one.identifier)}[/bold] {escape(one.document)}{page}")
    if not one.is_finding:
        console.print(gettext("N'est pas une découverte."))
    if one.fields:
        console.print(_table(one.fields))
    against = list(_against(one))
    console.print(gettext("Contre : {words}").format(words="" if against else "—"))
    for line in against:
        console.print(f"  {escape(line)}")
    if one.confidence is not None:
        console.print(gettext("Confiance : {value}").format(value=one.confidence))
    for part in one.derivation:
        console.print(f"  {gettext(HOW[part['how']])} : {part['rule']} {part['value']}")


def _table(fields: Sequence[Spoke]) -> Table:
    table = Table()
    widest = max(len(each.rule) for each in fields)
    table.add_column("rule", min_width=widest, overflow="fold")
    for name in ("page", "words", "confidence"):
        table.add_column(name)
    for each in fields:
        sure = f"{each.confidence:.3f}"
        if each.judged:
            sure += gettext(" ({right} justes sur {count} jugées)").format(
                right=each.judged[0], count=each.judged[1]
            )
        says = f"{each.rule}\n[dim]{escape(gettext(each.says))}[/dim]" if each.says else each.rule
        table.add_row(says, str(each.page or ""), escape(each.quote or ""), sure)
    return table


def _against(one: Explained) -> Iterator[str]:
    for each in one.against:
        where = f" (p. {each.page})" if each.page else ""
        words = f" « {each.quote} »" if each.quote else ""
        yield f"{each.rule} : {gettext(each.says)}{words}{where}"
    yield from one.warnings
    if one.duplicate_of:
        yield f"duplicate_of {one.duplicate_of}"
