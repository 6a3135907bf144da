"""Files that members bring: what of a name is kept, what never, what was taken out of them."""

from __future__ import annotations

import re
import unicodedata

from contrechamp.kernel.errors import gettext_noop

LONGEST = 100
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
"""The types that may go with a post, and how the names of such files end."""
TOLD = {
    "place": gettext_noop("position"),
    "author": gettext_noop("auteur"),
    "date": gettext_noop("date"),
    "device": gettext_noop("appareil ou logiciel"),
    "other": gettext_noop("autres indications"),
}
"""What a file told of its maker, in words for who brought it."""


def clean_name(name: str, media_type: str) -> str:
    """Return a name without folders, marks of control and directions; it ends as its type does."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        " " if unicodedata.category(sign) in {"Zl", "Zp", "Zs"} else sign
        for sign in unicodedata.normalize("NFC", last)
        if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    plain = re.sub(r'[<>:"|?*]', "-", " ".join(plain.split()))
    stem, dot, ending = plain.rpartition(".")
    known = dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending)
    stem = (stem if known else plain).strip(" .-") or "piece"
    return f"{stem[:LONGEST]}.{ENDINGS[media_type]}"
