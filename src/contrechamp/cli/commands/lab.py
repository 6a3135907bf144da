"""The lab: claims about the machines as programs that anyone can run again.

Needs no database and no configured site; `sweep` alone starts the house, for its workers.
With `--json`, one object goes to stdout and nothing else; progress and warnings go to stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from contrechamp.lab import registry, runner
from contrechamp.lab import verify as verifying
from contrechamp.lab.errors import BadParam, LabRefused, MissingInput
from contrechamp.lab.model import Text

from . import _lab_audit, _lab_cards, _lab_folders, _lab_out, _lab_sweep, _lab_tables

Decorated = TypeVar("Decorated", bound=Callable[..., object])

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Write one JSON object and nothing else."
)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The only folder in which input files are looked for.",
)
SET = click.option("--set", "settings", multiple=True, metavar="K=V", help="One parameter.")


@contextmanager
def _said() -> Iterator[None]:
    """End with a sentence and an exit code when the lab refuses or lacks a file."""
    try:
        yield
    except (LabRefused, MissingInput) as error:
        click.echo(error.text.say(_lab_folders.spoken()), err=True)
        sys.exit(error.exit_code)


def _print(content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()


def given(settings: tuple[str, ...]) -> dict[str, str]:
    """Read `k=v` options. Refuse one without a value, and a name that is given twice."""
    values: dict[str, str] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not name:
            raise BadParam("--set", setting, Text("nom=valeur", "name=value"))
        if name in values:
            raise BadParam(name, value, Text("une seule valeur", "one value only"))
        values[name] = value
    return values


@click.group()
def command() -> None:
    """Claims about surveillance technology, as programs that anyone can run again."""


command.add_command(_lab_audit.audit)
command.add_command(_lab_cards.cards)


@command.command("list")
@AS_JSON
def list_experiments(*, as_json: bool) -> None:
    """Show every experiment, its parameters and what it gives."""
    inputs = _lab_folders.inputs(None)
    if as_json:
        _print(_lab_tables.listed(registry.experiments(), inputs))
    else:
        _lab_tables.show_list(registry.experiments(), inputs)


@command.command()
@click.argument("name")
@SET
@click.option("--seed", type=int, default=0, show_default=True, help="Where chance begins.")
@DATA
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for the result, its certificate and its figures.",
)
@AS_JSON
def run(
    name: str,
    *,
    settings: tuple[str, ...],
    seed: int,
    data: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Run one experiment. Ends with 1 when a check fails, 2 on bad use, 3 without its input."""
    with _said():
        folder = _lab_folders.inputs(data)
        result = runner.run(name, given(settings), seed=seed, folder=folder)
    if out:
        for path in _lab_out.write(result, out):
            click.echo(path, err=True)
    if as_json:
        _print(result.to_json())
    else:
        _lab_tables.show_result(registry.get(name), result)
    if any(check.status == "fail" for check in result.checks):
        sys.exit(1)


@command.command()
@click.option("--only", default="", metavar="NAME", help="One experiment.")
@DATA
@click.option("--strict", is_flag=True, help="End with 1 also when a check was skipped.")
@AS_JSON
def verify(*, only: str, data: Path | None, strict: bool, as_json: bool) -> None:
    """Recompute every number that is quoted, and hold it against its reference."""
    with _said():
        done = verifying.verify(
            only=only,
            folder=_lab_folders.inputs(data),
            told=lambda name: click.echo(name, err=True),
        )
    if as_json:
        _print(done.to_json())
    else:
        _lab_tables.show_checks(done)
    if not done.ok or (strict and done.counts["skip"]):
        sys.exit(1)


@command.command()
@AS_JSON
def inputs(*, as_json: bool) -> None:
    """Show which input files are here, their checksums and where they come from."""
    looked = _lab_folders.inputs(None)
    if as_json:
        _print(_lab_tables.inputs_found(looked))
    else:
        _lab_tables.show_inputs(looked)


@command.command()
@click.argument("name")
@SET
@click.option("--seeds", default="0-9", show_default=True, metavar="A-B", help="First and last.")
@click.option("--over", default="", metavar="K=V,V,…", help="One parameter, several values.")
@DATA
@AS_JSON
def sweep(
    name: str,
    *,
    settings: tuple[str, ...],
    seeds: str,
    over: str,
    data: Path | None,
    as_json: bool,
) -> None:
    """Run one experiment for many seeds and values, on all cores or on the cluster."""
    with _said():
        plan = _lab_sweep.planned(name, given(settings), seeds, over, _lab_folders.inputs(data))
    done = _lab_sweep.sweep(plan, told=lambda text: click.echo(text, err=True))
    if as_json:
        _print(done.to_json())
    else:
        _lab_tables.show_sweep(registry.get(name), done)
    if done.failures:
        sys.exit(1)
