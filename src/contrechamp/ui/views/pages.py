from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from contrechamp.ui import source as source_code
from contrechamp.ui.measures import measures
from contrechamp.ui.specimens import specimens

YEAR_S = 365 * 24 * 3600


# Not protected: the token would put a cookie on every page, and a stranger who could make
# somebody's pages English would gain nothing.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose, and show them their page again."""
    after = request.POST.get("next", "")
    if not after.startswith("/") or not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        after = "/"
    response = HttpResponseRedirect(after)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR_S,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Hand out the code that runs this site."""
    return HttpResponse(
        source_code.archive(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="contrechamp-source.zip"'},
    )


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component that pages are made of."""
    shown = {"specimens": specimens(), "measures": measures()}
    return render(request, "ui/style.html", shown)
