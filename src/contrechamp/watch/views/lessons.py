"""What rejections taught: a list of words that anybody in the room can read and judge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contrechamp.foundation.access import editors_only
from contrechamp.watch.domain.lessons import DOUBTFUL, LEAST_ACCEPTED, LEAST_REJECTED
from contrechamp.watch.queries import lessons

SHOWN = 60


@editors_only
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the words with their weights, and what they change in precision and recall."""
    learnt = lessons.lessons()
    words = sorted(learnt.weights.values(), key=lambda each: (-each.weight, each.word))
    return render(
        request,
        "watch/lessons.html",
        {
            "lessons": learnt,
            "against": [each for each in words if each.weight > 0][:SHOWN],
            "speaking_for": [each for each in reversed(words) if each.weight < 0][:SHOWN],
            "effect": lessons.effect(),
            "least": {"rejected": LEAST_REJECTED, "accepted": LEAST_ACCEPTED},
            "threshold": round(DOUBTFUL * 100),
        },
    )
