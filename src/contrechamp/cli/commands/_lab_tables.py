"""What the lab shows on a terminal, and the lists that it writes as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from contrechamp.lab import caveats
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Amount, Experiment, Result, Text
from contrechamp.lab.verify import Verification

from ._lab_folders import spoken
from ._law_tables import console

if TYPE_CHECKING:
    from ._lab_sweep import Sweep

STATUS = {
    "pass": Text("conforme", "pass"),
    "fail": Text("ÉCART", "FAIL"),
    "skip": Text("non fait", "skipped"),
}
PRESENT = {
    "present": Text("présent", "present"),
    "different": Text("autre empreinte", "other checksum"),
    "missing": Text("absent", "missing"),
}
SHORT = 12
"""How much of a checksum a person compares."""


def listed(experiments: Iterable[Experiment], inputs: Inputs) -> dict[str, Any]:
    """Return what `lab list --json` prints."""
    return {
        "schema": "contrechamp.lab.list/1",
        "experiments": [
            {
                "id": each.id,
                "version": each.version,
                "title": each.title.to_json(),
                "question": each.question.to_json(),
                "params": [param.to_json() for param in each.params],
                "numbers": [number.to_json() for number in each.numbers],
                "inputs": [
                    {"id": name, "present": inputs.has(name), "needed": name in each.inputs}
                    for name in (*each.inputs, *each.optional_inputs)
                ],
                "budget_cpu_s": each.budget_cpu_s,
            }
            for each in experiments
        ],
    }


def inputs_found(inputs: Inputs) -> dict[str, Any]:
    """Return what `lab inputs --json` prints."""
    return {
        "schema": "contrechamp.lab.inputs/1",
        "folders": [str(folder) for folder in inputs.folders],
        "inputs": [
            {
                "id": found.input.id,
                "file": found.input.file,
                "present": found.is_present,
                "status": found.status,
                "sha256": found.input.sha256,
                "found_sha256": found.sha256 or None,
                "path": str(found.path) if found.path else None,
                "origin": found.input.origin.to_json(),
                "care": found.input.care.to_json(),
            }
            for found in inputs.every()
        ],
    }


def show_list(experiments: Iterable[Experiment], inputs: Inputs) -> None:
    """Write the experiments for a person."""
    tongue = spoken()
    table = Table(*_words(("nom", "name"), ("question", "question"), ("entrées", "inputs")))
    for each in experiments:
        needed = [f"{name}{'' if inputs.has(name) else ' ✗'}" for name in each.inputs]
        table.add_row(each.id, each.question.say(tongue), ", ".join(needed))
    console().print(table)


def show_inputs(inputs: Inputs) -> None:
    """Write which files are here."""
    tongue = spoken()
    table = Table(
        *_words(("fichier", "file"), ("état", "state"), ("SHA-256", "SHA-256")),
        *_words(("origine", "origin")),
    )
    for found in inputs.every():
        checksum = f"{found.input.sha256[:SHORT]}…"
        if found.status == "different":
            checksum += f" ≠ {found.sha256[:SHORT]}…"
        state, origin = PRESENT[found.status].say(tongue), found.input.origin.say(tongue)
        table.add_row(found.input.file, state, checksum, origin)
    console().print(table)
    for folder in inputs.folders:
        click.echo(folder)


def show_result(experiment: Experiment, result: Result) -> None:
    """Write the sentence, the numbers, the checks and what all this does not prove."""
    tongue = spoken()
    click.echo(result.sentence.say(tongue))
    table = Table(
        *_words(("nombre", "number"), ("valeur", "value"), ("intervalle à 95 %", "95% interval")),
        *_words(("ce que c'est", "what it is")),
    )
    for number in experiment.numbers:
        both = result.intervals.get(number.name)
        interval = " – ".join(written(one) for one in both) if both else ""
        said = number.help.say(tongue)
        table.add_row(number.name, written(result.numbers[number.name]), interval, said)
    console().print(table)
    for check in result.checks:
        click.echo(f"{check.id} : {STATUS[check.status].say(tongue)}")
    click.echo(Text("Ce que cela ne prouve pas :", "What this does not prove:").say(tongue))
    for caveat in result.caveats:
        click.echo(f"- {caveats.get(caveat).say(tongue)}")
    click.echo(f"SHA-256 {result.certificate['sha256']}  ({result.cpu_s:g} s)")


def show_checks(done: Verification) -> None:
    """Write each check, and how many passed."""
    tongue = spoken()
    table = Table(
        *_words(("contrôle", "check"), ("attendu", "expected"), ("obtenu", "got")),
        *_words(("tolérance", "tolerance"), ("état", "status"), ("source", "source")),
    )
    for check in done.checks:
        sign = {"min": "≥ ", "max": "≤ "}.get(check.op, "")
        tolerance = f"{check.tol:g}" if check.op == "close" else ""
        table.add_row(
            check.id,
            sign + written(check.expected),
            written(check.got),
            tolerance,
            STATUS[check.status].say(tongue),
            check.reason or check.source,
        )
    console().print(table)
    counts = (f"{STATUS[name].say(tongue)} : {count}" for name, count in done.counts.items())
    click.echo(" · ".join(counts))
    click.echo(f"SHA-256 {done.certificate['sha256']}  ({done.cpu_s:g} s)")


def show_sweep(experiment: Experiment, done: Sweep) -> None:
    """Write the mean of each number over the seeds, one table for each value."""
    tongue = spoken()
    helps = {number.name: number.help.say(tongue) for number in experiment.numbers}
    for point in done.points:
        click.echo(point.name)
        table = Table(
            *_words(("nombre", "number"), ("moyenne", "mean"), ("écart-type", "sd")),
            *_words(("intervalle à 95 %", "95% interval"), ("ce que c'est", "what it is")),
        )
        for name, kept in point.summaries.items():
            both = " – ".join(written(one) for one in kept["interval"] or ())
            table.add_row(name, written(kept["mean"]), written(kept["sd"]), both, helps[name])
        console().print(table)
    for failure in done.failures:
        click.echo(failure, err=True)


def written(value: Amount) -> str:
    """Return a number as short as it can be read, or a dash."""
    if value is None:
        return "—"
    return str(value) if isinstance(value, int) else f"{value:.6g}"


def _words(*pairs: tuple[str, str]) -> list[str]:
    tongue = spoken()
    return [Text(*pair).say(tongue) for pair in pairs]
