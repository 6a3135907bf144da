"""The whole public site written as files, completely or not at all."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext, override

from contrechamp.foundation import bulk, signing
from contrechamp.foundation.bulk import Done
from contrechamp.foundation.copying import Copy, copying
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop
from contrechamp.mirror.domain.addresses import file_name
from contrechamp.mirror.domain.manifest import (
    KEY,
    MANIFEST,
    SIGNATURE,
    WORK,
    Manifest,
    NoManifest,
    read_manifest,
)
from contrechamp.mirror.shown import own_pages
from contrechamp.mirror.workers.rendering import Got
from contrechamp.mirror.workers.writing import (
    Page,
    Plan,
    Sheet,
    Written,
    drop,
    put,
    static_files,
    write,
)

from .gathering import Gathering, Rules, all_entries
from .searching import index_files, read_entries, sections
from .verifying import on_disk

PLACING = "placing"
"""The list of files that are being put in their places, while they are."""
NOWHERE = "https://copie.invalid"
"""The name under which pages are made when the site's own is not known: it is in no file."""
TOGETHER = 60
ACTIVE = {"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"}
"""Documents of others that a browser would run: a copy shows them as text, byte for byte."""
FOLDERS = {"fr": "", "en": "en/"}


class NotOurs(Refused):
    """The folder holds something else than a copy."""


class Incomplete(Unavailable):
    """Pages could not be made; the copy is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What a run did."""

    pages: int
    files: int
    bytes: int
    written: int
    removed: int


Progress = Callable[[str, int, int], object]


