"""Sources are added, paused and started again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml
from django.utils.text import slugify

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.watch.domain.sites import read_site
from contrechamp.watch.models import Source

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

READS = ("raa", "decp", "boamp", "ted", "auto")


def known_sites() -> dict[str, dict[str, Any]]:
    """Return the prefectures that we know: code to name, departement, start pages and the rest."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(files("contrechamp.watch").joinpath("sites").iterdir(), key=str):
        if path.name.endswith(".yaml"):
            for entry in yaml.safe_load(path.read_text("utf-8")):
                found[str(entry["code"])] = entry
    return found


def add_source(
    kind: str,
    address: str,
    *,
    actor: User,
    now: datetime,
    name: str = "",
    title: str = "",
    departement: str = "",
    reads: str = "",
    every_hours: int = 24,
    configuration: Mapping[str, Any] | None = None,
) -> tuple[Source, bool]:
    """Add a source; return it, and whether it is new. The same name and address change nothing.

    For a prefecture, `address` may be the code of one that we know, as 83.
    """
    if kind not in Source.Kind.values:
        raise Refused(
            gettext_noop("« {kind} » n'est pas une sorte de source : choisissez parmi {known}."),
            kind=kind,
            known=", ".join(Source.Kind.values),
        )
    raw: dict[str, Any] = dict(configuration or {})
    if kind == "prefecture" and (
        site := known_sites().get(address.upper() if len(address) < 4 else address)
    ):
        raw = {**site.get("configuration", {}), **raw}
        name, title = name or site["name"], title or site["title"]
        departement, address = departement or site.get("departement", ""), raw["start"][0]
    address = _check_address(kind, address)
    reads = reads or ("raa" if kind == "prefecture" else "auto")
    if reads not in READS:
        raise Refused(
            gettext_noop("« {reads} » ne se lit pas : choisissez parmi {known}."),
            reads=reads,
            known=", ".join(READS),
        )
    read_site(raw)
    name = slugify(name or _name(kind, address))[:80]
    known = Source.objects.filter(name=name).first()
    if known and (known.kind, known.address) != (kind, address):
        raise Refused(gettext_noop("Une autre source s'appelle déjà « {name} »."), name=name)
    if known:
        return known, False
    return Source.objects.create(
        name=name,
        title=title or name,
        kind=kind,
        address=address,
        reads=reads,
        departement=departement.upper(),
        configuration=raw,
        every_hours=max(every_hours, 1),
        made_by=actor,
        made_at=now,
    ), True


def _check_address(kind: str, address: str) -> str:
    if kind == "folder":
        return str(Path(address).absolute())
    schemes = ("imap", "imaps") if kind == "mailbox" else ("http", "https")
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        raise Refused(
            gettext_noop("« {address} » n'est pas une adresse : elle commence par {scheme}://."),
            address=address,
            scheme=schemes[-1],
        )
    if parts.username or parts.password:
        raise Refused(gettext_noop("Une adresse de source ne contient ni nom ni mot de passe."))
    return address


def _name(kind: str, address: str) -> str:
    parts = urlsplit(address)
    said = f"{parts.hostname or ''} {parts.path}" if kind != "folder" else Path(address).name
    return f"{kind} {said.replace('.', ' ').replace('/', ' ')}"


def pause_source(name: str, *, reason: str = "") -> None:
    """Let a source rest until somebody starts it again."""
    _found(name)
    Source.objects.filter(name=name).update(state=Source.State.PAUSED, state_reason=reason)


def resume_source(name: str, *, now: datetime) -> None:
    """Let a source run again that was paused, blocked or failing."""
    _found(name)
    Source.objects.filter(name=name).update(
        state=Source.State.OK, state_reason="", failures=0, next_run_at=now
    )


def _found(name: str) -> Source:
    source = Source.objects.filter(name=name).first()
    if source is None:
        raise Refused(gettext_noop("Aucune source ne s'appelle « {name} »."), name=name)
    return source
