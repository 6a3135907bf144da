"""`open` and `verify`: what a source handed in, or what a sealed file shows without a key."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from airlock import envelope, promotion
from airlock.display import designation, shown
from airlock.framing import ContainerError
from airlock.keeping import refuse_to_overwrite, working_folder
from airlock.reading import Manifest, read
from airlock.say import Refused, say
from airlock.unsealing import DAMAGED, NOT_FOR_US, unseal

from .terminal import tell, tell_json, warn_of_keys

ZIP = b"PK\x03\x04"


def open_dossier(asked: Namespace) -> int:
    """Decrypt, check whole and extract to a folder that did not exist. A refusal leaves nothing."""
    into: Path = asked.into
    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_to_overwrite(into)
    seen = _look(asked.file)
    with working_folder(beside=into) as work:
        unseal(asked.file, asked.identity, work / "container")
        out = work / "out"
        out.mkdir(mode=0o700)
        try:
            manifest = read(work / "container", out)
        except ContainerError as error:
            raise Refused("Contenu refusé : {reason}", DAMAGED, reason=say(str(error))) from error
        out.rename(into)
    warn_of_keys(seen.recipients, asked.expect)
    if asked.json:
        named = {"designation": designation(manifest.facts.get("mailbox", ""))}
        tell_json({**manifest.content, **named, "sealed_to": seen.recipients})
    else:
        _describe(manifest, seen.recipients)
    return 0


def _describe(manifest: Manifest, recipients: int) -> None:
    facts = {key: shown(value) for key, value in manifest.facts.items()}
    mailbox = facts.get("mailbox", "")
    tell(
        say(
            "« {designation} » · reçu le {day} · scellé pour {count} clé(s)",
            designation=designation(mailbox),
            day=facts.get("received", "?"),
            count=recipients,
        )
    )
    reply_to = facts.get("reply_to", "")
    tell(say("boîte {mailbox} · répondre à {reply_to}", mailbox=mailbox, reply_to=reply_to))
    tell(f"message.txt  {manifest.message_size}")
    for piece in manifest.pieces:
        named = say("nommé « {name} »", name=shown(piece.name))
        tell(f"{piece.member}  {piece.size}  {named}")


def _look(file: Path) -> envelope.Envelope:
    try:
        return envelope.look(file)
    except envelope.EnvelopeError as error:
        raise Refused("{name} n'est pas un fichier scellé.", NOT_FOR_US, name=file.name) from error


def verify(asked: Namespace) -> int:
    """Check a sealed file as far as it shows without a key, or a promotion bundle whole."""
    with asked.file.open("rb") as file:
        is_bundle = file.read(len(ZIP)) == ZIP
    return _verify_bundle(asked) if is_bundle else _verify_sealed(asked)


def _verify_bundle(asked: Namespace) -> int:
    try:
        told = promotion.read(asked.file)
    except promotion.PromotionError as error:
        raise Refused("Paquet refusé, champ : {field}", DAMAGED, field=error) from error
    if asked.json:
        tell_json({"format": told.format, "sha256": told.file.sha256, "readers": told.readers})
    else:
        tell(say("Paquet {format} : complet, relu par deux personnes.", format=told.format))
    return 0


def _verify_sealed(asked: Namespace) -> int:
    seen = _look(asked.file)
    if seen.profile == "age" and (seen.bucket is None or not seen.recipients):
        raise Refused("La longueur n'est pas celle d'un dossier : coupé ou rallongé.", DAMAGED)
    wrong = warn_of_keys(seen.recipients, asked.expect)
    if asked.json:
        bucket = {"bucket": seen.bucket, "profile": seen.profile}
        tell_json({**bucket, "sealed_to": seen.recipients})
    else:
        size = f"{seen.bucket >> 10} KiB" if seen.bucket else "?"
        told = {"profile": seen.profile, "count": seen.recipients, "size": size}
        tell(say("Profil {profile}, scellé pour {count} clé(s), taille {size}.", **told))
    return 1 if wrong else 0
