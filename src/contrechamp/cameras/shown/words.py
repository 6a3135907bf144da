"""What codes of cameras are called, and what two numbers say together."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from contrechamp.cameras.domain.comparing import Comparison, Says
from contrechamp.kernel.errors import gettext_noop

KINDS = {
    "dome": gettext_noop("dôme"),
    "fixed": gettext_noop("fixe"),
    "panning": gettext_noop("orientable"),
    "panorama": gettext_noop("panoramique"),
    "plate_reader": gettext_noop("lecture de plaques"),
    "unknown": gettext_noop("sorte inconnue"),
}
SCOPES = {
    "public": gettext_noop("espace public"),
    "outdoor": gettext_noop("abords d'un bâtiment"),
    "indoor": gettext_noop("intérieur"),
    "traffic": gettext_noop("circulation"),
    "several": gettext_noop("plusieurs"),
    "unknown": gettext_noop("non précisé"),
}
SHAPES = {"public": 1, "outdoor": 2, "traffic": 4, "indoor": 6, "unknown": 7, "several": 7}
"""Shape and colour of each scope (`ui.domain.palette`): never the colour alone."""


def kind_word(code: str) -> str:
    """Return what a kind of camera is called."""
    return gettext(KINDS.get(code, KINDS["unknown"]))


def scope_word(code: str) -> str:
    """Return what it watches."""
    return gettext(SCOPES.get(code, SCOPES["unknown"]))


def sentence(comparison: Comparison) -> str:
    """Return what the two numbers of a commune say together, and no more than they say."""
    match comparison.says:
        case Says.NOTHING_KNOWN:
            return gettext("Aucune caméra n'est connue ici : ni autorisée, ni repérée.")
        case Says.NOBODY_LOOKED:
            return gettext("Autorisées, mais personne ne les a encore repérées sur place.")
        case Says.NONE_AUTHORISED:
            return gettext(
                "Repérées, sans autorisation publiée ici : demandez l'arrêté à la préfecture."
            )
        case Says.SAME:
            return gettext("Autant de caméras repérées que d'autorisées.")
        case Says.MORE_FOUND:
            number = comparison.difference or 0
            return ngettext(
                "{number} caméra repérée de plus que d'autorisées : à qui est-elle ?",
                "{number} caméras repérées de plus que d'autorisées : à qui sont-elles ?",
                number,
            ).format(number=number)
        case Says.MORE_AUTHORISED:
            number = -(comparison.difference or 0)
            return ngettext(
                "{number} caméra autorisée n'a pas été repérée : pas posée, ou pas encore vue.",
                "{number} caméras autorisées n'ont pas été repérées : pas posées, ou pas encore"
                " vues.",
                number,
            ).format(number=number)
