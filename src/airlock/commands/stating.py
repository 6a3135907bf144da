"""`canary sign` and `canary verify`: the statement that must come each month."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from airlock import canary
from airlock.keeping import new_file
from airlock.resealing import readers
from airlock.say import Refused, say
from airlock.unsealing import NO_TOOL

from .terminal import remark, tell, tell_json

WHY = {
    "missing": "La déclaration, sa signature ou la liste des signataires manque.",
    "shape": "Ce n'est pas une déclaration airlock-canary/1.",
    "forged": "La signature ne tient pas : ne montrez pas cette déclaration.",
    "expired": "La déclaration est périmée : il en faut une nouvelle.",
    "early": "La déclaration est datée de l'avenir : vérifiez l'horloge.",
    "keys": "Les clés déclarées ne sont pas celles qui servent : prévenez les lecteurs.",
    "address": "L'adresse déclarée n'est pas celle-ci.",
    "tool": "Il manque ssh-keygen. Sur Debian ou Tails : apt install openssh-client.",
}


def signature_of(statement: Path) -> Path:
    """Return where the signature of a statement stands: beside it."""
    return statement.with_name(statement.name + ".sig")


def sign(asked: Namespace) -> int:
    """Write the statement of the day, or take the one that is there, and sign it."""
    try:
        if asked.statement.exists():
            text = asked.statement.read_text("utf-8")
            canary.check(canary.parse(text), asked.today)
            with new_file(signature_of(asked.statement)) as part:
                part.write_bytes(canary.sign(text, asked.key))
        else:
            _write(asked)
    except canary.CanaryError as error:
        raise _refused(error) from error
    tell(str(signature_of(asked.statement)))
    return 0


def _write(asked: Namespace) -> None:
    if not (asked.onion and asked.recipients and asked.fact):
        raise Refused("Une nouvelle déclaration demande --onion, --recipients et --fact.")
    keys = readers([], asked.recipients)
    text = canary.state(asked.today, asked.onion, keys, " ".join(asked.fact.split())).text()
    remark(text)
    with new_file(signature_of(asked.statement)) as signed, new_file(asked.statement) as part:
        part.write_text(text, "utf-8")
        signed.write_bytes(canary.sign(text, asked.key))


def verify(asked: Namespace) -> int:
    """Exit 0 when the statement holds today, 1 when it must not be shown as valid."""
    keys = readers([], asked.recipients) if asked.recipients else []
    signature = asked.signature or signature_of(asked.statement)
    try:
        stated = canary.verify(
            asked.statement,
            signature,
            asked.signers,
            asked.today,
            recipients=keys,
            onion=asked.onion or "",
        )
    except canary.CanaryError as error:
        if error.reason == "tool":
            raise _refused(error) from error
        remark(say(WHY[error.reason]))
        if asked.json:
            tell_json({"valid": False, "reason": error.reason})
        return 1
    if asked.json:
        until = {"valid_until": stated.valid_until.isoformat(), "onion": stated.onion}
        tell_json({"valid": True, "date": stated.dated.isoformat(), **until})
    else:
        tell(say("Déclaration valable jusqu'au {day}.", day=stated.valid_until))
    if stated.is_stale(asked.today):
        remark(say("Elle a plus de 21 jours : préparez la suivante."))
    return 0


def _refused(error: canary.CanaryError) -> Refused:
    return Refused(WHY[error.reason], NO_TOOL if error.reason == "tool" else 2)
