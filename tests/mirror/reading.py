"""Reads a copy as a browser would: every link and every fragment of every page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

TAG = re.compile(r"<[a-z][^>]*>")
ATTRIBUTE = re.compile(r'\s(href|src|action|srcset|poster)="([^"]*)"')
ID = re.compile(r'\s(?:id|name)="([^"]*)"')


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by its name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def pages(folder: Path) -> dict[str, str]:
    """Return every page of a copy."""
    return {
        name: content.decode() for name, content in files(folder).items() if name.endswith(".html")
    }


def broken(folder: Path, *, live: str = "") -> list[str]:
    """Return each link of a copy that leads nowhere, or out of it without saying so."""
    names = set(files(folder))
    anchors = {name: set(map(unescape, ID.findall(text))) for name, text in pages(folder).items()}
    wrong = []
    for name, text in pages(folder).items():
        for tag in TAG.findall(text):
            for attribute, value in ATTRIBUTE.findall(tag):
                for link in _parts(attribute, unescape(value)):
                    if trouble := _trouble(name, tag, link, names, anchors, live):
                        wrong.append(f"{name}: {trouble} ({link})")
    return wrong


def _parts(attribute: str, value: str) -> list[str]:
    if attribute != "srcset":
        return [value]
    return [part.strip().partition(" ")[0] for part in value.split(",")]


def _trouble(
    page: str, tag: str, link: str, names: set[str], anchors: dict[str, set[str]], live: str
) -> str:
    parts = urlsplit(link)
    if parts.scheme in ("http", "https") or parts.netloc:
        is_link = tag.startswith(("<a ", "<a\n"))
        if live and link.startswith(live):
            return "" if "data-live" in tag else "leads to the site without a mark"
        return "" if is_link else "asks somebody else"
    if parts.scheme in ("data", "mailto", "tel"):
        return ""
    if link.startswith("/"):
        return "leads from the top of a server"
    target = normpath(f"{dirname(page)}/{unquote(parts.path)}").lstrip("/") if parts.path else page
    if target not in names:
        return "leads to no file"
    if parts.fragment and unquote(parts.fragment) not in anchors.get(target, set()):
        return "leads to no part of its page"
    return ""
