"""`contrechamp-intake init | check | serve | tidy`: the door's command."""

from __future__ import annotations

import argparse
import ipaddress
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from . import calendar, config, founding, tidying

DONE, USAGE, UNSAFE = 0, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 done, 2 bad usage, 3 unsafe and therefore not done."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (config.Unsafe, OSError, RuntimeError) as problem:
        sys.stderr.write(f"contrechamp-intake: refused: {problem}\n")
        return UNSAFE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="contrechamp-intake", description="The anonymous door over Tor."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="make the directory of a door")
    init.add_argument("dir", type=Path, metavar="DIR", help="must not exist")
    init.add_argument(
        "--recipient",
        action="append",
        required=True,
        metavar="KEY",
        help="a reader's public key (age1…), or the file of a certificate for openpgp; repeat it",
    )
    init.add_argument("--profile", default="age", choices=config.PROFILES)
    init.add_argument("--onion", default="", metavar="NAME.onion")
    init.set_defaults(run=_init)
    serve = commands.add_parser("serve", help="open the door; silent once it is ready")
    serve.add_argument("dir", type=Path, metavar="DIR")
    where = serve.add_mutually_exclusive_group(required=True)
    where.add_argument("--unix", type=Path, metavar="SOCKET", help="for tor: the only way to serve")
    where.add_argument("--bind", type=_loopback, metavar="127.0.0.1:PORT", help="for trials")
    serve.set_defaults(run=_serve)
    check = commands.add_parser("check", help="look at the door and its machine; say what to do")
    check.add_argument("dir", type=Path, metavar="DIR")
    check.set_defaults(run=_check)
    tidy = commands.add_parser("tidy", help="each night: orders, retention, new inodes")
    tidy.add_argument("dir", type=Path, metavar="DIR")
    tidy.add_argument("--today", type=date.fromisoformat, metavar="DAY", help="as YYYY-MM-DD")
    tidy.set_defaults(run=_tidy)
    return parser


def _loopback(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    try:
        is_loopback = ipaddress.ip_address(host.strip("[]")).is_loopback
        number = int(port)
    except ValueError:
        is_loopback, number = False, 0
    if not is_loopback or not 0 < number < 65_536:
        raise argparse.ArgumentTypeError(
            "only a loopback address and a port, as 127.0.0.1:8000; tor uses --unix"
        )
    return host.strip("[]"), number


def _init(arguments: argparse.Namespace) -> int:
    founding.found(
        arguments.dir.absolute(), arguments.recipient, arguments.profile, arguments.onion
    )
    count = len(arguments.recipient)
    advice = "" if count > 1 else " Two readers at least are advised: one can be lost."
    sys.stdout.write(f"A door for {count} reader(s) is in {arguments.dir}.{advice}\n")
    return DONE


def _serve(arguments: argparse.Namespace) -> int:
    door = config.load(arguments.dir.resolve())
    tidying.sweep(door)
    from . import server, settings
    from .door import Door

    settings.configure(door)
    application = Door(door)
    settings.warm()
    if arguments.unix:
        listener = server.listen_unix(arguments.unix.absolute())
    else:
        listener = server.listen_loopback(*arguments.bind)
    sys.stdout.write("contrechamp-intake: ready\n")
    sys.stdout.flush()
    server.harden()
    server.Server(listener, application, door.limits.connections).run()
    return DONE


def _tidy(arguments: argparse.Namespace) -> int:
    door = config.load(arguments.dir.resolve())
    chosen = arguments.today
    done = tidying.tidy(door, calendar.day_number(chosen) if chosen else calendar.today())
    if done.unclear:
        sys.stderr.write(
            f"contrechamp-intake: {done.unclear} order(s) in orders/ not obeyed:"
            " a destruction takes the names of two different readers, one a line\n"
        )
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    from .inspection import inspect

    findings = inspect(arguments.dir.resolve())
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    return UNSAFE if any(finding.is_unsafe for finding in findings) else DONE
