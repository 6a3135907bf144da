"""Opening one's account alone, with or without a link from a member."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contrechamp.accounts import domain, services
from contrechamp.accounts.forms import SignUpForm
from contrechamp.accounts.models import User, Welcome
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError, Refused

from .session import open_session

START_SALT = "accounts.sign-up"
TRAP = "website"
"""A field that people do not see and machines fill in."""


@sensitive_post_parameters("own", "start", "email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Let anybody open an account: a pseudonym and a passphrase."""
    if request.user.is_authenticated:
        return redirect("accounts:me")
    return _sign_up(request, None, "")


@sensitive_post_parameters("own", "start", "email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the bearer of a member's link open a confirmed account, or confirm the one they have."""
    found = services.find_welcome(secret, timezone.now())
    if found is None:
        context = {"request_path": request.path}  # So that the page repeats no address.
        gone = render(request, "accounts/welcome_gone.html", context, status=404)
        gone.headers["Expires"] = "0"  # The same for a link that was and one that never was.
        return gone
    if not isinstance(request.user, User):
        return _sign_up(request, found, secret)
    if request.method == "POST":
        services.use_welcome(request.user, secret, now=timezone.now())
        return redirect("accounts:me")
    return render(request, "accounts/welcome.html", {"welcome": found})


def start_form(now: datetime, passphrase: str = "") -> str:
    """Return the signed moment at which a form was shown, with the passphrase that it proposes."""
    values = {"at": now.isoformat(), "phrase": passphrase or services.propose_passphrase()}
    return signing.dumps(values, salt=START_SALT)


def _sign_up(request: HttpRequest, found: Welcome | None, secret: str) -> HttpResponse:
    now = timezone.now()
    started, phrase = _read_start(request.POST.get("start", ""))
    crowded = found is None and services.asks_for_answer(now)
    form = SignUpForm(request.POST or None, mail=services.sends_mail(), crowded=crowded)
    if form.is_valid():
        try:
            domain.check_pace(started, request.POST.get(TRAP, ""), now)
            user, codes = services.sign_up(
                name=form.cleaned_data["name"],
                passphrase=form.cleaned_data["own"] or phrase,
                answer=form.cleaned_data.get("answer", ""),
                welcome=secret,
                language=get_language() or "fr",
                now=now,
            )
        except Refused as refused:
            form.add_error(_field_of(refused), say(refused))
        else:
            return _welcome_in(request, user, codes, form.cleaned_data.get("email", ""), now)
    # A form that comes back is as old as it was, unless it was too old.
    shown_at = started if started and now - started <= domain.LONGEST else now
    start = start_form(shown_at, phrase)
    context = {"form": form, "phrase": phrase, "start": start, "trap": TRAP, "welcome": found}
    return render(request, "accounts/sign_up.html", context)


def _welcome_in(
    request: HttpRequest, user: User, codes: list[str], address: str, now: datetime
) -> HttpResponse:
    """Sign a new member in and show the recovery codes, once."""
    problem = ""
    if address:
        try:
            services.ask_mailbox(user, address)
        except ContrechampError as error:
            problem = say(error)
    context = {"account": user, "codes": codes, "address": address, "problem": problem}
    opened = open_session(request, user, stay=False, after="/", now=now)
    request.user = user
    shown = render(request, "accounts/signed_up.html", context)
    shown.cookies.update(opened.cookies)
    return shown


def _read_start(token: str) -> tuple[datetime | None, str]:
    """Return when the form was shown and what it proposed; a new proposal where it is not ours."""
    try:
        values = signing.loads(token, salt=START_SALT)
    except signing.BadSignature:
        return None, services.propose_passphrase()
    return parse_datetime(values["at"]), str(values["phrase"])


def _field_of(refused: Refused) -> str | None:
    """Return the field that a refusal is about."""
    if isinstance(refused, domain.Weak):
        return "own"
    if isinstance(refused, domain.AskAgain | services.WelcomeGone):
        return None
    return "answer" if isinstance(refused, domain.AnswerMissing) else "name"
