"""The mails of notices that an operator has to look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contrechamp.accounts.queries import notices as queries
from contrechamp.accounts.services import mailing
from contrechamp.foundation.access import administrators_only

MOST = 200


@administrators_only
@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Show the mails that did not leave or are in doubt, and how many wait. No address is shown."""
    context = {
        "mails": queries.failed_mails()[:MOST],
        "counts": queries.mail_counts(),
        "sends_mail": mailing.sends_mail(),
        "done": request.GET.get("fait", ""),
    }
    return render(request, "accounts/mails.html", context)


@administrators_only
@require_POST
def decide_mail(request: HttpRequest, number: int) -> HttpResponse:
    """Send a mail again, or let it count as sent."""
    has_left = request.POST.get("quoi") == "parti"
    mailing.decide(number, has_left=has_left, now=timezone.now())
    return redirect(f"{reverse('accounts:mails')}?fait=1")
