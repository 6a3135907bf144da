"""Trying what the mail rests on, for `contrechamp doctor`."""

from __future__ import annotations

from django.conf import settings

from contrechamp.kernel.errors import Unavailable, gettext_noop
from contrechamp.mail.connectors.opening import label_of, open_box
from contrechamp.mail.connectors.scanner import Verdict
from contrechamp.mail.connectors.smtp import relay_of
from contrechamp.mail.queries import ours

from .filing import scan


def check_setup() -> str:
    """Open the mailbox and ask the scanner; return what is set, or raise what is wrong.

    Nothing is sent, and no message is looked at.
    """
    env = settings.CONTRECHAMP
    found = []
    if env.mail_live:
        found.append(f"{relay_of(env.mail).host} ({'live' if ours.is_live() else 'held back'})")
    if env.mailbox:
        box = open_box(env.mailbox)
        try:
            found.append(f"{label_of(env.mailbox)} ({len(box.shelves())} folders)")
        finally:
            box.close()
    if env.virus_scan:
        result = scan(b"Contrechamp")
        if result.verdict is not Verdict.CLEAN:
            raise Unavailable(
                gettext_noop("L'antivirus (CONTRECHAMP_VIRUS_SCAN) ne répond pas : {why}"),
                why=result.detail or str(result.verdict),
            )
        found.append("scanner")
    return ", ".join(found) or "letters stay here, no mailbox is read"
