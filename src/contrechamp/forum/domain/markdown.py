"""From what a person typed to what a page may show, whatever was typed.

CommonMark with tables, strikethrough and links, no raw HTML and no pictures of elsewhere; then an
allow-list over the result. Mentions and `#12` are links that are added after that, at places that
the parser found: never by a search in HTML.

Each guard stands for an input that was measured (the note of the forum, section 6): parsers of
Markdown take seconds for some inputs of 20,000 characters, and must never be asked to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

VERSION = 1
"""Of what is made: a command renders again what an older one made."""
LONGEST = 20_000
LONGEST_HTML = 200_000
MOST_ADDRESSES = 40
"""Beyond so many `://` no address becomes a link by itself: looking for them takes seconds."""
MOST_BRACKETS = 400
"""Beyond so many `[` none begins a link: each looks for its end through all the rest."""
MOST_LINES = 2_500
"""A post of more lines is shown as it was typed: each line is held against every kind of block."""
MOST_ITEMS = 2_500
"""The same for signs of lists: many on one line are as many lists in each other."""
MOST_STARS = 4_000
"""Beyond so many `*`, `_` and `~` none of them emphasises: each looks for the one that it ends."""
MOST_CELLS = 2_000
"""Columns of the widest table × lines: rows are filled up with cells that nobody typed."""
SHIFT = 2
"""Levels that titles go down: a page has one `<h1>`, each post its `<h2>`."""
TAGS = {"p", "br", "strong", "em", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td"}
REL = "nofollow ugc noopener noreferrer"
OPEN, CLOSE = "\ue000", "\ue001"
"""Private signs around the number of a link to be put in; typed ones are taken out."""
DELIMITER = re.compile(r"[-:|\s>*+.0-9)]*-[-:|\s>*+.0-9)]*")
ITEM = re.compile(r"(?<!\S)(?:[-+*]|\d{1,9}[.)])(?!\S)")
NAMED = re.compile(
    r"(?<![\w@/.])@(?P<name>[^\W_](?:[\w.-]{0,38}[^\W_])?)|(?<![\w&/#])#(?P<number>[1-9]\d{0,6})\b"
)
MOST_NAMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a post holds besides words."""

    tokens: Sequence[Token]
    names: tuple[str, ...]
    """Pseudonyms that are mentioned, outside quotes, each once."""
    links: int
    is_plain: bool = False


@cache
def _parser(
    *, with_links: bool, with_tables: bool, with_brackets: bool, with_stars: bool
) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": with_links})
    parser.enable("strikethrough").disable("image")
    if with_links:
        parser.enable("linkify")
        if parser.linkify is not None:
            parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    if with_tables:
        parser.enable("table")
    if not with_brackets:
        parser.disable(["link", "reference"])
    if not with_stars:
        parser.disable(["emphasis", "strikethrough"])
    return parser


def clean_source(source: str) -> str:
    """Return what was typed with one kind of line end, without signs that mean nothing."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s for s in text if s in "\n\t" or (s >= " " and s not in "\x7f\ue000\ue001"))


def parse(source: str) -> Parsed:
    """Return the parts of a post. One that is too long, or of too many lines, is not parsed."""
    text = clean_source(source)
    if len(text) > LONGEST or _has_too_many_lines(text):
        return Parsed(tokens=(), names=(), links=text.count("://"), is_plain=True)
    parser = _parser(
        with_links=text.count("://") <= MOST_ADDRESSES,
        with_tables=_cells(text) <= MOST_CELLS,
        with_brackets=text.count("[") <= MOST_BRACKETS,
        with_stars=sum(map(text.count, "*_~")) <= MOST_STARS,
    )
    tokens = parser.parse(text)
    names: dict[str, None] = {}
    for child, is_quoted in _texts(tokens):
        if not is_quoted:
            names.update(
                (found["name"], None) for found in NAMED.finditer(child.content) if found["name"]
            )
    links = sum(child.type == "link_open" for token in tokens for child in token.children or ())
    # A post whose addresses were too many to be linked still holds them.
    links = max(links, text.count("://") if text.count("://") > MOST_ADDRESSES else 0)
    return Parsed(tokens=tokens, names=tuple(names)[:MOST_NAMES], links=links)


def _has_too_many_lines(text: str) -> bool:
    return text.count("\n") > MOST_LINES or sum(1 for _ in ITEM.finditer(text)) > MOST_ITEMS


def _cells(text: str) -> int:
    """Return how many cells a table could get at most."""
    lines = text.split("\n")
    widest = max((line.count("|") + 1 for line in lines if DELIMITER.fullmatch(line)), default=0)
    return widest * len(lines)


def _texts(tokens: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield each piece of words that is not code or part of a link, and whether it is quoted."""
    quoted = 0
    for token in tokens:
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        in_link = 0
        for child in token.children or ():
            in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "text" and not in_link:
                yield child, quoted > 0


