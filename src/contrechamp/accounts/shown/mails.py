"""The mails of notices: plain text, no tracking, no more than their reader asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from contrechamp.accounts.domain.notices import Detail
from contrechamp.accounts.queries.notices import Group, Said

MOST = 60
"""Notices in one mail; the rest is counted."""
LONGEST_BODY = 4000
"""Of one message in a whole mail: the rest is on the site."""
LONGEST = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The addresses that a mail names."""

    root: str
    notices: str
    settings: str
    stop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail, ready to be sent."""

    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def compose(groups: Sequence[Group], detail: Detail, links: Links, *, reply_to: str = "") -> Mail:
    """Return the mail that tells what is new, in the language that is active.

    `reply_to`: the address at which the one thing that it is about can be answered.
    """
    count = len(groups)
    news = ngettext(
        "Du nouveau dans {count} dossier suivi", "Du nouveau dans {count} dossiers suivis", count
    ).format(count=count)
    subject = news if detail is Detail.NOTHING or count > 1 else groups[0].title
    blocks = [f"{news}."]
    if detail is not Detail.NOTHING:
        blocks += _blocks(groups, detail, links.root)
    blocks.append(f"{gettext('Tout lire sur le site :')}\n{links.notices}")
    if reply_to:
        blocks.append(
            gettext(
                "Vous pouvez répondre à ce courriel depuis l'adresse de votre compte : votre texte"
                " paraîtra dans la discussion, sous votre pseudonyme, sans ce que vous citez ni"
                " votre signature. Les fichiers joints sont refusés."
            )
        )
    body = "\n\n".join(blocks)
    return Mail(
        subject=_one_line(subject), body=f"{body}\n\n{_foot(links)}", headers=_headers(links)
    )


def _blocks(groups: Sequence[Group], detail: Detail, root: str) -> list[str]:
    blocks, left, size = [], MOST, 0
    for group in groups:
        if left <= 0 or size > LONGEST:
            break
        said = sorted(group.said, key=lambda one: one.id)[:left]
        left -= len(said)
        title = _one_line(group.title)
        lines = [f"{title}\n{'-' * min(len(title), 72)}"]
        lines += [_line(one, detail, root) for one in said]
        block = "\n\n".join(lines)
        size += len(block)
        blocks.append(block)
    total = sum(len(group.said) for group in groups)
    if (more := total - (MOST - left)) > 0:
        blocks.append(
            ngettext(
                "Et {count} de plus sur le site.", "Et {count} de plus sur le site.", more
            ).format(count=more)
        )
    return blocks


def _line(one: Said, detail: Detail, root: str) -> str:
    head = f"{_one_line(one.card.text)}\n{root}{one.card.url}"
    body = one.card.body.strip() if detail is Detail.FULL else ""
    if len(body) > LONGEST_BODY:
        body = f"{body[:LONGEST_BODY].rstrip()} […]"
    return f"{head}\n\n{textwrap.indent(body, '  ')}" if body else head


def _foot(links: Links) -> str:
    stop = gettext("Ne plus recevoir ces courriels, sans mot de passe :")
    change = gettext("Choisir leur rythme et ce qu'ils disent :")
    return f"-- \n{stop}\n{links.stop}\n{change}\n{links.settings}\n"


def _headers(links: Links) -> dict[str, str]:
    # A notice of ours, not a letter: machines do not answer it, and programs show how to end it
    # (RFC 3834, RFC 2369, RFC 8058).
    return {
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "List-Unsubscribe": f"<{links.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())[:150]
