"""`promote`: a clean copy leaves for the house, once two readers have seen what will be seen."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from airlock import pictures, promotion
from airlock.keeping import new_file, refuse_to_overwrite
from airlock.promotion import CHECKS, READERS, Promotion, PromotionError, Scrub
from airlock.say import Refused, say
from airlock.scrub import record_of
from airlock.unsealing import DAMAGED

from .scrubbing import ASKED
from .terminal import agree, remark, tell

SHORTEST_DAYS, LONGEST_DAYS = 7, 21


def promote(asked: Namespace) -> int:
    """Write a proposal for a second reader, or, with --confirm, the bundle for the house."""
    refuse_to_overwrite(asked.out)
    try:
        return _confirm(asked) if asked.confirm else _propose(asked)
    except PromotionError as error:
        raise Refused("Paquet refusé, champ : {field}", DAMAGED, field=error) from error


def _propose(asked: Namespace) -> int:
    if asked.file is None:
        raise Refused("Donnez la copie nettoyée, ou --confirm PROPOSITION.")
    told = _told(asked)
    promotion.check(told)
    with _shown(told, asked.file, asked.preview):
        _tick(asked)
        agree(say("Est-ce bien ce qui doit être visible ? Tapez OUI."), yes=asked.yes)
        with new_file(asked.out) as part:
            promotion.write(told, asked.file, part)
        name = promotion.digest(told, asked.file)
    tell(say("Proposition écrite. Un second lecteur la relit : promote --confirm."))
    tell(say("Empreinte du paquet : {digest}", digest=name))
    return 0


def _confirm(asked: Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="airlock-") as folder:
        told = promotion.read(asked.confirm, Path(folder), readers=1)
        copy = Path(folder) / told.file.name
        with _shown(told, copy, asked.preview):
            _tick(asked)
            asked_of = say("Vous n'avez pas proposé ceci, et vous êtes d'accord ? Tapez OUI.")
            agree(asked_of, yes=asked.yes)
            with new_file(asked.out) as part:
                promotion.write(told.confirmed(), copy, part)
            name = promotion.digest(told, copy)
    tell(say("Empreinte du paquet : {digest}", digest=name))
    wait = SHORTEST_DAYS + secrets.randbelow(LONGEST_DAYS - SHORTEST_DAYS + 1)
    tell(
        say(
            "Paquet écrit. Ne le remettez pas avant le {day} : un délai au hasard sépare l'envoi "
            "de la publication.",
            day=asked.today + timedelta(days=wait),
        )
    )
    return 0


def _told(asked: Namespace) -> Promotion:
    """Return what the house would be told, from the options and the record of the scrub."""
    file = promotion.describe(asked.file)
    try:
        record = json.loads(record_of(asked.file).read_text("ascii"))
        scrub = Scrub(record["tool"], record["version"], record["mode"])
        is_same = record["sha256"] == file.sha256
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Refused("Sans fiche de nettoyage : passez d'abord par `scrub`.") from error
    if not is_same:
        raise Refused("La copie a changé depuis son nettoyage : recommencez `scrub`.")
    missing = [each for each in ("title", "doc_type", "obtained") if not getattr(asked, each)]
    if missing:
        options = ", ".join("--" + each.replace("_", "-") for each in missing)
        raise Refused("Il manque {options}.", options=options)
    return Promotion(
        file=file,
        title=asked.title,
        doc_type=asked.doc_type,
        dated=asked.dated,
        authority=asked.authority,
        language=asked.language,
        subjects=tuple(sorted(set(asked.subject))),
        obtained=asked.obtained,
        scrub=scrub,
        checks=CHECKS,
        readers=1,
    )


def fields(told: Promotion) -> dict[str, str]:
    """Return every value of a bundle, under its key, as text."""
    file, scrub = told.file, told.scrub
    return {
        "format": told.format,
        "file": f"{file.name} · {file.mime} · {file.bytes} · {file.sha256}",
        "title": told.title,
        "doc_type": told.doc_type,
        "dated": told.dated,
        "authority": told.authority,
        "language": told.language,
        "subjects": ", ".join(told.subjects),
        "obtained": str(told.obtained),
        "scrub": f"{scrub.tool} {scrub.version} · {scrub.mode}",
        "checks": ", ".join(told.checks),
        "readers": f"{told.readers}/{READERS}",
    }


@contextmanager
def _shown(told: Promotion, copy: Path, keep: Path | None) -> Iterator[None]:
    """Show every field here, and with the picture of every page in a folder; then forget it."""
    folder = keep or Path(tempfile.mkdtemp(prefix="airlock-apercu-"))
    if keep:
        refuse_to_overwrite(keep)
        folder.mkdir(mode=0o700)
    try:
        kind = told.file.name.rpartition(".")[2]
        pages = pictures.draw(copy, kind, folder)
        text = copy.read_text("utf-8", "replace") if kind == "txt" else ""
        (folder / pictures.PAGE).write_text(pictures.page(fields(told), pages, text))
        for key, value in fields(told).items():
            remark(f"  {key:<10} {value}")
        where = folder / pictures.PAGE
        remark(say("{count} page(s) en image : {path}", count=len(pages), path=where))
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)


def _tick(asked: Namespace) -> None:
    """Have each of the eight boxes ticked, one by one or by option; raise Refused."""
    ticked = set(asked.check)
    if unknown := ticked - {*CHECKS, "all"}:
        raise Refused("Case inconnue : {boxes}", boxes=", ".join(sorted(unknown)))
    if "all" in ticked:
        return
    for box in CHECKS:
        if box not in ticked:
            agree(say("Cherché et absent : {what} ? Tapez OUI.", what=say(ASKED[box])), yes=False)
