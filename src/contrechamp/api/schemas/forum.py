"""The forum as the interface answers it."""

from __future__ import annotations

from ninja import Field

from contrechamp.kernel.errors import gettext_noop

from .answers import ID, NEXT, URL, Said
from .asking import TERRITORY, Paged

NAMED = gettext_noop("Pseudonyme, ou nom d'un ancien forum ; null : l'observatoire, ou parti.")
SUBJECT = gettext_noop("De quoi l'on parle, « sorte:identifiant », par exemple project:prj-….")


class ThreadsAsk(Paged):
    """Which threads."""

    board: str = Field("", max_length=60, description=gettext_noop("Nom d'un salon."))
    subject: str = Field("", max_length=160, pattern="^([a-z]+:.+)?$", description=SUBJECT)
    territory: str = Field("", max_length=60, description=TERRITORY)
    technology: str = Field(
        "", max_length=60, description=gettext_noop("Technique du recensement (tec-…).")
    )


class Board(Said):
    """A board that anybody reads."""

    slug: str
    title: str
    title_en: str | None
    about: str
    place: str | None
    read_only: bool = Field(..., description=gettext_noop("Seule la modération y écrit."))
    url: str = Field(..., description=URL)


class BoardList(Said):
    """All boards."""

    items: list[Board]


class Thread(Said):
    """A thread that anybody reads."""

    id: str = Field(..., description=ID)
    url: str = Field(..., description=URL)
    title: str
    board: str
    subject: str | None = Field(None, description=SUBJECT)
    author: str | None = Field(None, description=NAMED)
    territories: list[str]
    technologies: list[str]
    posts: int = Field(..., description=gettext_noop("Combien de messages se lisent."))
    pinned: bool
    locked: bool
    created_at: str
    last_post_at: str | None


class ThreadPage(Said):
    """A part of a list of threads."""

    items: list[Thread]
    next: str | None = Field(None, description=NEXT)


class PostFile(Said):
    """A picture or a PDF that goes with a post."""

    url: str = Field(..., description=URL)
    name: str
    media_type: str
    size: int = Field(..., description=gettext_noop("En octets."))
    description: str | None = Field(None, description=gettext_noop("Ce qu'elle montre."))


class Post(Said):
    """A post that anybody reads."""

    n: int = Field(..., description=gettext_noop("Sa place dans le fil, qui ne change jamais."))
    url: str = Field(..., description=URL)
    kind: str = Field(..., description=gettext_noop("MEMBER, ou SYSTEM : dit par l'observatoire."))
    author: str | None = Field(None, description=NAMED)
    reply_to: int | None = Field(None, description=gettext_noop("Le message auquel il répond."))
    source: str | None = Field(None, description=gettext_noop("En Markdown ; null : importé."))
    html: str
    text: str = Field(..., description=gettext_noop("Les mots seuls."))
    files: list[PostFile]
    published_at: str | None
    edited_at: str | None
    changed_at: str


class PostPage(Said):
    """A part of a thread."""

    items: list[Post]
    next: str | None = Field(None, description=NEXT)


class JournalLine(Said):
    """What a moderator did: never to whom, never of what."""

    number: int
    on: str
    verb: str
    reason: str
    rule: int | None = Field(None, description=gettext_noop("Numéro de la règle."))
    board: str
    appealed: bool
    undone: bool
    read_by_one: bool = Field(
        ...,
        description=gettext_noop("L'appel a été relu par qui avait décidé : une seule personne."),
    )


class JournalPage(Said):
    """A part of the journal, the newest first."""

    items: list[JournalLine]
    next: str | None = Field(None, description=NEXT)
