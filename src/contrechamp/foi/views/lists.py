"""Lists of requests: everybody's, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from contrechamp.foi.forms.asking import query_of, read_filter
from contrechamp.foi.queries import listing
from contrechamp.foundation.access import members_only
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 40
MOST_FOUND = 1000
"""Requests that a search by words counts and shows: nobody reads more."""
GROUPS = (
    ("", _("toutes")),
    ("attente", _("en attente")),
    ("refus", _("refusées")),
    ("cada", _("devant la CADA")),
    ("tribunal", _("au tribunal")),
    ("obtenu", _("obtenues")),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    wanted = read_filter(request.GET)
    rows = listing.public_list(wanted)
    pages = listing.Pages(rows, PER_PAGE, MOST_FOUND if wanted.text else None)
    page = pages.get_page(request.GET.get("page"))
    here = reverse("foi:index")
    context = {
        "page": page,
        "lines": listing.lines(list(page.object_list), now=timezone.now()),
        "wanted": wanted,
        "query": query_of(wanted),
        "groups": [
            (gettext(label), f"{here}?{query}" if query else here, code == wanted.group)
            for code, label in GROUPS
            for query in [query_of(wanted, etat=code)]
        ],
        "departements": [
            (one.code, f"{one.code} {one.name}", one.code == wanted.departement)
            for one in places.departements()
        ],
    }
    return render(request, "foi/index.html", context)


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    page = listing.Pages(listing.mine(user), PER_PAGE).get_page(request.GET.get("page"))
    lines = listing.lines(list(page.object_list), now=timezone.now())
    return render(request, "foi/mine.html", {"page": page, "lines": lines})