def render(
    source: str,
    *,
    people: Mapping[str, str] | None = None,
    address_of: Callable[[int], str] | None = None,
    is_inert: bool = False,
) -> str:
    """Return safe HTML of what was typed.

    `people` maps mentioned names that exist, in lower case, to the address of their page;
    `address_of` gives that of a post by its number. `is_inert`: links are shown as text (the posts
    of a member who is not known yet).
    """
    parsed = parse(source)
    if parsed.is_plain:
        return plain_html(source)
    added: list[str] = []
    for child, _ in _texts(parsed.tokens):
        child.content = _marked(child.content, added, people or {}, address_of)
    for token in parsed.tokens:
        _adapt(token, is_inert)
    parser = _parser(with_links=False, with_tables=False, with_brackets=False, with_stars=False)
    made = parser.renderer.render(list(parsed.tokens), parser.options, {})
    if len(made) > LONGEST_HTML:
        return plain_html(source)
    html = _sanitised(made)
    html = re.sub(f"{OPEN}(\\d+){CLOSE}", lambda found: added[int(found[1])], html)
    return html if len(html) <= LONGEST_HTML else plain_html(source)


def _marked(
    text: str,
    added: list[str],
    people: Mapping[str, str],
    address_of: Callable[[int], str] | None,
) -> str:
    """Put a numbered sign where a mention or a number stands, and keep the link for later."""

    def put(found: re.Match[str]) -> str:
        name, number = found["name"], found["number"]
        address = people.get(name.casefold()) if name else address_of and address_of(int(number))
        if not address:
            return found[0]
        added.append(f'<a href="{escape(address)}">{escape(found[0])}</a>')
        return f"{OPEN}{len(added) - 1}{CLOSE}"

    return NAMED.sub(put, text)


def _adapt(token: Token, is_inert: bool) -> None:
    """Put titles lower; make links text."""
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(6, int(token.tag[1]) + SHIFT)}"
    if not (is_inert and token.children):
        return
    kept: list[Token] = []
    opened: list[Token] = []
    for child in token.children:
        if child.type == "link_open":
            opened.append(child)
        elif child.type == "link_close":
            link = opened.pop()
            if link.markup not in {"linkify", "autolink"}:
                text = Token("text", "", 0)
                text.content = f" ({link.attrGet('href')})"
                kept.append(text)
        else:
            kept.append(child)
    token.children = kept


def _sanitised(html: str) -> str:
    """Return the HTML with nothing but what is allowed."""
    import nh3  # Where it is missing, only what is shown of posts fails, with its name.

    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
    )


def clean_html(html: str) -> str:
    """Return the HTML of another forum with nothing but what is allowed here."""
    cleaned = _sanitised(html)
    return cleaned if len(cleaned) <= LONGEST_HTML else plain_html(plain_of_html(html))


def plain_of_html(html: str) -> str:
    """Return the words of HTML alone."""
    import nh3

    broken = re.sub(r"</(?:p|li|h\d|blockquote|pre|tr)>|<br\s*/?>", "\n", html)
    return unescape(nh3.clean(broken, tags=set())).strip()


def plain_html(source: str) -> str:
    """Return what was typed as it was typed: what is shown where a guard said no."""
    text = escape(clean_source(source)[:LONGEST])
    return f"<p>{text}</p>".replace("\n", "<br>")


def plain_text(source: str) -> str:
    """Return the words of a post without its signs: for search, feeds' titles and mails."""
    parsed = parse(source)
    if parsed.is_plain:
        return clean_source(source)
    lines: list[str] = []
    for token in parsed.tokens:
        if token.type == "inline":
            parts = (
                "\n" if child.type in {"softbreak", "hardbreak"} else child.content
                for child in token.children or ()
            )
            lines.append("".join(parts))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip("\n"))
    return "\n".join(lines)


def quoted(source: str, *, name: str, n: int, most: int = 1_500) -> str:
    """Return what fills the text area when somebody quotes a post."""
    text = clean_source(source).strip()
    if len(text) > most:
        text = text[:most].rsplit(maxsplit=1)[0] + " …"
    lines = (f"> {line}".rstrip() for line in text.split("\n"))
    return f"> **{name}** (#{n}) :\n>\n" + "\n".join(lines) + "\n\n"
