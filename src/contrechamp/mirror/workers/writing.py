"""Answers of the site made files of a copy, in workers; static files with them."""

from __future__ import annotations

import hashlib
import pickle
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, normpath

import django
from django.apps import apps

CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer, and the file that it becomes."""

    language: str
    address: str
    content_type: str
    raw: Path
    file: str
    as_is: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Some answers to write."""

    pages: tuple[Page, ...]
    plan: Path
    """A pickle of `Plan`, which each worker reads once."""
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all pages of a copy need to be written."""

    files: Mapping[tuple[str, str], str]
    had: Mapping[str, tuple[int, str]]
    """What lies in the copy already: it is not written again."""
    host: str
    live: str
    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file of the copy."""

    file: str
    size: int
    digest: str
    led: tuple[str, ...] = ()
    """Static files that it needs, by their address."""


@lru_cache(maxsize=1)
def _plan(path: Path) -> Plan:
    plan: Plan = pickle.loads(path.read_bytes())  # noqa: S301 - written by this very run.
    return plan


def write(sheet: Sheet) -> list[Written]:
    """Rewrite some answers, and put them into the folder unless they are in the copy. For bulk."""
    if not apps.ready:
        django.setup()
    plan = _plan(sheet.plan)
    return [_written(page, plan, sheet.folder) for page in sheet.pages]


def _written(page: Page, plan: Plan, folder: Path) -> Written:
    from contrechamp.mirror.domain import rewriting

    if page.content_type == "text/html" and not page.as_is:
        place = rewriting.Place(
            address=page.address,
            file=page.file,
            language=page.language,
            host=plan.host,
            live=plan.live,
            files=plan.files,
            words=plan.words[page.language],
        )
        text = rewriting.rewrite(page.raw.read_text(), place)
        needs = tuple(sorted(set(_static(text, page.file))))
        return put(folder, page.file, text.encode(), plan.had, needs)
    if plan.live or page.as_is or not TEXTS.fullmatch(page.content_type):
        return _moved(page, plan, folder)
    # A calendar folds its lines (RFC 5545, 3.1), in the midst of a name too.
    folded = rb"(?:\r?\n )?".join(re.escape(sign).encode() for sign in plan.host)
    content = re.sub(folded, b"", page.raw.read_bytes())
    return put(folder, page.file, content, plan.had)


TEXTS = re.compile(r"text/.*|application/(?:.*\+)?(?:json|xml|x-ndjson|jsonl)|image/svg\+xml")
"""Content that may hold the name under which pages are made, which is in no file of a copy but as
the authority of an identifier (`tag:copie.invalid,2026:…`), where it leads nowhere."""


def _moved(page: Page, plan: Plan, folder: Path) -> Written:
    """Take a file as it is, whatever its size."""
    digest, size = hashlib.sha256(), 0
    with page.raw.open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
            size += len(block)
    one = Written(file=page.file, size=size, digest=digest.hexdigest())
    if plan.had.get(page.file) != (size, one.digest):
        target = folder / page.file
        target.parent.mkdir(parents=True, exist_ok=True)
        page.raw.replace(target)
    return one


def put(
    folder: Path,
    file: str,
    content: bytes,
    had: Mapping[str, tuple[int, str]],
    led: Iterable[str] = (),
) -> Written:
    """Write a file into the folder of what is new, unless the copy has it."""
    digest = hashlib.sha256(content).hexdigest()
    if had.get(file) != (len(content), digest):
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Written(file=file, size=len(content), digest=digest, led=tuple(led))


LINKED = re.compile(r'\s(?:href|src)="([^"#?]*static/[^"#?]*)"')


def _static(text: str, file: str) -> Iterator[str]:
    for link in LINKED.findall(text):
        found = normpath(f"{dirname(file)}/{link}").lstrip("/")
        if found.startswith("static/"):
            yield found


def static_files(
    wanted: Iterable[str], folder: Path, had: Mapping[str, tuple[int, str]]
) -> Iterator[Written]:
    """Yield the static files that pages need, and those that these need."""
    waiting, seen = sorted(set(wanted)), set[str]()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        content = _asset(file.removeprefix("static/"))
        yield put(folder, file, content, had)
        if file.endswith(".css"):
            for link in CSS_URL.findall(content.decode()):
                if not link.startswith(("data:", "#", "http:", "https:")):
                    waiting.append(normpath(f"{dirname(file)}/{link.partition('#')[0]}"))


def _asset(name: str) -> bytes:
    """Return a static file: from where the server has it, or from our sources."""
    from django.contrib.staticfiles import finders
    from django.contrib.staticfiles.storage import staticfiles_storage

    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            content: bytes = file.read()
            return content
    if found := finders.find(name):
        return Path(str(found)).read_bytes()
    raise FileNotFoundError(f"no static file {name}: run `contrechamp init`")


def drop(folder: Path) -> None:
    """Remove a folder of ours with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)
