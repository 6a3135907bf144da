"""Maps as SVG. Written here and not in templates, which take ten times as long."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from contrechamp.atlas.domain.drawing import EDGE, GLYPH, Area, Badge
from contrechamp.atlas.domain.symbols import SHAPES, Symbol
from contrechamp.atlas.shown.rows import Row
from contrechamp.atlas.shown.words import number

register = template.Library()

AREA = '<a class="area t{}{}" href="{}"{}><title>{}</title><path d="{}"{}/>{}</a>'
NUMBER = '<text x="{}" y="{}" aria-hidden="true">{}</text>'
HATCHED = SafeString(' fill="url(#hatch)"')
MOST_WORDS = 5_000
"""With more to say, the title alone names each area: said twice it would be too much of a page."""


@register.simple_tag
def areas(shapes: Sequence[Area]) -> SafeString:
    """Draw the areas of a map."""
    is_labelled = sum(len(shape.words) for shape in shapes) < MOST_WORDS
    return format_html_join("\n", AREA, (_area(shape, is_labelled) for shape in shapes))


def _area(shape: Area, is_labelled: bool) -> tuple[object, ...]:
    written = (
        format_html(NUMBER, round(shape.x), round(shape.y), shape.count) if shape.count else ""
    )
    here = " is-here" if shape.is_here else ""
    hatched = HATCHED if shape.is_unknown else ""
    words = shape.words
    label = format_html(' aria-label="{}"', words) if is_labelled else ""
    path = SafeString(shape.path)  # Numbers and letters of our own, and many of them.
    return (shape.tint, here, shape.url, label, words, path, hatched, written)


# The area beneath says the same in words and is reached by keyboard: a badge is for pointers.
BADGE = (
    '<g transform="translate({} {})"><a class="badge" href="{}" tabindex="-1" aria-hidden="true">'
    '<title>{}</title><rect x="{}" y="-14" width="{}" height="28" rx="8"/>{}{}</a></g>'
)
USED = '<use href="#{}" x="{}"/>'
TEXT = '<text x="{}" y="1">{}</text>'
DEFINED = '<path id="{}" class="s-{}" d="{}"/>'


@register.simple_tag
def badges(found: Sequence[Badge]) -> SafeString:
    """Draw the symbols of what is there, each with its number; a symbol is said once and used."""
    used = dict.fromkeys(one for each in found for one in each.symbols)
    # Three of them in each of a hundred badges: a long name would be some kB of a page.
    names = {one: f"s{number}" for number, one in enumerate(used)}
    defined = format_html_join(
        "", DEFINED, ((name, one.theme, SHAPES[one.shape]) for one, name in names.items())
    )
    drawn = format_html_join("\n", BADGE, (_badge(each, names) for each in found))
    return format_html("<defs>{}</defs>{}", defined, drawn) if found else drawn


def _badge(each: Badge, names: dict[Symbol, str]) -> tuple[object, ...]:
    left = round(-each.width / 2)
    glyphs = format_html_join(
        "",
        USED,
        (
            (names[one], left + EDGE // 2 + GLYPH * index + GLYPH // 2)
            for index, one in enumerate(each.symbols)
        ),
    )
    at = left + EDGE // 2 + GLYPH * len(each.symbols)
    text = format_html(TEXT, at, each.written.strip()) if each.written else ""
    return (each.x, each.y, each.url, each.words, left, each.width, glyphs, text)


ROW = (
    '<tr><th scope="row"><a href="{}">{}</a> <span class="meta">{}</span>{}</th>'
    "<td>{}</td>{}<td>{}</td><td>{}{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>"
)
OPEN = ' <a class="atlas-open" href="{}" aria-label="{}">{}</a>'


@register.simple_tag
def list_rows(found: Sequence[tuple[Row, str]], has_communes: bool) -> SafeString:
    """Write the rows of the list, each with the address of its own map if it has one."""
    doubt = format_html(
        '<abbr title="{}">≈</abbr> ', gettext("à lire avec prudence : moins de 1 000 habitants")
    )
    unknown = format_html('<span class="meta">{}</span>', gettext("non connu"))
    open_, label = gettext("carte"), gettext("Carte : %(name)s")
    return format_html_join(
        "\n",
        ROW,
        (
            (
                row.place.url,
                row.place.name,
                row.place.code,
                format_html(OPEN, url, label % {"name": row.place.name}, open_) if url else "",
                number(row.projects),
                format_html("<td>{}</td>", number(row.communes)) if has_communes else "",
                number(row.people),
                doubt if row.is_doubtful and row.projects_rate is not None else "",
                number(row.projects_rate),
                unknown if row.cameras is None else number(row.cameras),
                _again(row, doubt),
                number(row.cameras_rate),
                row.family_text,
            )
            for row, url in found
        ),
    )


def _again(row: Row, doubt: SafeString) -> SafeString | str:
    """Return the sign before the second rate of a row: what it means is said once."""
    if not row.is_doubtful or row.cameras_rate is None:
        return ""
    return doubt if row.projects_rate is None else "≈ "


@register.simple_tag
def glyph(one: Symbol) -> SafeString:
    """Draw the symbol of a family beside its name."""
    return format_html(
        '<svg class="glyph" viewBox="-10 -10 20 20" aria-hidden="true">'
        '<path class="s-{}" d="{}"/></svg>',
        one.theme,
        SHAPES[one.shape],
    )


@register.filter
def figures(value: float | None) -> str:
    """Write a number or a rate as one reads it."""
    return number(value)
