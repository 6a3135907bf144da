"""Opening an action: from an act, a refused request, a record, or by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from contrechamp.cases import services
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.forms.opening import OpenForm, Target, read_target
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@members_only
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    target = read_target(request.GET, user)
    if target is None:
        raise Http404
    form = OpenForm(request.POST or None, target=target)
    if request.method == "POST" and form.is_valid():
        try:
            action = services.open_action(_asked(form, target), actor=user, now=timezone.now())
        except Refused as no:
            form.add_error(None, say(no))
        else:
            services.put_away(target.key, owner=user, now=timezone.now())
            return redirect("cases:action", action.pk)
    return render(request, "cases/new.html", {"form": form, "target": target})


def _asked(form: OpenForm, target: Target) -> services.NewAction:
    said = form.cleaned_data
    return services.NewAction(
        kind=ActionKind(said["kind"]),
        title=said["title"],
        about=said["about"],
        target_kind=target.kind,
        target=target.key,
        target_title=target.title[:500],
        projects=target.projects,
        technology=target.technology,
        territories=target.territories,
        court=target.court[:120],
        published_on=target.published_on,
        notified_on=target.notified_on,
        silent_on=target.silent_on,
    )
