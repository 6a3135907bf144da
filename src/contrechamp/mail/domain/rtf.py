"""The words of an RTF text: enough for a letter that Outlook hid in a winmail.dat."""

from __future__ import annotations

import re

from .charsets import decoded

_TOKEN = re.compile(
    r"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})? ?"
    r"|\\(?P<sign>[^a-z])|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_APART = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "object", "htmltag"}
)
_SIGNS = {"par": "\n", "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•"}
_SIGNS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}


def words_of(rtf: bytes) -> str:
    """Return the text of an RTF document without its form."""
    out: list[str] = []
    skipped, depth, is_html, after = 0, 0, False, 0
    for found in _TOKEN.finditer(rtf.decode("latin-1")):
        word = found["word"]
        if brace := found["brace"]:
            depth += 1 if brace == "{" else -1
            skipped = 0 if depth < skipped else skipped
        elif skipped:
            continue
        elif word in _APART or found["sign"] == "*":
            skipped = depth
        elif word == "htmlrtf":
            is_html = found["number"] != "0"
        elif not is_html:
            text, after = _said(found, after)
            out.append(text)
    return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip()


def _said(found: re.Match[str], after: int) -> tuple[str, int]:
    """Return what a token says, and how many signs to leave out behind a Unicode one."""
    if found["word"] == "u" and found["number"]:
        return chr(int(found["number"]) % 0x10000), 1
    if found["byte"]:
        return ("", after - 1) if after else (decoded(bytes.fromhex(found["byte"]), "cp1252"), 0)
    if found["text"]:
        return found["text"].replace("\r", "").replace("\n", "")[after:], 0
    if found["sign"] in {"\\", "~", "_"}:
        return {"\\": "\\", "~": "\u00a0", "_": "-"}[found["sign"]], 0
    return _SIGNS.get(found["word"] or "", ""), after
