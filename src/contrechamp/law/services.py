"""Record that a rule was read again."""

from __future__ import annotations

from datetime import date

from contrechamp.kernel.errors import Refused, TooEarly, gettext_noop

from .domain.french import french
from .queries import reviews, reviews_path

HEAD = (
    "# Rules of law that were read again here, and when: `contrechamp law review RULE --on DAY`.\n"
)


class UnknownRule(Refused):
    """The pack has no rule of this name."""


def record_review(rule: str, *, on: date, today: date) -> bool:
    """Record that a rule was re-read on a day; False when that was known already.

    Raises UnknownRule, and TooEarly for a day that has not come.
    """
    if rule not in french().rules:
        raise UnknownRule(
            gettext_noop(
                "La règle « {rule} » n'existe pas : « contrechamp law list » les montre toutes."
            ),
            rule=rule,
        )
    if on > today:
        raise TooEarly(
            gettext_noop("Le {day} n'est pas encore venu : donnez le jour de la relecture."), day=on
        )
    known = dict(reviews())
    if known.get(rule) == on:
        return False
    known[rule] = on
    lines = [f'"{each}" = {day.isoformat()}\n' for each, day in sorted(known.items())]
    path = reviews_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(HEAD + "".join(lines), "utf-8")
    fresh.replace(path)
    return True
