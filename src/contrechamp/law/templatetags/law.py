"""Words for what the clock answers: steps, counts, articles, open questions."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import get_language, gettext, ngettext

from contrechamp.foundation.words import written
from contrechamp.kernel.errors import gettext_noop
from contrechamp.law.domain import access, court, envelope, formulas
from contrechamp.law.domain.french import french
from contrechamp.law.domain.items import Item, Line, Reading, Remedies, State
from contrechamp.law.domain.pack import Named, Rule

register = template.Library()
READINGS = {
    Reading.USUAL: gettext_noop("usuelle"),
    Reading.STRICT: gettext_noop("stricte"),
    Reading.SAFE: gettext_noop("sûre"),
}
REMEDIES = {
    Remedies.UNKNOWN: gettext_noop("on ne sait pas"),
    Remedies.STATED: gettext_noop("oui, les voies et délais y sont"),
    Remedies.MISSING: gettext_noop("non, ils manquent"),
}
STATES = {
    State.UPCOMING: gettext_noop("pas encore"),
    State.OPEN: gettext_noop("c'est possible"),
    State.LAST_DAYS: gettext_noop("derniers jours"),
    State.UNSAFE: gettext_noop("le jour sûr est passé"),
    State.CLOSED: gettext_noop("c'est fini"),
}
SURE = {
    "T": gettext_noop("texte en vigueur, lu"),
    "O": gettext_noop("texte plus ancien, à revérifier"),
    "S": gettext_noop("source seconde"),
    "?": gettext_noop("à vérifier"),
}
PARTS = {
    "opens": gettext_noop("à partir de"),
    "safe": gettext_noop("sûr"),
    "usual": gettext_noop("usuel"),
    "strict": gettext_noop("strict"),
}
FIELDS = {
    "anchor": gettext_noop("étape du calcul"),
    "not_before": gettext_noop("pas avant"),
    "act_by_safe": gettext_noop("sûr"),
    "last_day": gettext_noop("dernier jour"),
}
WHY = {
    formulas.END_OF_DAY.why: gettext_noop("la décision naît à la fin de son jour"),
    formulas.DAY_BEFORE.why: gettext_noop("lecture stricte : la veille, sans report"),
    access.LATE_REFUSAL: gettext_noop("refus écrit reçu après ce jour : pas de nouveau délai"),
    court.LATE_DECISION: gettext_noop("décision reçue après ce jour : pas de nouveau délai"),
    court.LATE_REASONS: gettext_noop("motifs demandés après ce jour : pas de nouveau délai"),
    court.EARLY_REASONS: gettext_noop(
        "motifs demandés avant ce jour, où la décision n'était pas née : sans effet"
    ),
    court.LATE_GRACIEUX: gettext_noop("recours gracieux reçu après ce jour : sans effet"),
    court.NOT_COUNTED_ON: gettext_noop(
        "recours gracieux après une décision née du silence : on n'y compte pas, le jour le plus "
        "proche est gardé"
    ),
    court.NO_GRACIEUX: gettext_noop(
        "CRPA L412-4 : un recours gracieux est sans effet pour l'accès aux documents"
    ),
    envelope.NO_COMMON_DAY: gettext_noop(
        "les jours possibles n'en laissent aucun en commun : agir avant la fin du plus proche"
    ),
    "one year, if remedies were not stated": gettext_noop(
        "un an, si les voies et délais de recours n'étaient pas dits"
    ),
    "one year, if publicity was not adequate": gettext_noop(
        "un an, si la publicité n'était pas suffisante"
    ),
    "one year from asking, if the reasons are not given": gettext_noop(
        "un an depuis la demande, si les motifs ne sont pas donnés"
    ),
}
MONTHS = {
    **{"Jan": "janvier", "Feb": "février", "Mar": "mars", "Apr": "avril", "May": "mai"},
    **{"Jun": "juin", "Jul": "juillet", "Aug": "août", "Sep": "septembre", "Oct": "octobre"},
    **{"Nov": "novembre", "Dec": "décembre"},
}
JUDGMENT = re.compile(r"^(CE.*?) (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) n\. (\d+)$")


def _words(named: Named) -> str:
    return named.in_language(get_language() or "fr")


@register.filter
def step_name(item: Item) -> str:
    """Return what a step is called."""
    return _words(french().steps[item.step])


@register.filter
def whose(item: Item) -> str:
    """Return whose act a step is: yours, theirs, birth, rescue."""
    return french().steps[item.step].whose


@register.filter
def words(named: Named) -> str:
    """Return an event or a question in the reader's language."""
    return _words(named)


@register.filter
def question_words(code: str) -> str:
    """Return the plain sentence of an open question, by its code."""
    return _words(french().questions[code])


@register.filter
def step_words(rule: Rule) -> str:
    """Return the step of a rule."""
    return _words(french().steps[rule.step])


@register.filter
def rule_words(rule: Rule) -> str:
    """Return what a rule says."""
    return rule.en if (get_language() or "fr").startswith("en") else rule.fr


@register.filter
def article(basis: str) -> str:
    """Return an article or a judgment as it is quoted in the reader's language."""
    found = JUDGMENT.match(basis)
    if found is None or (get_language() or "fr").startswith("en"):
        return basis
    court_name, day, month, year, number = found.groups()
    return f"{court_name}, {day} {MONTHS[month]} {year}, n° {number}"


@register.filter
def named(code: str) -> str:
    """Return what a reading, the remedies, a state, a part, a field or how sure is called."""
    for table in (READINGS, REMEDIES, STATES, SURE, PARTS, FIELDS):
        if code in table:
            return gettext(table[code])  # type: ignore[index]
    return code


@register.filter
def why(line: Line) -> str:
    """Return the basis of a line of a count in words."""
    event = line.basis.removeprefix("event ")
    if event != line.basis:
        found = french().events.get(event)
        return _words(found) if found else event
    return gettext(WHY[line.basis]) if line.basis in WHY else article(line.basis)


@register.filter
def counted(line: Line) -> str:
    """Return one step of a count in words: `15 janvier 2026, plus 1 mois`."""
    start, n = written(line.start), abs(line.n)
    if line.op in {"M", "F"}:
        said = ngettext("{start}, plus {n} mois", "{start}, plus {n} mois", n)
        if line.op == "F":
            said = ngettext("{start}, plus {n} mois francs", "{start}, plus {n} mois francs", n)
    elif line.op == "DAYS" and line.n < 0:
        said = ngettext("{start}, moins {n} jour", "{start}, moins {n} jours", n)
    elif line.op == "DAYS" and n:
        said = ngettext("{start}, plus {n} jour", "{start}, plus {n} jours", n)
    elif line.op == "WD":
        said = ngettext("{start}, plus {n} jour ouvré", "{start}, plus {n} jours ouvrés", n)
    elif line.op == "R":
        said = gettext("{start}, ou le premier jour ouvré après")
    else:
        said = "{start}"
    return said.format(start=start, n=n)
