"""Bytes to text when the label of the charset is missing, unknown or wrong."""

from __future__ import annotations

import codecs
import itertools

from contrechamp.documents.domain.textual import decode, legacy_encoding

NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
"""Names that Python knows and that no message means."""
LATIN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252", "latin-1"})
EAST = frozenset({"gb18030", "gb2312", "gbk", "big5", "euc_jp", "euc_kr", "shift_jis", "cp932"})


def decoded(content: bytes, label: str | None = None) -> str:
    """Decode by the label when that makes sense, else by what the bytes look like.

    UTF-8 under a Latin label is UTF-8; lone accents under a Chinese label are French.
    """
    name = _known(label)
    if name and content.isascii() and name != "utf-7" and not _shifts(name):
        return content.decode("ascii")
    if name in LATIN or (name in EAST and _has_lone_accents(content)):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            name = "cp1252" if name in {"ascii", "latin-1", "iso8859-1"} else name
            return decode(content, None if name in EAST | {"cp1252"} else name)
    return decode(content, name)


def _known(label: str | None) -> str | None:
    plain = (label or "").strip(" \"'").lower()
    try:
        name = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return None
    return None if name in NOT_CHARSETS else {"gb2312": "gb18030"}.get(name, name)


def _shifts(name: str) -> bool:
    """Answer whether a charset writes other letters with ASCII bytes."""
    return name.startswith(("iso2022", "utf-16", "utf-32", "hz", "cp037", "cp500", "cp1026"))


def _has_lone_accents(content: bytes) -> bool:
    """Answer whether bytes above 127 stand alone between letters, as accents do."""
    high = [at for at, byte in enumerate(content) if byte > 127]
    beside = sum(1 for one, other in itertools.pairwise(high) if other - one == 1)
    return beside * 4 < len(high) and legacy_encoding(content) == "cp1252"
