"""Dated steps of the law in the words of papers: always in French, as the letters are."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from contrechamp.foi.domain.referral import WindowLine
from contrechamp.foundation.words import written
from contrechamp.law.domain.items import Item
from contrechamp.law.templatetags import law


def window_lines(items: Iterable[Item]) -> tuple[WindowLine, ...]:
    """Return steps with their articles and how each day was found."""
    with override("fr"):
        return tuple(_line(item) for item in items)


def _line(item: Item) -> WindowLine:
    derivation = [
        f"{law.counted(line)}, on arrive au {written(line.result)} ({law.why(line)})"
        for line in item.lines
        if line.n
    ]
    return WindowLine(
        step=law.step_name(item),
        not_before=item.not_before,
        act_by_safe=item.act_by_safe,
        last_day=item.last_day,
        basis=" ; ".join(law.article(each) for each in item.basis),
        derivation=tuple(dict.fromkeys(derivation)),
    )
