"""The grounds of an action with the exhibits that each cites, for its team and for the check."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from contrechamp.cases.domain.arguing import Cite, Resting, arguments
from contrechamp.cases.domain.filing import Argument as Means
from contrechamp.cases.models import Action, Argument, Support

from .exhibits import rows_of


def arguments_of(action: Action) -> QuerySet[Argument]:
    """Return the grounds of an action that were not dropped, with their exhibits."""
    cited = Support.objects.filter(exhibit__removed_at=None).select_related("exhibit")
    rows = action.arguments.filter(removed_at=None)
    return rows.prefetch_related(Prefetch("supports", cited.order_by("pk")))


def resting_of(action: Action) -> tuple[Resting, ...]:
    """Return the grounds and what each rests on, as the rules see them."""
    return tuple(
        Resting(
            title=row.title,
            cites=tuple(
                Cite(exhibit=each.exhibit_id, claim=each.claim, page=each.page)
                for each in row.supports.all()
            ),
        )
        for row in arguments_of(action)
    )


def means_of(action: Action) -> tuple[Means, ...]:
    """Return the grounds as `domain.filing` takes them."""
    return arguments(resting_of(action), rows_of(action).values_list("pk", flat=True))
