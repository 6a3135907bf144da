"""What an account may be called: a pseudonym that can be said, typed and put in an address."""

from __future__ import annotations

import re

from contrechamp.kernel.errors import Refused, gettext_noop

NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?")


def check_name(name: str) -> None:
    """Raise `Refused` unless the name is 1 to 40 letters, digits, dots, hyphens, underscores."""
    if not NAME.fullmatch(name):
        raise Refused(
            gettext_noop(
                "« {name} » ne peut pas être un nom de compte : choisissez 1 à 40 lettres ou "
                "chiffres, avec au besoin des points, tirets ou soulignés à l'intérieur."
            ),
            name=name[:60],
        )
