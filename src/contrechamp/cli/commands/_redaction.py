"""Public copies by the command line. Words to hide come from a file or a pipe, never as words."""

from __future__ import annotations

import json
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from contrechamp.documents import services
from contrechamp.documents.domain.redaction.finding import KINDS
from contrechamp.documents.domain.redaction.plan import Plan, Term, read_box, read_plan, read_terms
from contrechamp.documents.domain.textual import decode
from contrechamp.kernel.errors import Refused, gettext_noop

from .init import ensure_ready

PART = 3
INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("source", metavar="FILE|SHA256")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The public copy.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
@click.option("--plan", "plan_file", type=INPUT, help="The plan as JSON; - reads standard input.")
@click.option("--terms-file", type=INPUT, help="Words to hide, one a line; - reads standard input.")
@click.option(
    "--all", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="All of a kind."
)
@click.option("--box", "boxes", multiple=True, metavar="PAGE:x0,y0,x1,y1")
@click.option("--reason", default="", metavar="CODE", help="Why: private_person, signature …")
@click.option("--no-ocr", is_flag=True, help="Do not read pictures: hides and tests text alone.")
@click.option("--elsewhere-decided", is_flag=True, help="Sentences may stand elsewhere too.")
@click.option("--password-file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would be hidden.")
def redact(
    source: str, *, out: Path | None, as_json: bool, dry_run: bool, password_file: Path | None,
    no_ocr: bool, elsewhere_decided: bool, **given: Any,
) -> None:  # fmt: skip
    """Make a public copy in which words and boxes are hidden, if the leak test passes."""
    if out is None and not dry_run:
        raise Refused(gettext_noop("Dites où écrire la copie : --out DEST, ou --dry-run."))
    plan = _plan(**given)
    wanted = services.Wanted(
        ocr=not no_ocr,
        is_decided=elsewhere_decided,
        passwords=_passwords(password_file),
    )
    ensure_ready()
    with _lent(source) as (path, content), Console(stderr=True).status("…"):
        if out and out.exists() and out.samefile(path):
            raise Refused(gettext_noop("La copie ne peut pas prendre la place de l'original."))
        copy = services.make_copy(path, plan, None if dry_run else out, wanted, content=content)
    if as_json:
        click.echo(json.dumps(copy.as_json(), ensure_ascii=False))
    else:
        _show(copy)
    if copy.missing:
        numbers = ", ".join(str(index + 1) for index in copy.missing)
        click.echo(f"not in the document: term {numbers}", err=True)
    if copy.checks and not copy.passed:
        sys.exit(PART)


def _plan(
    *,
    plan_file: Path | None,
    terms_file: Path | None,
    kinds: tuple[str, ...],
    boxes: tuple[str, ...],
    reason: str,
) -> Plan:
    known = services.redaction_reasons()
    if plan_file:
        if terms_file or boxes or kinds:
            raise Refused(gettext_noop("--plan dit tout : sans --terms-file, --box ni --all."))
        try:
            return read_plan(json.loads(_text(plan_file)), known)
        except json.JSONDecodeError:
            raise Refused(gettext_noop("Le plan n'est pas un JSON complet.")) from None
    if not (terms_file or boxes or kinds):
        raise Refused(
            gettext_noop("Dites ce qui est à masquer : --plan, --terms-file, --box ou --all.")
        )
    if reason not in known:
        raise Refused(gettext_noop("Donnez --reason, parmi {reasons}."), reasons=", ".join(known))
    lines = _text(terms_file).splitlines() if terms_file else []
    return Plan(
        terms=read_terms(lines, reason, known, kinds=kinds),
        boxes=tuple(read_box(text, reason) for text in boxes),
    )


def _text(path: Path) -> str:
    if str(path) == "-":
        return decode(sys.stdin.buffer.read())
    return decode(path.read_bytes())


def _passwords(path: Path | None) -> tuple[str, ...]:
    return tuple(filter(None, _text(path).splitlines())) if path else ()


def _lent(source: str) -> Any:
    path = Path(source)
    if path.exists() or not re.fullmatch("[0-9a-f]{12,64}", source):
        return nullcontext((path, None))
    return services.kept_file(source)


def _show(copy: services.Copy) -> None:
    found = copy.found
    click.echo(
        f"{found.found_count} found, {found.covered_count} covered, {len(found.boxes)} boxes, "
        f"{len(copy.flattened)} of {found.pages_count} pages are pictures"
    )
    for box in found.boxes:
        rect = ", ".join(f"{at:.3f}" for at in box.rect)
        click.echo(f"  p. {box.page}: {box.reason} ({rect})")
    _show_checks(copy.checks)
    if copy.path:
        click.echo(f"{copy.path} {copy.sha256}")
    elif copy.checks:
        click.echo("the leak test failed: nothing was written", err=True)


def _show_checks(checks: Any) -> None:
    for check in checks:
        click.echo(f"{'✓' if check.passed else '✗'} {check.name} {check.detail}")


@click.command("leak-test")
@click.argument("public", type=FILE)
@click.option("--terms-file", type=INPUT, help="Words, one a line; - reads standard input.")
@click.option(
    "--all", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="All of a kind."
)
@click.option("--beside", multiple=True, type=FILE, help="A file that is published with it.")
@click.option("--no-ocr", is_flag=True, help="Do not read pictures.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object and nothing else.")
def leak_test(
    public: Path, *, terms_file: Path | None, kinds: tuple[str, ...], beside: tuple[Path, ...],
    no_ocr: bool, as_json: bool,
) -> None:  # fmt: skip
    """Try to read words back from a public copy, in every way."""
    terms = _terms(terms_file, kinds)
    ensure_ready()
    with Console(stderr=True).status("…"):
        probed = services.probe_copy(public, terms, ocr=not no_ocr, batch=beside)
    if as_json:
        found = {
            "report": "contrechamp.documents.leak-test",
            "version": 1,
            "path": str(public),
            "pages": probed.pages,
            "passed": probed.passed,
            "checks": [check.as_json() for check in probed.checks],
        }
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        _show_checks(probed.checks)
    if not probed.passed:
        sys.exit(PART)


def _terms(terms_file: Path | None, kinds: tuple[str, ...]) -> tuple[Term, ...]:
    lines = _text(terms_file).splitlines() if terms_file else []
    terms = read_terms(lines, "other", ["other"], kinds=kinds)
    if not terms:
        raise Refused(gettext_noop("Donnez les mots à chercher : --terms-file ou --all."))
    return terms