def export_site(
    folder: Path,
    *,
    today: date,
    live: str = "",
    workers: int | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Exported:
    """Write the public site into a folder; rewrite only what changed, remove what is gone.

    Raise `NotOurs` for a folder that holds something else, `Refused` for an address that is none,
    and `Incomplete` when a page cannot be made: the folder then holds the copy that it held.
    """
    live = _checked(live)
    before = _look(folder)
    work = folder / WORK
    drop(work)
    (work / "raw").mkdir(parents=True)
    (work / "new").mkdir()
    run = _Run(
        folder=folder,
        work=work,
        copy=Copy(day=today, live=live),
        host=live or NOWHERE,
        had=dict(before.files) if before else {},
        workers=workers,
        progress=progress,
    )
    signing.own_keys()  # Made before the pages that show the public key.
    files = run.make()
    return _settle(folder, work, before, files, run)


def _checked(live: str) -> str:
    if not live:
        return ""
    parts = urlsplit(live)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise Refused(
            gettext_noop("Adresse inattendue : « {live} ». Écrivez-la comme https://example.org"),
            live=live,
        )
    return f"{parts.scheme}://{parts.netloc}"


def _look(folder: Path) -> Manifest | None:
    """Return the manifest of the copy that a folder holds; None for an empty folder.

    What counts is what lies there: a file that somebody changed, or a run that was cut while files
    were being put in their places, is put right by the next run. Files of others stay.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
    if not folder.is_dir():
        raise NotOurs(gettext_noop("« {folder} » n'est pas un dossier."), folder=str(folder))
    work, manifest = folder / WORK, folder / MANIFEST
    placing = _placing(work)
    found = None
    if manifest.exists():
        try:
            found = read_manifest(manifest.read_bytes())
        except NoManifest:
            found = None
    if found is None and not work.exists() and any(folder.iterdir()):
        raise NotOurs(
            gettext_noop(
                "« {folder} » n'est pas vide et n'est pas une copie du site : choisissez un autre"
                " dossier, ou videz celui-ci."
            ),
            folder=str(folder),
        )
    if not found and placing is None:
        return None
    disk = on_disk(folder)
    said = found or Manifest(origin="", version="", day="")
    names = {*said.files, *(placing or ())}
    ours = {name: disk.get(name, (-1, "")) for name in names}
    return Manifest(
        origin=said.origin,
        version=said.version,
        day=said.day,
        previous=said.previous,
        files=ours,
    )


def _placing(work: Path) -> list[str] | None:
    """Return what a run was putting in place when it was cut; None if none was."""
    try:
        names: list[str] = json.loads((work / PLACING).read_text())
    except (OSError, ValueError):
        return None
    return names


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run of the export."""

    folder: Path
    work: Path
    copy: Copy
    host: str
    had: dict[str, tuple[int, str]]
    workers: int | None
    progress: Progress
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: int = 0
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def make(self) -> dict[str, tuple[int, str]]:
        """Make every file of the copy; those that it has not yet lie in the work folder then."""
        walk = Gathering(
            day=self.copy.day,
            host=self.host,
            live=self.copy.live,
            folder=self.work / "raw",
            rules=Rules(),
        )
        walk.start(all_entries())
        walk.run(workers=self.workers, progress=lambda a, b: self.progress("pages", a, b))
        if walk.failed:
            raise Incomplete(
                gettext_noop(
                    "{count} pages n'ont pas pu être faites, la copie est restée comme elle était :"
                    " {which}"
                ),
                count=len(walk.failed),
                which=", ".join(sorted(walk.failed)[:5]),
            )
        pages = self._name(walk.got)
        needs = self._search(pages)
        needs |= self._write(pages)
        for one in static_files(needs, self._new, self.had):
            self._note(one)
        return self.files

    @property
    def _new(self) -> Path:
        return self.work / "new"

    def _note(self, one: Written) -> None:
        self.files[one.file] = (one.size, one.digest)

    def _name(self, got: dict[tuple[str, str], Got]) -> list[Page]:
        """Give each answer its file; what is the same in both languages is one file."""
        pages, taken = [], set[str]()
        for (language, address), one in sorted(got.items(), key=lambda item: item[0][::-1]):
            if one.raw is None or (language != "fr" and self._is_same(one, got)):
                continue
            kind = one.content_type
            if one.as_is and kind in ACTIVE:
                kind = "text/plain"
            file = file_name(address, kind, FOLDERS[language])
            if file.casefold() in taken:
                raise Incomplete(
                    gettext_noop("Deux pages auraient le même fichier : {file}"), file=file
                )
            taken.add(file.casefold())
            self.names[language, address] = file
            pages.append(
                Page(
                    language=language,
                    address=address,
                    content_type=one.content_type,
                    raw=one.raw,
                    file=file,
                    as_is=one.as_is,
                )
            )
        for (language, address), one in got.items():
            if one.moved_to and (target := self._after(one.moved_to, language, got)):
                self.names[language, address] = target
        return pages

    def _is_same(self, one: Got, got: dict[tuple[str, str], Got]) -> bool:
        french = got.get(("fr", one.address))
        is_page = one.content_type == "text/html"
        return not is_page and french is not None and french.digest == one.digest

    def _after(self, address: str, language: str, got: dict[tuple[str, str], Got]) -> str | None:
        """Return the file that a redirection leads to in the end."""
        for _ in range(5):
            one = got.get((language, address))
            if one is None or not one.moved_to:
                break
            address = one.moved_to
        return self.names.get((language, address)) or self.names.get(("fr", address))

    def _search(self, pages: list[Page]) -> set[str]:
        """Make the search index, the directory and the other pages that only a copy has."""
        addresses = sorted({page.address for page in pages})
        for language, folder in FOLDERS.items():
            with copying(self.copy), override(language):
                find = self._finder(language)
                found = read_entries(all_entries(), find)
                for name, content in index_files(found, find):
                    self._note(put(self._new, f"{folder}recherche/{name}", content, self.had))
                parts = sections(found, addresses)
                for address, html in own_pages(self.copy, self.host, parts):
                    pages.append(self._own(language, folder, address, html))
            self.progress("search", len(found), len(found))
        return set()

    def _finder(self, language: str) -> Callable[[str], str | None]:
        names = self.names
        return lambda address: names.get((language, address)) or names.get(("fr", address))

    def _own(self, language: str, folder: str, address: str, html: str) -> Page:
        name = hashlib.sha256(f"{language} {address}".encode()).hexdigest()
        raw = self.work / "raw" / f"own-{name}"
        raw.write_text(html)
        file = file_name(address, "text/html", folder)
        self.names[language, address] = file
        return Page(
            language=language, address=address, content_type="text/html", raw=raw, file=file
        )

    def _write(self, pages: list[Page]) -> set[str]:
        plan = self.work / "plan"
        words = {}
        for language in FOLDERS:
            with override(language):
                words[language] = {"form": gettext(FORM)}
        plan.write_bytes(
            pickle.dumps(
                Plan(
                    files=self.names,
                    had=self.had,
                    host=self.host,
                    live=self.copy.live,
                    words=words,
                )
            )
        )
        sheets = (
            Sheet(pages=part, plan=plan, folder=self._new) for part in _parts(pages, TOGETHER)
        )
        needs = set[str]()
        self.pages = sum(page.file.endswith(".html") for page in pages)
        for outcome in self._each(sheets):
            if not isinstance(outcome, Done):
                raise Incomplete(
                    gettext_noop("Des pages n'ont pas pu être écrites ({why})."),
                    why=outcome.reason,
                )
            for one in outcome.value:
                self._note(one)
                needs.update(one.led)
            self.progress("files", len(self.files), len(pages))
        return needs

    def _each(self, sheets: Iterable[Sheet]) -> Iterator[bulk.Outcome[Sheet, list[Written]]]:
        if self.workers == 0:
            return (Done(item=sheet, value=write(sheet)) for sheet in sheets)
        return bulk.run(write, sheets, workers=self.workers, cluster="")


FORM = gettext_noop("Ce formulaire demande un serveur : il marche sur le site lui-même.")


def _parts(pages: list[Page], size: int) -> Iterator[tuple[Page, ...]]:
    rest = iter(pages)
    while part := tuple(islice(rest, size)):
        yield part


def _settle(
    folder: Path,
    work: Path,
    before: Manifest | None,
    files: dict[str, tuple[int, str]],
    run: _Run,
) -> Exported:
    """Put what is new in its place, remove what is gone, and say what there is now."""
    new = work / "new"
    changed = sorted(path for path, each in files.items() if run.had.get(path) != each)
    gone = sorted(set(before.files if before else ()) - files.keys())
    (work / "placing.new").write_text(json.dumps(changed))
    (work / "placing.new").replace(work / PLACING)
    for path in changed:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (new / path).replace(target)
    for path in gone:
        (folder / path).unlink(missing_ok=True)
        _prune(folder, (folder / path).parent)
    _sign(folder, before, files, run.copy)
    drop(work)
    total = sum(size for size, _ in files.values())
    return Exported(
        pages=run.pages,
        files=len(files),
        bytes=total,
        written=len(changed),
        removed=len(gone),
    )


def _prune(top: Path, folder: Path) -> None:
    """Remove folders that became empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _sign(
    folder: Path, before: Manifest | None, files: dict[str, tuple[int, str]], copy: Copy
) -> None:
    """Write the manifest and its signature, unless they say this already."""
    path = folder / MANIFEST
    old = path.read_bytes() if path.exists() else b""
    manifest = Manifest(
        origin=copy.live,
        version=version("contrechamp"),
        day=copy.day.isoformat(),
        previous=hashlib.sha256(old).hexdigest() if old else "",
        files=files,
    )
    content = old if old and _content(old) == manifest.content else manifest.written()
    for name, data in (
        (SIGNATURE, signing.sign(content)),
        (KEY, signing.public_key().encode()),
        (MANIFEST, content),
    ):
        target = folder / name
        if not target.exists() or target.read_bytes() != data:
            beside = folder / WORK / name
            beside.write_bytes(data)
            beside.replace(target)


def _content(old: bytes) -> tuple[object, ...]:
    try:
        return read_manifest(old).content
    except NoManifest:
        return ()
