"""The keys that work on every page: what `?` shows and `/clavier` prints.

What acts says its own: `data-key="n"` on a link, a button or a field, in any template. A room whose
script listens to keys writes them in an element with `data-keys`, and offers them as `Shortcuts`.
A line of the menu has its key in `MenuItem`.
"""

from __future__ import annotations

from contrechamp.kernel.errors import gettext_noop

EVERYWHERE = (
    ("?", gettext_noop("Montrer les touches de cette page")),
    ("/", gettext_noop("Aller au champ de recherche")),
    ("g h", gettext_noop("Accueil")),
)
LISTS = (
    ("j", gettext_noop("Ligne suivante")),
    ("k", gettext_noop("Ligne précédente")),
    ("n", gettext_noop("Page suivante")),
    ("p", gettext_noop("Page précédente")),
)
