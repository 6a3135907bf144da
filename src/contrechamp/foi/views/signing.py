"""Who signs: a list of identities, a form, closing and opening one again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foi import services
from contrechamp.foi.forms.drafting import RequesterForm
from contrechamp.foi.models import Request, Requester
from contrechamp.foi.queries import access, requesters
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .opening import me

FORM = ("GET", "HEAD", "POST")


@require_safe
@members_only
def index(request: HttpRequest) -> HttpResponse:
    who = me(request)
    mine = set(requesters.editable_by(who).values_list("pk", flat=True))
    context = {
        "requesters": [
            (row, requesters.lacks_of(row), row.pk in mine) for row in requesters.usable_by(who)
        ],
        "closed": requesters.closed_of(who),
    }
    return render(request, "foi/requesters.html", context)


@require_http_methods(FORM)
@members_only
def new(request: HttpRequest) -> HttpResponse:
    form = RequesterForm(request.POST or None, initial={"kind": Requester.Kind.ASSOCIATION})
    return _edit(request, form, None)


@require_http_methods(FORM)
@members_only
def edit(request: HttpRequest, pk: str) -> HttpResponse:
    row = _mine(request, pk)
    form = RequesterForm(request.POST or None, initial=RequesterForm.initial_of(row))
    return _edit(request, form, row)


def _edit(request: HttpRequest, form: RequesterForm, row: Requester | None) -> HttpResponse:
    if not me(request).is_editor:
        del form.fields["is_shared"]
    draft = _draft(request)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, row)
        except Refused as refusal:
            field = str(refusal.values.get("field", "")) or None
            form.add_error(field if field in form.fields else None, say(refusal))
        else:
            if draft is None:
                return redirect("foi:requesters")
            services.write(draft, actor=me(request), now=timezone.now(), requester=saved)
            return redirect("foi:draft-review", draft.pk)
    context = {"form": form, "row": row, "draft": draft}
    return render(request, "foi/requester.html", context)


def _save(request: HttpRequest, form: RequesterForm, row: Requester | None) -> Requester:
    given = {
        "kind": form.cleaned_data["kind"],
        "identity": form.identity,
        "label": form.cleaned_data["label"],
        "is_shared": bool(form.cleaned_data.get("is_shared")),
        "actor": me(request),
    }
    if row is None:
        return services.add_requester(now=timezone.now(), **given)
    return services.change_requester(row, **given)


def _draft(request: HttpRequest) -> Request | None:
    """Return the draft from which one came here, to go back to it."""
    key = request.GET.get("demande", "")
    return access.editable_by(me(request)).filter(pk=key, sent_on=None).first() if key else None


@require_POST
@members_only
def close(request: HttpRequest, pk: str) -> HttpResponse:
    row, who = _mine(request, pk), me(request)
    if row.closed_at is None:
        services.close_requester(row, actor=who, now=timezone.now())
    else:
        services.open_requester(row, actor=who)
    return redirect("foi:requesters")


def _mine(request: HttpRequest, pk: str) -> Requester:
    row = requesters.editable_by(me(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
