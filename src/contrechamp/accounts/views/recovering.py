"""Coming back to an account: by a code on paper, or by the mailbox that was given."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.accounts import domain, services
from contrechamp.accounts.forms import MailboxForm, RecoverByMailForm, RecoverForm
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError, Refused

from .asking import user_of


@sensitive_post_parameters("code", "new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Take a recovery code for a new passphrase."""
    form = RecoverForm(request.POST or None)
    status = 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.recover(
                given["name"], given["code"], passphrase=given["new"], now=timezone.now()
            )
        except Refused as refused:
            form.add_error("new" if isinstance(refused, domain.Weak) else "code", say(refused))
            status = refused.status
        else:
            return render(request, "accounts/recovered.html")
    context = {"form": form, "sends_mail": services.sends_mail()}
    return render(request, "accounts/recover.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover_by_mail(request: HttpRequest) -> HttpResponse:
    """Send a link to the mailbox of an account. The answer tells nothing about who has one."""
    if not services.sends_mail():
        raise Http404
    form = RecoverByMailForm(request.POST or None)
    is_sent = False
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.send_recovery(given["name"], given["email"], now=timezone.now())
            is_sent = True
        except ContrechampError as error:
            form.add_error(None, say(error))
    return render(request, "accounts/recover_by_mail.html", {"form": form, "is_sent": is_sent})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the address of one's account, give another, take it away."""
    user = user_of(request)
    form = MailboxForm(request.POST or None)
    sent_to = ""
    if form.is_valid():
        try:
            services.ask_mailbox(user, form.cleaned_data["email"])
            sent_to = form.cleaned_data["email"]
        except ContrechampError as error:
            form.add_error("email", say(error))
    context = {"form": form, "sent_to": sent_to, "sends_mail": services.sends_mail()}
    return render(request, "accounts/mailbox.html", context)


@members_only
@require_POST
def remove_mailbox(request: HttpRequest) -> HttpResponse:
    """Forget the address at once."""
    services.remove_mailbox(user_of(request), now=timezone.now())
    return redirect("accounts:mailbox")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_mailbox(request: HttpRequest, token: str) -> HttpResponse:
    """Join an address to its account. Opening the link changes nothing: programs open links."""
    found = services.read_mailbox_link(token)
    if found is None:
        context: dict[str, object] = {"request_path": request.path}  # It repeats no address.
        gone = render(request, "accounts/mailbox_gone.html", context, status=404)
        gone.headers["Expires"] = "0"  # The same for a link that was and one that never was.
        return gone
    is_done = request.method == "POST"
    if is_done:
        services.confirm_mailbox(token, now=timezone.now())
    user, address = found
    context = {"account": user, "address": address, "is_done": is_done}
    return render(request, "accounts/mailbox_confirm.html", context)
