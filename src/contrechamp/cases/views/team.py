"""Pages of an action's team: reminders, the sheet of a hearing, the money; editors' sequels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.cases import services
from contrechamp.cases.forms.sequels import SequelForm
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import visible_to
from contrechamp.cases.queries.exhibits import numbered_of
from contrechamp.cases.queries.money import sums_of
from contrechamp.cases.queries.page import page_of
from contrechamp.cases.queries.reminding import unseen, wishes_of
from contrechamp.cases.queries.results import find_waiting, waiting
from contrechamp.foi.services import reminding as mails
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

WISHES: dict[str, dict[str, bool]] = {
    "courriel-oui": {"by_mail": True},
    "courriel-non": {"by_mail": False},
    "titres-oui": {"hides_titles": False},
    "titres-non": {"hides_titles": True},
}


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def reminders(request: HttpRequest) -> HttpResponse:
    """How one is reminded: one button for each wish."""
    user = _user(request)
    if request.method == "POST":
        wanted = WISHES.get(request.POST.get("voeu", ""))
        if wanted is None:
            raise Http404
        services.wish(user, language=get_language() or "fr", **wanted)
        return redirect("cases:reminders")
    context = {
        "wishes": wishes_of(user),
        "address": mails.address_of(user),
        "sends_mail": mails.sends_mail(),
        "reminders": unseen(user),
    }
    return render(request, "cases/reminders.html", context)


@require_POST
@members_only
def see(request: HttpRequest, number: int) -> HttpResponse:
    """Put a reminder away, or bring it back."""
    if request.POST.get("remettre"):
        services.unsee(number, owner=_user(request))
    else:
        services.see(number, owner=_user(request), now=timezone.now())
    return redirect("cases:reminders")


def _teams(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return the page of an action, for its team alone."""
    action: Action = get_object_or_404(visible_to(request.user), pk=key)
    page = page_of(action, request.user, now=timezone.now())
    if not page.is_team:
        raise Http404
    return {"action": action, "page": page}


@require_safe
@members_only
@never_cache
def hearing(request: HttpRequest, key: str) -> HttpResponse:
    """One sheet to print and to take along: before whom, when, who, what, which pieces."""
    context = _teams(request, key)
    context["exhibits"] = numbered_of(context["action"])
    context["today"] = timezone.localdate()
    return render(request, "cases/hearing.html", context)


@require_safe
@members_only
@never_cache
def costs(request: HttpRequest, key: str) -> HttpResponse:
    context = _teams(request, key)
    context["sums"] = sums_of(context["page"].costs)
    return render(request, "cases/costs.html", context)


@require_safe
@editors_only
@never_cache
def sequels(request: HttpRequest) -> HttpResponse:
    """Judgments of public actions of which an editor may make a fact."""
    rows = [
        (row, SequelForm(initial=_proposed(row), number=number))
        for number, row in enumerate(waiting()[:50])
    ]
    context = {"rows": rows, "left": request.GET.get("laissee", "")[:80]}
    return render(request, "cases/sequels.html", context)


def _proposed(row: Any) -> dict[str, str]:
    decided = row.decided
    return {"stage": decided.result.stage, "address": decided.url, "publisher": decided.court}


@require_POST
@editors_only
@never_cache
def sequel(request: HttpRequest, source: str, record: str) -> HttpResponse:
    """Propose a fact, leave the judgment aside, or take this back."""
    by: dict[str, Any] = {"actor": _user(request), "now": timezone.now()}
    if "reprendre" in request.POST:
        services.undo_leaving(source, record)
        return redirect("cases:sequels")
    try:
        if "laisser" in request.POST:
            services.leave_sequel(source, record, **by)
            return redirect(f"{request.path.rsplit('/', 2)[0]}?laissee={source}/{record}")
        form = SequelForm(request.POST)
        if form.is_valid():
            services.propose_sequel(source, record, **form.cleaned_data, **by)
            return redirect("cases:sequels")
    except Refused as no:
        form = SequelForm(request.POST)
        form.add_error(None, say(no))
    row = find_waiting(source, record)
    if row is None:
        return redirect("cases:sequels")
    return render(request, "cases/sequels.html", {"rows": [(row, form)], "left": ""})
