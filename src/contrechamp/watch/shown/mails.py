"""The words of the mails of an alert, in the language that is active: plain text, no picture,
nothing that tells that a mail was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext, gettext_noop, ngettext

from contrechamp.foundation.words import written
from contrechamp.watch.domain.deadline import Window
from contrechamp.watch.domain.digest import MOST, Line, Mail, Part, changed_names, print_of
from contrechamp.watch.published import Act

from .acts import shown, summary

REF = "watch:act:"
REASONS = {
    "not_a_decision": gettext_noop("ce n'était pas une décision"),
    "wrong_place": gettext_noop("le lieu était faux"),
    "wrong_reading": gettext_noop("l'acte était mal lu"),
    "duplicate": gettext_noop("il était publié deux fois"),
    "private": gettext_noop("il en disait trop sur une personne"),
}
"""Why an act was withdrawn, as the public is told; the note of who withdrew it is not public."""
CHANGED = {
    "title": gettext_noop("intitulé"),
    "technology": gettext_noop("technique"),
    "decision": gettext_noop("décision"),
    "places": gettext_noop("lieux"),
    "companies": gettext_noop("entreprises"),
    "number": gettext_noop("numéro"),
    "signed_on": gettext_noop("date de signature"),
    "published_on": gettext_noop("date de publication"),
    "deadline": gettext_noop("délai de recours"),
    "expires_on": gettext_noop("date d'expiration"),
    "intervals": gettext_noop("période d'application"),
    "cameras": gettext_noop("nombre de caméras"),
    "retention_days": gettext_noop("durée de conservation"),
    "operator": gettext_noop("service qui filme"),
    "amount": gettext_noop("montant"),
}
"""What of an act is compared with what a mail told of it, and how it is called."""


def told_print(act: Act) -> dict[str, str]:
    """Return the marks of what visitors read of an act; none of a withdrawn one."""
    if act.withdrawn_at:
        return {}
    values: dict[str, object] = {
        "title": act.title,
        "technology": act.technology,
        "decision": act.decision,
        "places": sorted(act.territories),
        "companies": sorted(siren for siren, _ in act.companies),
        "number": (act.act_number, act.order_number),
        "signed_on": act.signed_on,
        "published_on": act.published_on,
        "deadline": (act.act_by_safe, act.last_day),
        "expires_on": act.expires_on,
        "intervals": act.data.get("intervals") or [],
        "cameras": act.data.get("cameras"),
        "retention_days": act.data.get("retention_days"),
        "operator": act.data.get("operator"),
        "amount": act.amount,
    }
    return print_of(values)


def act_lines(acts: Iterable[Act], today: date) -> list[Line]:
    """Return acts as lines of a mail."""
    return [
        Line(one.title, one.url, summary(one), f"{REF}{one.act.id}") for one in shown(acts, today)
    ]


def open_lines(acts: Iterable[Act], today: date) -> list[Line]:
    """Return those of acts that can be challenged, each with the days left first."""
    return [
        Line(one.title, one.url, f"{left_words(one.window)} {summary(one)}", f"{REF}{one.act.id}")
        for one in shown(acts, today)
        if one.window and one.window.is_open
    ]


def left_words(time: Window) -> str:
    """Say how many days are left up to the safe day."""
    if time.left > 0:
        words = ngettext(
            "%(days)s jour pour contester", "%(days)s jours pour contester", time.left
        ) % {"days": time.left}
        return f"{words}."
    if time.left == 0:
        return gettext("Dernier jour sûr : aujourd'hui") + "."
    return gettext("Le jour sûr est passé") + "."


def change_line(act: Act, before: Mapping[str, str], told_on: date, today: date) -> Line | None:
    """Say what became of an act that a mail told; None when visitors read what was told.

    Of a withdrawn act nothing is repeated: only where it was, when we told it, and why it went.
    """
    after, day = told_print(act), written(told_on, "j F Y")
    ref = f"{REF}{act.id}"
    if not after:
        if not before:
            return None
        title = gettext("Retiré : un acte dont notre courriel du {day} parlait").format(day=day)
        return Line(title, act.url, reason_words(act.reason), ref)
    (one,) = shown([act], today)
    if not before:
        return Line(
            gettext("Rétabli : {title}").format(title=one.title), act.url, summary(one), ref
        )
    names = [gettext(CHANGED[name]) for name in changed_names(before, after)]
    if not names:
        return None
    said = gettext("Depuis notre courriel du {day}, corrigé : {names}.").format(
        day=day, names=", ".join(names)
    )
    title = gettext("Corrigé : {title}").format(title=one.title)
    return Line(title, act.url, f"{said} {summary(one)}", ref)


def reason_words(reason: str) -> str:
    """Say why an act was withdrawn; nothing when no public reason was given."""
    if reason not in REASONS:
        return ""
    return gettext("Raison : {reason}.").format(reason=gettext(REASONS[reason]))


def digest(about: str, parts: Sequence[Part], *, root: str, end_url: str) -> Mail | None:
    """Return the mail that tells of lines; None when there is nothing to tell."""
    parts = [part for part in parts if part.lines]
    if not parts:
        return None
    count = sum(len(part.lines) for part in parts)
    said = ngettext("{count} nouvelle", "{count} nouvelles", count).format(count=count)
    blocks = []
    for part in parts:
        if part.title:
            blocks.append(f"{part.title}\n{'=' * len(part.title)}")
        blocks += [_block(line, root) for line in part.lines[:MOST]]
        if (more := len(part.lines) - MOST) > 0:
            blocks.append(
                ngettext(
                    "Et {count} de plus sur le site.", "Et {count} de plus sur le site.", more
                ).format(count=more)
            )
    stop = gettext("Ne plus recevoir ces courriels, sans compte :")
    subject = gettext("{about} : {count}").format(about=about, count=said)
    return Mail(
        _one_line(subject),
        "\n\n".join([*blocks, f"--\n{stop}\n{end_url}\n"]),
        {
            "List-Unsubscribe": f"<{end_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def question(about: str, *, confirm_url: str, end_url: str) -> Mail:
    """Return the mail that asks whoever reads an address whether they want an alert."""
    asked = gettext(
        "Quelqu'un a demandé que Contrechamp vous écrive quand il y a du nouveau : {about}."
    ).format(about=about)
    yes = gettext("Si c'est vous, confirmez :")
    no = gettext("Sinon, ne faites rien : rien d'autre ne vous sera envoyé.")
    return Mail(
        _one_line(gettext("Confirmer l'alerte : {about}").format(about=about)),
        f"{asked}\n\n{yes}\n{confirm_url}\n\n{no}\n",
        {"List-Unsubscribe": f"<{end_url}>"},
    )


def _block(line: Line, root: str) -> str:
    return "\n".join(part for part in (line.title, line.summary, f"{root}{line.url}") if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:150]
