from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import domain, queries, services
from contrechamp.accounts.forms import ChangePassphraseForm, CodeForm, ProofForm
from contrechamp.accounts.models import User
from contrechamp.foundation.access import members_only
from contrechamp.foundation.plug import AccountPage, offered
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.ui.domain.qr import qr_path

from .asking import user_of
from .guard import LOCK_WANTED
from .profiles import drawn

ACTS_SHOWN = 20
SECRET_SALT = "accounts.totp-secret"  # noqa: S105  it separates signatures
SECRET_FOR_S = 3600


@members_only
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show somebody their account: role, locks, sessions, what was done to it."""
    return _me(request, user_of(request))


@members_only
@sensitive_post_parameters("old", "new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Let somebody change their passphrase."""
    form = ChangePassphraseForm(request.POST or None)
    if form.is_valid():
        user, now = user_of(request), timezone.now()
        try:
            services.change_passphrase(
                user, old=form.cleaned_data["old"], new=form.cleaned_data["new"], now=now
            )
        except services.WrongPassphrase as wrong:
            form.add_error("old", say(wrong))
        except Refused as weak:
            form.add_error("new", say(weak))
        else:
            request.session.create()  # Every session has ended, this one too: open it anew.
            update_session_auth_hash(request, user)
            return redirect("accounts:me")
    return render(request, "accounts/passphrase.html", {"form": form})


@members_only
@sensitive_post_parameters("secret", "code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totp_on(request: HttpRequest) -> HttpResponse:
    """Show a secret to scan, and ask for a code that proves it was."""
    user = user_of(request)
    if queries.has_totp(user):
        return redirect("accounts:me")
    secret = _signed_secret(request.POST.get("secret", "")) or domain.new_secret()
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = ""
    if form.is_valid():
        try:
            codes = services.turn_totp_on(
                user, secret=secret, code=form.cleaned_data["code"], now=timezone.now()
            )
        except Refused as refused:
            form.add_error("code", say(refused))
        else:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
    uri = domain.provisioning_uri(secret, name=user.username, issuer="Contrechamp")
    context = {
        "form": form,
        "uri": uri,
        "qr": qr_path(uri),
        "typed": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "secret": signing.dumps(secret, salt=SECRET_SALT),
    }
    return render(request, "accounts/totp_on.html", context)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totp_off(request: HttpRequest) -> HttpResponse:
    """Take the second code off, with a code."""
    user = user_of(request)
    if not queries.has_totp(user):
        return redirect("accounts:me")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            services.turn_totp_off(user, code=form.cleaned_data["code"], now=timezone.now())
        except Refused as refused:
            form.add_error("code", say(refused))
        else:
            return redirect("accounts:me")
    return render(request, "accounts/totp_off.html", {"form": form})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, with a code or the passphrase; they are shown once."""
    user = user_of(request)
    has_totp = queries.has_totp(user)
    form = CodeForm(request.POST or None) if has_totp else ProofForm(request.POST or None)
    if form.is_valid():
        try:
            codes = services.make_recovery_codes(
                user, code=form.cleaned_data["code"], now=timezone.now()
            )
        except Refused as refused:
            form.add_error("code", say(refused))
        else:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
    context = {"form": form, "has_totp": has_totp}
    return render(request, "accounts/recovery_codes.html", context)


@members_only
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's sessions, or all but this one."""
    user, handle, now = user_of(request), request.POST.get("session", ""), timezone.now()
    if handle == "others":
        services.end_sessions(user, actor=user, now=now, but=request.session.session_key or "")
    else:
        services.end_session(user, handle, now=now)
    return redirect("accounts:me")


def _me(request: HttpRequest, user: User) -> HttpResponse:
    context = {
        "totp": queries.find_totp(user),
        "codes_left": queries.recovery_codes_left(user),
        "passkeys": queries.passkeys_of(user),
        "erasure": queries.find_erasure(user),
        "is_silenced": queries.is_silenced(user, timezone.now()),
        "lock_wanted": request.session.get(LOCK_WANTED, False),
        "pattern": drawn(user),
        "sessions": queries.sessions_of(user, timezone.now()),
        "session_key": request.session.session_key,
        "acts": queries.acts_of(user)[:ACTS_SHOWN],
        "pages": sorted(
            (page for page in offered(AccountPage) if page.is_here()),
            key=lambda page: page.order,
        ),
    }
    return render(request, "accounts/me.html", context)


def _signed_secret(text: str) -> str:
    """Return the secret that this site has shown before; nobody brings one of their own."""
    try:
        return str(signing.loads(text, salt=SECRET_SALT, max_age=SECRET_FOR_S))
    except signing.BadSignature:
        return ""
