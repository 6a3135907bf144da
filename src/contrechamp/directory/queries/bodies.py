"""Which bodies there are, and which somebody may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from rapidfuzz.distance import OSA

from contrechamp.directory.domain.asking import Asked, read_asked
from contrechamp.directory.models import Body, BodyName

AFTER = "\U0010ffff"
TYPO_ALLOWED = {4: 1, 8: 2}
"""From so many letters on, so many may differ when nothing else was found."""
MOST_NEAR = 200
MOST_KEYS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What narrows the list of bodies. All empty: all of them."""

    text: str = ""
    kind: str = ""
    departement: str = ""
    territory: str = ""


def get(pk: str) -> Body:
    """Return one body; raise `Body.DoesNotExist`."""
    return Body.objects.select_related("merged_into").get(pk=pk)


def living() -> QuerySet[Body]:
    """Return the bodies that can be asked today: neither closed nor merged into another."""
    return Body.objects.filter(is_closed=False, merged_into=None)


def narrowed(by: Narrowed) -> QuerySet[Body]:
    """Return the bodies that fit, by name and key.

    A text is looked for at the beginning of names; if none begins so, anywhere in them, all its
    words; if none has them, one or two letters away.
    """
    rows = living()
    asked = read_asked(by.text)
    kind = by.kind or asked.kind
    if by.territory:
        rows = rows.filter(territory=by.territory)
    if kind:
        rows = rows.filter(kind=kind)
    if by.departement:
        rows = rows.filter(departement=by.departement)
    return _named(rows, asked).order_by("folded", "pk")


def _named(rows: QuerySet[Body], asked: Asked) -> QuerySet[Body]:
    if not asked.folded:
        return rows
    # A range uses the index on the folded name; LIKE on SQLite would read the whole table.
    names = BodyName.objects.filter(folded__gte=asked.folded, folded__lt=asked.folded + AFTER)
    for found in (
        rows.filter(pk__in=names.values("body")),
        rows.filter(_every_word(asked.words)),
    ):
        keys = list(found.values_list("pk", flat=True)[: MOST_KEYS + 1])
        if len(keys) > MOST_KEYS:
            return found
        if keys:  # Looked for once: counting and listing go by key.
            return rows.filter(pk__in=keys)
    return rows.filter(pk__in=_near(rows, asked.folded))


def _every_word(words: Iterable[str]) -> Q:
    every = Q()
    for word in words:
        every &= Q(said__contains=f" {word}")
    return every


def _near(rows: QuerySet[Body], folded: str) -> list[str]:
    """Return bodies whose own name begins with the same letter and is a letter or two away."""
    if len(folded) < min(TYPO_ALLOWED):
        return []
    most = max(allowed for length, allowed in TYPO_ALLOWED.items() if len(folded) >= length)
    begin = rows.filter(folded__gte=folded[0], folded__lt=folded[0] + AFTER)
    found = []
    for pk, name in begin.values_list("pk", "folded"):
        if abs(len(name) - len(folded)) <= most:
            distance = OSA.distance(folded, name, score_cutoff=most)
            if distance <= most:
                found.append((distance, name, pk))
    return [pk for _, _, pk in sorted(found)[:MOST_NEAR]]


def find(
    text: str = "",
    *,
    territory: str = "",
    kind: str = "",
    departement: str = "",
    limit: int = 20,
) -> list[Body]:
    """Return the bodies that somebody may mean, the likeliest first."""
    by = Narrowed(text=text, kind=kind, departement=departement, territory=territory)
    return list(narrowed(by)[:limit])


def of_sirens(sirens: Iterable[str]) -> list[Body]:
    """Return the bodies with one of these SIREN."""
    return list(living().filter(siren__in={siren for siren in sirens if siren}))


def after(rows: QuerySet[Body], folded: str, pk: str) -> QuerySet[Body]:
    """Return those of a list by name and key that come after a place in it."""
    return rows.filter(Q(folded__gt=folded) | Q(folded=folded, pk__gt=pk)).filter(
        folded__gte=folded
    )


def every() -> QuerySet[Body]:
    """Return every body, closed and merged ones too: what was asked of them stays to be found."""
    return Body.objects.all()


def by_keys(keys: Iterable[str]) -> list[Body]:
    """Return the bodies of these keys, closed and merged ones too, in no order."""
    return list(Body.objects.in_bulk(list(keys)).values())
