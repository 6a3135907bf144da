"""Citations, pictures of links, frames, oEmbed: of what visitors may read, for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from tests.access.rows import EVERYBODY, GONE, Row, World, census, documents, watch

NOBODY = (GONE,) * 5
MOVED = ("301",) * 5
WITHDRAWN = ("410",) * 5
NEVER = "projet/prj-0000000000"
FORMS = ("bib", "csl", "ris", "txt")


def public(world: World) -> str:
    return f"projet/{census.record('project', is_public=True)(world)[0]}"


def draft(world: World) -> str:
    return f"projet/{census.record('project', is_public=False)(world)[0]}"


def merged(world: World) -> str:
    return f"projet/{census.merged(world)[0]}"


def fact(world: World) -> str:
    return f"fait/{census.public_claim(world)[0]}"


def draft_fact(world: World) -> str:
    return f"fait/{census.draft_claim(world)[0]}"


def document(world: World) -> str:
    return f"documents/{documents.public(world)[0]}"


def draft_document(world: World) -> str:
    return f"documents/{documents.draft(world)[0]}"


def withdrawn_document(world: World) -> str:
    return f"documents/{documents.withdrawn(world)[0]}"


def quote(world: World) -> str:
    return f"documents/passages/{documents.quoted(world)[0]}"


def unused_quote(world: World) -> str:
    return f"documents/passages/{documents.unused_quote(world)[0]}"


def act(world: World) -> str:
    return f"actes/{watch.act(world)[0]}"


def waiting_act(world: World) -> str:
    return f"actes/{watch.waiting(world)[0]}"


def withdrawn_act(world: World) -> str:
    return f"actes/{watch.withdrawn(world)[0]}"


def _rows(name: str, *before: object) -> list[Row]:
    """Return who gets one form of each kind of page, by what visitors may know of the page."""

    def of(thing: object) -> object:
        return lambda world: [*before, thing(world)]  # type: ignore[operator]

    said = " ".join(map(str, before))
    rows = []
    for cells, things in (
        (EVERYBODY, (public, fact, document, quote, act)),
        (NOBODY, (draft, draft_fact, draft_document, unused_quote, waiting_act)),
        (MOVED, (merged,)),
        (WITHDRAWN, (withdrawn_document, withdrawn_act)),
    ):
        for thing in things:
            never: Sequence[object] | None = [*before, NEVER] if cells == NOBODY else None
            about = f"{said} {thing.__name__}".strip()
            rows.append(Row(name, cells, of(thing), about=about, never=never))  # type: ignore[arg-type]
    return rows


ROWS = [
    *_rows("ui:image"),
    *_rows("ui:embed"),
    *(row for form in FORMS for row in _rows("ui:cite", form)),
    Row("ui:cite", NOBODY, lambda w: ["doc", public(w)], about="no form", never=["doc", NEVER]),
    Row("ui:image", EVERYBODY, lambda w: ["site"], about="of the site"),
    Row("ui:image", NOBODY, lambda w: ["methode"], about="has none", never=[NEVER]),
    Row("ui:embed", EVERYBODY, lambda w: ["classements/cameras-par-habitant"], about="a ranking"),
    Row("ui:embed", NOBODY, lambda w: ["relecture"], about="of members", never=[NEVER]),
    Row("ui:oembed", NOBODY, about="nothing asked", never=()),
    Row("ui:oembed", EVERYBODY, query="?url=http://testserver/projets"),
    Row("ui:oembed", NOBODY, query="?url=http://example.org/projets", about="elsewhere", never=()),
    Row("ui:oembed", ("501",) * 5, query="?url=http://testserver/projets&format=pdf"),
]
