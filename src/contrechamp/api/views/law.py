"""What the law draws from dated facts: the same items as `contrechamp foi deadlines`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query

from contrechamp.api import door
from contrechamp.api.problems import problem
from contrechamp.api.schemas import answers
from contrechamp.api.schemas.asking import DeadlinesAsk
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain.asking import answer

from .routes import router


@router.get(
    "/deadlines",
    response=list[answers.Deadline],
    url_name="deadlines",
    tags=["reference"],
    operation_id="listDeadlines",
    summary=gettext_noop("Les délais de la loi pour des faits datés"),
    description=gettext_noop(
        "Ceci n'est pas un conseil juridique. Rien n'est gardé, et l'horloge n'est pas lue."
    ),
)
def deadlines(request: HttpRequest, ask: Query[DeadlinesAsk]) -> HttpResponse:
    try:
        items = answer(
            ask.event,
            sign=":",
            reading=ask.reading,
            remedies=ask.remedies,
            distance=ask.distance_months,
            today=ask.today,
        )
    except Refused as no:
        return problem(422, say(no))
    return door.answer([item.as_json() for item in items])
