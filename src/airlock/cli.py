"""`contrechamp-desk`: the readers' tool for an offline machine. No network, no Django.

Exit codes: 0 done · 1 what was to be checked does not hold · 2 refused or bad use · 4 not for
this key, or damaged · 5 content refused · 6 a program is missing.
"""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

from .commands import answering, keys, opening, promoting, scrubbing, stating
from .commands.terminal import remark
from .keeping import sweep
from .say import Refused, say
from .unsealing import has_pyrage


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code. A failure is a sentence, never a traceback."""
    has_pyrage()  # Loaded before any signal is heard: a signal in the middle would break it.
    signal.signal(signal.SIGTERM, _leave)  # So that working folders go.
    os.umask(0o077)
    asked = parser().parse_args(argv)
    try:
        return int(asked.run(asked))
    except Refused as refused:
        remark(f"contrechamp-desk: {refused}")
        return refused.code
    except KeyboardInterrupt as ended:
        remark(say("Interrompu : rien n'a été gardé."))
        return 143 if isinstance(ended, Ended) else 130
    except OSError as error:
        remark(f"contrechamp-desk: {error.strerror or error} ({error.filename or '–'})")
        return 2
    finally:
        sweep()


class Ended(KeyboardInterrupt):
    """A signal asks the tool to end. A SystemExit met by Rust leaves at once, cleaning nothing."""


def _leave(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # Once is enough: what follows must not be cut short.
    raise Ended


def parser() -> ArgumentParser:
    """Return the whole command line."""
    about = say("L'outil hors ligne des lecteurs.")
    top = ArgumentParser(prog="contrechamp-desk", description=about)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> ArgumentParser:
        return commands.add_parser(name, help=say(about), description=say(about))

    _opening(command("open", "Ouvrir un dossier scellé dans un nouveau dossier."))
    _verifying(command("verify", "Vérifier un fichier scellé sans clé, ou un paquet."))
    _keygen(command("keygen", "Fabriquer la clé d'un lecteur."))
    _reply(command("reply", "Sceller une réponse (texte sur l'entrée) pour une source."))
    _note(command("note", "Sceller une note pour les lecteurs, ou en lire une."))
    _reseal(command("reseal", "Sceller un dossier pour d'autres lecteurs."))
    _scrub(command("scrub", "Faire une copie publique sans métadonnées."))
    _promote(command("promote", "Préparer le paquet d'un document pour l'observatoire."))
    _canary(command("canary", "Signer ou vérifier la déclaration mensuelle."))
    return top


def _readers(made: ArgumentParser, *, required: bool = False) -> None:
    kind = made.add_mutually_exclusive_group(required=True) if required else made
    kind.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="KEY",
        help=say("clé publique (répétable)"),
    )
    kind.add_argument(
        "--recipients",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=say("fichier de clés publiques, une par ligne"),
    )


def _opening(made: ArgumentParser) -> None:
    made.add_argument("file", type=_file, metavar="FILE")
    made.add_argument("--identity", type=_file, metavar="KEYFILE")
    made.add_argument("--into", type=Path, required=True, metavar="OUT")
    made.add_argument("--expect", type=_count, metavar="N", help=say("nombre de lecteurs attendus"))
    made.add_argument("--json", action="store_true")
    made.set_defaults(run=opening.open_dossier)


def _verifying(made: ArgumentParser) -> None:
    made.add_argument("file", type=_file, metavar="FILE")
    made.add_argument("--expect", type=_count, metavar="N", help=say("nombre de lecteurs attendus"))
    made.add_argument("--json", action="store_true")
    made.set_defaults(run=opening.verify)


def _keygen(made: ArgumentParser) -> None:
    made.add_argument("--out", type=Path, required=True, metavar="F")
    made.add_argument("--no-passphrase", action="store_true")
    made.set_defaults(run=keys.keygen)


def _reply(made: ArgumentParser) -> None:
    made.add_argument("--to", required=True, metavar="RECIPIENT")
    made.add_argument("--out", type=Path, required=True, metavar="F")
    made.set_defaults(run=answering.reply)


def _note(made: ArgumentParser) -> None:
    made.add_argument("--for", dest="about", type=Path, metavar="FILE")
    _readers(made)
    made.add_argument("--out", type=Path, metavar="F")
    made.add_argument("--read", type=_file, metavar="NOTE", help=say("lire une note"))
    made.add_argument("--identity", type=_file, metavar="KEYFILE")
    made.set_defaults(run=answering.note)


def _reseal(made: ArgumentParser) -> None:
    made.add_argument("file", type=_file, metavar="FILE")
    made.add_argument("--identity", type=_file, metavar="KEYFILE")
    _readers(made, required=True)
    made.add_argument("--out", type=Path, metavar="F")
    made.set_defaults(run=answering.reseal_dossier)


def _scrub(made: ArgumentParser) -> None:
    made.add_argument("file", type=_file, nargs="?", metavar="FILE")
    made.add_argument("--out", type=Path, required=True, metavar="F")
    made.add_argument(
        "--retype", action="store_true", help=say("le texte recopié vient de l'entrée standard")
    )
    made.add_argument("--json", action="store_true")
    made.set_defaults(run=scrubbing.clean)


def _promote(made: ArgumentParser) -> None:
    made.add_argument("file", type=_file, nargs="?", metavar="CLEAN")
    made.add_argument("--confirm", type=_file, metavar="PROPOSAL")
    made.add_argument("--out", type=Path, required=True, metavar="B.zip")
    for name in ("--title", "--doc-type"):
        made.add_argument(name, metavar="TEXT")
    for name in ("--dated", "--authority"):
        made.add_argument(name, default="", metavar="TEXT")
    made.add_argument("--language", default="fr", metavar="CODE")
    made.add_argument("--subject", action="append", default=[], metavar="CODE")
    made.add_argument("--obtained", type=int, metavar="YEAR")
    made.add_argument("--check", action="append", default=[], metavar="BOX")
    made.add_argument("--preview", type=Path, metavar="DIR", help=say("garder l'aperçu"))
    made.add_argument("--yes", action="store_true", help=say("d'accord, après avoir regardé"))
    made.add_argument("--today", type=_day, default=_today(), metavar="DAY")
    made.set_defaults(run=promoting.promote)


def _canary(made: ArgumentParser) -> None:
    verbs = made.add_subparsers(dest="verb", required=True, metavar="sign|verify")
    signing, verifying = verbs.add_parser("sign"), verbs.add_parser("verify")
    for each in (signing, verifying):
        each.add_argument("statement", type=Path, metavar="STATEMENT")
        each.add_argument("--onion", metavar="NAME.onion")
        each.add_argument("--recipients", action="append", default=[], type=_file, metavar="FILE")
        each.add_argument("--today", type=_day, default=_today(), metavar="DAY")
    signing.add_argument("--key", type=_file, required=True, metavar="SSHKEY")
    signing.add_argument("--fact", metavar="TEXT", help=say("un fait public du jour"))
    signing.set_defaults(run=stating.sign)
    verifying.add_argument("--signers", type=_file, required=True, metavar="ALLOWED_SIGNERS")
    verifying.add_argument("--signature", type=_file, metavar="SIG")
    verifying.add_argument("--json", action="store_true")
    verifying.set_defaults(run=stating.verify)


def _today() -> date:
    return datetime.now(UTC).date()


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(say("{name} n'existe pas ou n'est pas un fichier", name=path.name))
    return path


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 99:
        raise ArgumentTypeError(say("un nombre de 1 à 99"))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(say("un jour, comme 2026-01-31")) from error
