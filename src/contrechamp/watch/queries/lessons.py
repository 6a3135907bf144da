"""What the verdicts of this instance teach, made anew when there is a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.foundation.kept import Kept
from contrechamp.watch.domain import lessons as rules
from contrechamp.watch.domain import public
from contrechamp.watch.models import Found, Verdict

JUDGED_FALSE = ("not_a_decision", "wrong_reading", "wrong_place")
"""Rejections that say that the machine was wrong; a duplicate or a private matter is no error."""
MOST = 20_000
_kept: Kept[tuple[rules.Lessons, rules.Effect]] = Kept(1)


def lessons() -> rules.Lessons:
    """Return the words that reviewers' rejections weigh."""
    return _made()[0]


def effect() -> rules.Effect:
    """Return what these words are worth, by cross-validation."""
    return _made()[1]


def doubt(finding: Mapping[str, Any]) -> rules.Doubt:
    """Return how doubtful a finding is by what was rejected before it."""
    return lessons().doubt(rules.words_of(finding))


def _made() -> tuple[rules.Lessons, rules.Effect]:
    newest = Verdict.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    undone = Verdict.objects.exclude(undone_at=None).count()
    return _kept.get("all", f"{newest}/{undone}", _learn)


def _learn() -> tuple[rules.Lessons, rules.Effect]:
    judged: dict[str, tuple[frozenset[str], bool]] = {}
    rejected = Found.objects.filter(
        state=Found.State.REJECTED,
        pk__in=Verdict.objects.filter(
            verb=Verdict.Verb.REJECT, reason__in=JUDGED_FALSE, undone_at=None
        ).values("found"),
    )
    # What people read themselves says nothing of the machine's reading.
    accepted = Found.objects.filter(
        state__in=[Found.State.ACCEPTED, Found.State.PUBLISHED], accepted_by__is_machine=False
    )
    for rows, is_good in ((rejected, False), (accepted, True)):
        for found in rows.order_by("-found_at")[:MOST].iterator():
            finding = public.corrected(found.data, found.edited)
            judged[found.pk] = (rules.words_of(finding), is_good)
    learnt = rules.learn(
        [words for words, is_good in judged.values() if not is_good],
        [words for words, is_good in judged.values() if is_good],
    )
    return learnt, rules.effect(judged)
