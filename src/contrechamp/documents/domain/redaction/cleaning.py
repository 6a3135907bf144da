"""Pages that hide nothing: may they be copied, and without what else they carry?

A page is copied only when it is plain: no layers, no letters drawn by programs, nothing shared
with a page on which words are hidden, since a subset of a font tells which letters occur. All
others become pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

DROPPED = (
    "/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/OPI",
    "/Alternates", "/PtData", "/Measure", "/Thumb", "/AF", "/ID", "/Ref",
)  # fmt: skip
MARKS = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})
KEPT = ("/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
SHARED = ("/Font", "/XObject", "/Pattern", "/ExtGState")
DEEPEST = 12


class NotPlain(Exception):
    """The page must become a picture."""


def shared_things(page: Any) -> set[tuple[int, int]]:
    """Return the objects of a page that would tell of it on another one: fonts, forms, images."""
    found: set[tuple[int, int]] = set()
    resources = _inherited(page, "/Resources")
    for kind in SHARED if isinstance(resources, Dictionary) else ():
        _collect(resources.get(kind), found, 0)
    return found


def _collect(thing: Any, found: set[tuple[int, int]], depth: int) -> None:
    """Note each stream below a resource, and each font that tells which letters it draws."""
    if depth > DEEPEST or not isinstance(thing, (Dictionary, pikepdf.Stream, Array)):
        return
    is_told = isinstance(thing, pikepdf.Stream) or (
        isinstance(thing, Dictionary)
        and thing.get("/Type") == Name.Font
        and ("/Widths" in thing or "/DescendantFonts" in thing or "/Encoding" in thing)
        and not _is_bare(thing)
    )
    if thing.is_indirect:
        if thing.objgen in found:
            return
        if is_told:
            found.add(thing.objgen)
    values = thing if isinstance(thing, Array) else [v for k, v in thing.items() if k != "/Parent"]
    for value in values:
        _collect(value, found, depth + 1)


def _is_bare(font: Any) -> bool:
    """Answer whether a font names its letters by a standard alone."""
    encoding = font.get("/Encoding")
    return (
        "/Widths" not in font
        and "/DescendantFonts" not in font
        and (encoding is None or isinstance(encoding, Name))
    )


def clean_page(document: pikepdf.Pdf, page: Any) -> Any:
    """Return a new page object with what is drawn and nothing else, or raise `NotPlain`."""
    made = Dictionary(Type=Name.Page)
    for key in KEPT:
        value = _inherited(page, key)
        if value is not None:
            made[key] = value
    try:
        content, used = _clean_content(pikepdf.Page(page))
        made.Resources = _clean_resources(document, made.get("/Resources"), used, 0)
    # Foreign bytes: what qpdf cannot take apart is drawn instead.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise NotPlain from None
    made.Contents = document.make_stream(content)
    return document.make_indirect(made)


def _clean_content(source: Any) -> tuple[bytes, set[str]]:
    """Return a content without marked content, which carries other words for what is drawn.

    The names that it uses come with it: a resource that nothing uses may hold anything.
    """
    kept: list[Any] = []
    used: set[str] = set()
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator in MARKS:
            if operator in {"BDC", "DP"} and instruction.operands[0] == Name.OC:
                raise NotPlain
            continue
        used.update(str(each) for each in instruction.operands if isinstance(each, Name))
        kept.append(instruction)
    return bytes(pikepdf.unparse_content_stream(kept)), used


def _clean_resources(document: pikepdf.Pdf, resources: Any, used: set[str], depth: int) -> Any:
    made = Dictionary()
    if not isinstance(resources, Dictionary):
        return made
    for kind in ("/Font", "/ColorSpace", "/Shading", "/ExtGState", "/Pattern", "/XObject"):
        group = Dictionary()
        for name, value in _entries(resources, kind):
            if name in used:
                _check_plain(kind, value)
                is_thing = kind == "/XObject"
                group[name] = _clean_thing(document, value, depth) if is_thing else value
        if len(group):
            made[kind] = group
    return made


def _check_plain(kind: str, value: Any) -> None:
    """Raise `NotPlain` for letters, patterns and masks that are drawn by programs."""
    if not isinstance(value, (Dictionary, pikepdf.Stream)):
        return
    is_program = (
        (kind == "/Font" and value.get("/Subtype") == Name.Type3)
        or (kind == "/Pattern" and value.get("/PatternType") != 2)
        or (kind == "/ExtGState" and isinstance(value.get("/SMask"), Dictionary))
    )
    if is_program:
        raise NotPlain


def _clean_thing(document: pikepdf.Pdf, thing: Any, depth: int) -> Any:
    if not isinstance(thing, pikepdf.Stream) or "/OC" in thing or depth > DEEPEST:
        raise NotPlain
    if thing.get("/Subtype") == Name.Form:
        content, used = _clean_content(thing)
        form = document.make_stream(content)
        for key in ("/Type", "/Subtype", "/BBox", "/Matrix", "/Group", "/FormType"):
            if key in thing:
                form[key] = thing[key]
        form.Resources = _clean_resources(document, thing.get("/Resources"), used, depth + 1)
        return form
    for each in (thing, thing.get("/SMask"), thing.get("/Mask")):
        if isinstance(each, pikepdf.Stream):
            for key in DROPPED:
                if key in each:
                    del each[key]
    return thing


def _entries(resources: Any, kind: str) -> Iterator[tuple[str, Any]]:
    group = resources.get(kind)
    if isinstance(group, Dictionary):
        yield from group.items()


def _inherited(page: Any, key: str) -> Any:
    """Return a value of the page or of what it stands below."""
    node = page
    for _ in range(64):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            return None
    return None
