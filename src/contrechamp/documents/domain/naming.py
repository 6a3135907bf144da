"""How a document is named outside: its download, and how one cites it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "text/plain": "txt",
    "text/html": "html",
    "text/csv": "csv",
    "text/markdown": "md",
    "message/rfc822": "eml",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}


def download_name(*, dated: str, doc_type: str, title: str, sha256: str, mime: str) -> str:
    """Return a neutral file name: the name under which a file came can betray who sent it."""
    parts = (_plain(dated)[:10], _plain(doc_type), _plain(title)[:60], sha256[:8])
    return "-".join(part.strip("-") for part in parts if part) + f".{ENDINGS.get(mime, 'bin')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation says of a document."""

    title: str
    author: str
    dated: str
    page: str
    url: str
    sha256: str


def citation(cited: Cited, exact: str, *, page_word: str = "p.") -> str:
    """Return a passage as one quotes it in a text, with where it is from."""
    about = [cited.author, cited.title, cited.dated, f"{page_word}\u00a0{cited.page}", cited.url]
    source = ", ".join(part for part in about if part)
    words = " ".join(exact.split())
    return f"«\u00a0{words}\u00a0», {source}" if words else source


def bibtex(cited: Cited, exact: str) -> str:
    """Return the same as an entry for BibTeX."""
    year = re.search(r"\b(?:1[89]|20)\d\d\b", cited.dated)
    fields = {
        "title": cited.title,
        "author": f"{{{_tex(cited.author)}}}" if cited.author else "",
        "year": year.group() if year else "",
        "pages": cited.page,
        "url": cited.url,
        "note": f"SHA-256 {cited.sha256}",
        "annote": " ".join(exact.split()),
    }
    lines = [
        f"  {name} = {{{value if name in {'author', 'url'} else _tex(value)}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{contrechamp-{cited.sha256[:8]}-p{cited.page},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    """Write signs that mean something to TeX so that they mean themselves."""
    text = text.replace("\\", "\\textbackslash ").replace("{", "\\{").replace("}", "\\}")
    return re.sub(r"([&%$#_])", r"\\\1", text)


def _plain(text: str) -> str:
    """Fold a text to what every file system and mail program bears."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
