"""Look whether a copy elsewhere is whole, with the manners of the watch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from urllib.parse import quote, urljoin

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Unavailable, gettext_noop
from contrechamp.mirror.domain.manifest import (
    MANIFEST,
    SIGNATURE,
    Difference,
    NoManifest,
    read_manifest,
)
from contrechamp.mirror.models import KnownMirror

from .known import clean_address

SAMPLE = 10

Fetch = Callable[[str], bytes]
"""Return what is at an address, or raise `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found at an address."""

    address: str
    day: str
    files: int
    looked_at: int
    is_signed: bool
    difference: Difference

    @property
    def is_good(self) -> bool:
        """Answer whether all that was looked at is signed and as the manifest says."""
        return self.is_signed and not self.difference


def check_mirror(
    address: str, *, fetch: Fetch, now: datetime, key: str = "", sample: int = SAMPLE
) -> Checked:
    """Read the manifest of a copy and a few of its files; note what was found if it is known.

    Which files is drawn from the manifest and the day, so that who keeps the copy cannot know long
    before. `key`: the public key (PEM) to check with; that of the known mirror, or this site's own.
    Raise `Unavailable` when nothing answers.
    """
    address = clean_address(address)
    known = KnownMirror.objects.filter(address=address).first()
    pem = key or (known.key if known else "") or signing.public_key()
    try:
        found = _look(address, fetch, pem, now, sample)
    except (Unavailable, NoManifest) as error:
        if known:
            _note(known, now, trouble=str(error)[:300])
        raise
    if known:
        _note(known, now, trouble=_trouble(found), day=found.day if found.is_good else "")
    return found


def _look(address: str, fetch: Fetch, pem: str, now: datetime, sample: int) -> Checked:
    content = fetch(urljoin(address, MANIFEST))
    manifest = read_manifest(content)
    signature = fetch(urljoin(address, SIGNATURE))
    paths = sorted(manifest.files)
    draw = Random(f"{hashlib.sha256(content).hexdigest()} {now:%Y-%m-%d %H}")  # noqa: S311
    chosen = draw.sample(paths, min(sample, len(paths)))
    return Checked(
        address=address,
        day=manifest.day,
        files=len(paths),
        looked_at=len(chosen),
        is_signed=signing.check(content, signature, pem),
        difference=_compared(address, chosen, manifest.files, fetch),
    )


def _compared(
    address: str, chosen: Sequence[str], files: Mapping[str, tuple[int, str]], fetch: Fetch
) -> Difference:
    missing, changed = [], []
    for path in chosen:
        try:
            content = fetch(urljoin(address, quote(path, safe="/~,=!-._")))
        except Unavailable:
            missing.append(path)
            continue
        if (len(content), hashlib.sha256(content).hexdigest()) != files[path]:
            changed.append(path)
    return Difference(missing=tuple(sorted(missing)), changed=tuple(sorted(changed)))


def _trouble(found: Checked) -> str:
    if not found.is_signed:
        return gettext_noop("La signature n'est pas celle de la clé connue.")
    return gettext_noop("Des fichiers manquent ou ont changé.") if found.difference else ""


def _note(known: KnownMirror, now: datetime, *, trouble: str, day: str = "") -> None:
    known.checked_at, known.trouble = now, trouble
    if day:
        known.verified_at, known.copy_day = now, date.fromisoformat(day)
    known.save(update_fields=["checked_at", "trouble", "verified_at", "copy_day"])
