"""The exhibits of an action: their list, their order, one of them. For its team alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contrechamp.cases import services
from contrechamp.cases.domain.exhibits import plain
from contrechamp.cases.forms.exhibits import ExhibitForm
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import WRITERS, editable_by, mine, role_of
from contrechamp.cases.queries.exhibits import numbered_of, removed_of, rows_of
from contrechamp.cases.queries.holding import held
from contrechamp.cases.queries.protecting import decisions_of
from contrechamp.cases.views.checks import checks_of
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

REMOVED_SHOWN = 20
ENDINGS = {"pdf": "pdf", "image": "image"}


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; the decorator has seen to it."""
    return cast("User", request.user)


def refused(request: HttpRequest, action: Action, no: Refused) -> HttpResponse:
    """Say why something was not done, and lead back."""
    return render(request, "cases/refused.html", {"action": action, "why": say(no)})


@require_safe
@members_only
@never_cache
def pieces(request: HttpRequest, key: str) -> HttpResponse:
    """What the court is shown, what is against exporting it, what was taken out."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    context = {
        "action": action,
        "lines": _lines(action),
        "checks": checks_of(action, user_of(request), now=timezone.now()),
        "removed": removed_of(action)[:REMOVED_SHOWN],
        "decisions": decisions_of(action, user_of(request)),
        "may_record": role_of(request.user, action) in WRITERS,
    }
    return render(request, "cases/exhibits.html", context)


def _lines(action: Action) -> list[dict[str, object]]:
    rows = {row.pk: row for row in rows_of(action)}
    return [
        {"one": each, "row": rows[each.key], "is_filed": bool(rows[each.key].number)}
        for each in numbered_of(action)
    ]


@members_only
@never_cache
def piece(request: HttpRequest, key: str, exhibit: str) -> HttpResponse:
    """One exhibit: change what is said of it, or take it out."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    row = get_object_or_404(rows_of(action), pk=exhibit)
    names = ("label", "group", "role", "dated", "author", "source")
    form = ExhibitForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    now = timezone.now()
    try:
        if request.POST.get("retirer"):
            services.remove_exhibit(row, now=now)
            return redirect("cases:exhibits", action.pk)
        if request.method == "POST" and form.is_valid():
            services.change_exhibit(row, told=form.told(), now=now)
            return redirect("cases:exhibits", action.pk)
    except Refused as no:
        return refused(request, action, no)
    return render(request, "cases/exhibit.html", {"action": action, "row": row, "form": form})


@require_safe
@members_only
@never_cache
def exhibit_file(request: HttpRequest, key: str, exhibit: str) -> HttpResponse:
    """The content of an exhibit that this room keeps, for its team."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    row = get_object_or_404(action.exhibits, pk=exhibit, is_held=True)
    try:
        content = held().open(row.sha256)
    except KeyError:
        raise Http404 from None
    answer = FileResponse(
        content, as_attachment=True, filename=f"{plain(row.label) or row.pk}.{ENDINGS[row.kind]}"
    )
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return cast("HttpResponse", answer)


@require_POST
@members_only
def order(request: HttpRequest, key: str) -> HttpResponse:
    """Move one exhibit by one place, or set all by their dates."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    now = timezone.now()
    if request.POST.get("date"):
        services.order_by_date(action, now=now)
        return redirect("cases:exhibits", action.pk)
    row = get_object_or_404(rows_of(action), pk=request.POST.get("piece", ""))
    try:
        services.move_exhibit(row, way=request.POST.get("sens", ""), now=now)
    except Refused as no:
        return refused(request, action, no)
    return redirect("cases:exhibits", action.pk)


@require_POST
@members_only
def restore(request: HttpRequest, key: str, exhibit: str) -> HttpResponse:
    """Put back an exhibit that was taken out."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    row = get_object_or_404(action.exhibits, pk=exhibit)
    try:
        services.restore_exhibit(row, actor=user_of(request), now=timezone.now())
    except Refused as no:
        return refused(request, action, no)
    return redirect("cases:exhibits", action.pk)
