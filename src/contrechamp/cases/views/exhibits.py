"""The exhibits of an action and its bundles. For its team alone, public or not."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contrechamp.cases import services
from contrechamp.cases.forms.exhibits import ExhibitForm, NewExhibitForm
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import WRITERS, editable_by, mine, role_of
from contrechamp.cases.queries.exhibits import numbered_of, rows_of
from contrechamp.cases.services.bundling import zip_of
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FORMS = {"depot": ("depot.zip", "application/zip"), "recueil": ("recueil.pdf", "application/pdf")}


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@members_only
@never_cache
def pieces(request: HttpRequest, key: str) -> HttpResponse:
    """What the court is shown; a form to add a document of the library."""
    action = get_object_or_404(mine(_user(request)), pk=key)
    if request.method != "POST":
        return _show(request, action, NewExhibitForm())
    get_object_or_404(editable_by(_user(request)), pk=key)
    form, now = NewExhibitForm(request.POST), timezone.now()
    if form.is_valid():
        try:
            services.add_exhibit(
                action,
                sha256=form.cleaned_data["document"],
                told=form.told(),
                actor=_user(request),
                now=now,
            )
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:exhibits", action.pk)
    return _show(request, action, form)


def _show(request: HttpRequest, action: Action, form: NewExhibitForm) -> HttpResponse:
    context = {
        "action": action,
        "lines": _lines(action),
        "form": form,
        "may_record": role_of(request.user, action) in WRITERS,
    }
    return render(request, "cases/exhibits.html", context)


def _lines(action: Action) -> list[dict[str, object]]:
    rows = {row.pk: row for row in rows_of(action)}
    return [
        {"number": each.number, "row": rows[each.key], "is_filed": bool(rows[each.key].number)}
        for each in numbered_of(action)
    ]


@members_only
@never_cache
def piece(request: HttpRequest, key: str, exhibit: str) -> HttpResponse:
    """One exhibit: change what is said of it, or take it out."""
    action = get_object_or_404(editable_by(_user(request)), pk=key)
    row = get_object_or_404(rows_of(action), pk=exhibit)
    names = ("label", "group", "role", "position", "dated", "author", "source")
    form = ExhibitForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    try:
        if request.POST.get("retirer"):
            services.remove_exhibit(row, now=timezone.now())
            return redirect("cases:exhibits", action.pk)
        if request.method == "POST" and form.is_valid():
            services.change_exhibit(row, told=form.told())
            return redirect("cases:exhibits", action.pk)
    except Refused as no:
        return render(request, "cases/refused.html", {"action": action, "why": say(no)})
    return render(request, "cases/exhibit.html", {"action": action, "row": row, "form": form})


@require_safe
@members_only
@never_cache
def bundle(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The deposit folder or the reading bundle, or the sentence that says what forbids it."""
    action = get_object_or_404(mine(_user(request)), pk=key)
    if form not in FORMS:
        raise Http404
    name, kind = FORMS[form]
    why = request.GET.get("motif", "").strip()
    try:
        content = _bound(action, form, _user(request), why)
    except Refused as no:
        context = {"action": action, "why": say(no), "form": form}
        return render(request, "cases/unbound.html", context)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{action.pk}-{name}"'
    return answer


def _bound(action: Action, form: str, actor: User, why: str) -> bytes:
    """Return one form of the bundle; its folder is gone when this returns."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        services.bind_exhibits(action, out, actor=actor, now=timezone.now(), why=why)
        if form == "depot":
            return b"".join(zip_of(out / "depot"))
        return (out / "recueil.pdf").read_bytes()
