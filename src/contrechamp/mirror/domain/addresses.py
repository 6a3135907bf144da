"""Which file an address of the site becomes, and how one file leads to another.

The rules are in `docs/decisions/0023-static-mirror.md`. A name holds only signs that every file
system has, FAT included, and that no browser reads as anything else.
"""

from __future__ import annotations

import hashlib
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

SITE = "site:"
LONGEST = 120
"""So long a part of a name may be; a longer one is cut and told apart by its hash."""
PLAIN = "~-._"
ENDINGS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/atom+xml": ".atom",
    "text/calendar": ".ics",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "message/rfc822": ".eml",
}
"""What a file is called whose address has no ending, so that a double click opens it."""


def normal(address: str) -> str:
    """Return an address of the site in one spelling: the first page of a list is the list."""
    path, _, query = address.partition("?")
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair != ("page", "1")]
    return f"{path}?{urlencode(sorted(pairs))}" if pairs else path


def questions(address: str) -> tuple[str, ...]:
    """Return the names of an address's question, in order, each once."""
    names = parse_qsl(address.partition("?")[2], keep_blank_values=True)
    return tuple(sorted({name for name, _ in names}))


def read_link(value: str, page: str, host: str) -> tuple[str, str] | None:
    """Return the address of the site that a link on a page means, and its fragment.

    None for what leads elsewhere. `host`: scheme and name under which the page was made.
    """
    if value.startswith(("#", "data:", "mailto:", "tel:", "javascript:")):
        return None
    whole = urlsplit(urljoin(f"{host}{page}", value))
    if f"{whole.scheme}://{whole.netloc}" != host:
        return None
    address = f"{whole.path or '/'}?{whole.query}" if whole.query else whole.path or "/"
    return normal(address), whole.fragment


def file_name(address: str, content_type: str, folder: str = "") -> str:
    """Return the file of an address, below a folder (`en/`): `/projets` is `projets.html`."""
    path, _, query = address.partition("?")
    name = "/".join(_plain(part) for part in path.strip("/").split("/"))
    asked = _plain("~" + ",".join(f"{key}={each}" for key, each in parse_qsl(query, True)))
    asked = asked if query else ""
    if content_type == "text/html":
        if not name or path.endswith("/"):
            return f"{folder}{name + '/' if name else ''}index{asked}.html"
        return f"{folder}{name}{asked}.html"
    stem, dot, ending = name.rpartition(".")
    if dot and "/" not in ending:
        return f"{folder}{stem}{asked}.{ending}"
    return f"{folder}{name}{asked}{ENDINGS.get(content_type, '')}"


def _plain(part: str) -> str:
    plain = quote(part.rstrip(" ."), safe=PLAIN + ",=%").replace("%", "!")
    if len(plain) <= LONGEST:
        return plain
    return f"{plain[: LONGEST - 17]}-{hashlib.sha256(part.encode()).hexdigest()[:16]}"


def lead(source: str, target: str, fragment: str = "") -> str:
    """Return the link from one file to another, both named from the top of the copy."""
    link = quote(relpath(target, dirname(source) or "."), safe="/~,=!-._")
    return f"{link}#{fragment}" if fragment else link
