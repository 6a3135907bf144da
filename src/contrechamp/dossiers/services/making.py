"""From what was chosen to what is printed: public facts, acts, passages and documents in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language, gettext, override

from contrechamp.census import published
from contrechamp.documents.domain.dossiers import Cover, Dossier, Statement
from contrechamp.documents.services import dossiers as papers
from contrechamp.dossiers.domain import Ask, Item
from contrechamp.kernel.errors import Refused, gettext_noop

from .acts import statement_of_act
from .facts import statements_of_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a dossier says of where and when it was made."""

    site: str
    """The observatory's address without a slash at its end."""
    day: date
    address: str = ""


class Missing(Refused):
    """Something in a dossier that is public no more, or never was."""


def expand(items: Iterable[Item]) -> tuple[Item, ...]:
    """Put in the place of each record the public facts said of it, then those that lead to it."""
    found: dict[Item, None] = {}
    for item in items:
        if item.kind != "r":
            found[item] = None
            continue
        said = [*published.facts_of(item.key), *published.facts_about(item.key)]
        found |= dict.fromkeys(Item("f", fact.id) for fact in said)
    return tuple(found)


def dossier_of(ask: Ask, frame: Frame) -> Dossier:
    """Return the dossier that is asked for, in its language.

    Raise `Refused` when it is empty or too large, or names what is not public.
    """
    language = ask.language or (get_language() or "fr")[:2]
    with override(language):
        statements = statements_of(ask, frame.site)
        lost = [
            item.ref for item, found in zip(ask.items, statements, strict=True) if found is None
        ]
        if lost:
            raise Missing(
                gettext_noop(
                    "Ceci n'est pas public, ou ne l'est plus : {refs}. Enlevez-le du dossier."
                ),
                refs=", ".join(lost),
            )
        cover = Cover(
            title=ask.title or gettext("Dossier de pièces"),
            day=frame.day.isoformat(),
            author=ask.author,
            introduction=ask.introduction,
            language=language,
            observatory=frame.site,
            address=frame.address,
            edition=published.edition(),
        )
        return papers.assemble(cover, [each for each in statements if each], site=frame.site)


def statements_of(ask: Ask, site: str) -> list[Statement | None]:
    """Return what each thing of a dossier says, None where it is not public."""
    facts = statements_of_facts([item.key for item in ask.items if item.kind == "f"], site)
    notes = (*ask.notes, *[""] * len(ask.items))
    return [
        replace(found, note=note) if (found := _statement(item, facts, site)) else None
        for item, note in zip(ask.items, notes, strict=False)
    ]


def _statement(item: Item, facts: Mapping[str, Statement], site: str) -> Statement | None:
    try:
        match item.kind:
            case "f":
                return facts.get(item.key)
            case "a":
                return statement_of_act(item.key, site)
            case "q":
                return _of_quote(item.key, site)
            case _:
                return _of_document(item.key, site)
    except papers.NotPublic:
        return None


def _of_quote(key: str, site: str) -> Statement:
    passage = papers.passage_of_quote(key, site=site)
    version = papers.check_public(passage.sha256)
    where = gettext("page {page}").format(page=passage.page_from)
    return Statement(
        sentence=f"{version.document.title}, {where}",
        kind=gettext("Passage d'un document"),
        id=key,
        url=passage.url,
        passages=(passage,),
    )


def _of_document(key: str, site: str) -> Statement:
    version = papers.check_public(key)
    passage = papers.passage_of_document(version.file_id, site=site)
    return Statement(
        sentence=version.document.title,
        kind=gettext("Document"),
        id=version.file_id[:12],
        url=passage.url,
        passages=(passage,),
    )
