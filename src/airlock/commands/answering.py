"""`reply`, `note` and `reseal`: what a reader seals, for a source or for the other readers."""

from __future__ import annotations

import secrets
from argparse import Namespace
from pathlib import Path

from airlock.display import shown_text
from airlock.envelope import AGE_MAGIC
from airlock.framing import ContainerError
from airlock.keeping import working_folder
from airlock.notes import dossier_of, note_frame, note_unframe
from airlock.reply import LIMIT, ReplyError, frame
from airlock.resealing import certificates, readers, reseal, seal
from airlock.say import Refused, say
from airlock.unsealing import DAMAGED, unseal

from .terminal import remark, tell, typed_text


def reply(asked: Namespace) -> int:
    """Seal the text on stdin to the address that a dossier gives for answers."""
    (key,) = readers([asked.to], [])
    try:
        framed = frame(typed_text())
    except ReplyError as error:
        raise Refused("Trop long : {most} octets au plus.", most=LIMIT) from error
    seal([framed], [key], asked.out)
    return 0


def note(asked: Namespace) -> int:
    """Seal a note on a dossier to the readers, or show one."""
    if asked.read:
        return _show_note(asked)
    if asked.about is None or asked.out is None or not (asked.recipient or asked.recipients):
        raise Refused("Une note demande --for, --recipient (ou --recipients) et --out.")
    try:
        framed = note_frame(dossier_of(asked.about), typed_text())
    except ReplyError as error:
        raise Refused("Note refusée : {reason}", reason=say(str(error))) from error
    seal([framed], readers(asked.recipient, asked.recipients), asked.out)
    return 0


def _show_note(asked: Namespace) -> int:
    with working_folder(beside=Path.cwd() / "note") as work:
        unseal(asked.read, asked.identity, work / "note")
        try:
            dossier, text = note_unframe((work / "note").read_bytes())
        except ReplyError as error:
            raise Refused("Contenu refusé : {reason}", DAMAGED, reason=say(str(error))) from error
    if asked.about is not None and dossier != asked.about.name[:32]:
        raise Refused("Cette note parle d'un autre dossier.", DAMAGED)
    remark(say("Note sur le dossier {dossier}", dossier=dossier))
    tell(shown_text(text))
    return 0


def reseal_dossier(asked: Namespace) -> int:
    """Seal a dossier to other readers, under a new name unless one is given."""
    with asked.file.open("rb") as sealed:
        is_age = sealed.read(len(AGE_MAGIC)) == AGE_MAGIC
    suffix = ".age" if is_age else ".gpg"
    out: Path = asked.out or asked.file.with_name(secrets.token_hex(16) + suffix)
    if out.suffix != suffix:
        raise Refused("Le nouveau fichier doit finir par {suffix}.", suffix=suffix)
    if is_age:
        keys = readers(asked.recipient, asked.recipients)
    else:
        keys = certificates([*map(Path, asked.recipient), *asked.recipients])
    try:
        reseal(asked.file, asked.identity, keys, out)
    except ContainerError as error:
        raise Refused("Contenu refusé : {reason}", DAMAGED, reason=say(str(error))) from error
    tell(str(out))
    return 0
