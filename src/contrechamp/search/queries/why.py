"""Why a result is there, in words: a short line, and the full account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext

from contrechamp.kernel.errors import gettext_noop
from contrechamp.search.domain import Parsed, Reason, tokens

Written = Callable[[tuple[str, ...]], str]
"""How the list of synonyms writes a term."""

PLACES = {
    "title": gettext_noop("dans le titre"),
    "text": gettext_noop("dans le texte"),
    "name": gettext_noop("par un autre nom ou un numéro"),
}
HOW = {
    "typed": gettext_noop("« {typed} » : {where}."),
    "form": gettext_noop("« {typed} » : sous la forme « {found} », {where}."),
    "synonym": gettext_noop("« {typed} » : par le synonyme « {found} », {where}."),
    "corrected": gettext_noop("« {typed} » : lu comme « {found} », {where}."),
    "begins": gettext_noop("« {typed} » : par le mot « {found} », {where}."),
}


def why(reasons: Sequence[Reason], parsed: Parsed, written: Written) -> tuple[str, ...]:
    """Return a short line in its parts: where the words stand, and what stood in for them."""
    if not any(not clause.is_negated for clause in parsed.clauses):
        return ()
    if not reasons:  # Further in a long text than we mark.
        return (gettext(PLACES["text"]),)
    return tuple(dict.fromkeys(_short(reasons, written)))


def _short(reasons: Sequence[Reason], written: Written) -> Iterator[str]:
    where = {place for reason in reasons for place in reason.where}
    yield from (gettext(words) for place, words in PLACES.items() if place in where)
    for reason in reasons:
        if reason.how == "synonym":
            word = written(tuple(tokens(reason.found)))
            yield gettext("par un synonyme : {word}").format(word=word)
        elif reason.how == "corrected":
            yield gettext("lu comme « {word} »").format(word=reason.found)


def account(reasons: Sequence[Reason]) -> list[str]:
    """Return one sentence for each part of the query."""
    return [
        gettext(HOW[reason.how]).format(
            typed=reason.typed,
            found=" ".join(reason.found.split()),
            where=", ".join(gettext(PLACES[place]) for place in reason.where),
        )
        for reason in reasons
    ]
