"""The four statuses in words: the sign, the word, and the sentence that says when a fact has it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

SIGNS = {"alleged": "○", "documented": "◐", "verified": "●", "contradicted": "⚡"}
WORDS = {
    "alleged": gettext_noop("allégué"),
    "documented": gettext_noop("documenté"),
    "verified": gettext_noop("vérifié"),
    "contradicted": gettext_noop("contredit"),
}
RULES = {
    "alleged": gettext_noop(
        "Quelqu'un l'affirme, mais aucun acte ni registre ne l'établit encore. "
        "C'est publié parce qu'une personne de l'équipe l'a décidé."
    ),
    "documented": gettext_noop(
        "Un acte, un registre officiel ou deux publications indépendantes l'établissent."
    ),
    "verified": gettext_noop(
        "Le passage qui l'établit a été lu par deux personnes : celle qui l'a cité et une autre."
    ),
    "contradicted": gettext_noop(
        "Un acte, un document ou un registre dit le contraire. Les deux côtés sont montrés."
    ),
}


def word(code: str) -> str:
    """Return the word of a status, empty when it is none."""
    return gettext(WORDS[code.lower()]) if code.lower() in WORDS else ""


def rule(code: str) -> str:
    """Return the sentence that says when a fact has a status, empty when it is none."""
    return gettext(RULES[code.lower()]) if code.lower() in RULES else ""
