"""The boards that an observatory begins with."""

from __future__ import annotations

from django.db import transaction

from contrechamp.forum.models import Board

from .posting import default_board

FIRST = (
    (
        "general",
        "Général",
        "General",
        "Se présenter, s'informer, parler de surveillance en tout lieu.",
        "Say hello, share news, talk about surveillance anywhere.",
        10,
    ),
    (
        "aide",
        "Aide et méthode",
        "Help and method",
        "Comment lire un acte, demander un document, documenter une caméra.",
        "How to read an act, ask for a document, document a camera.",
        20,
    ),
    (
        "groupes-locaux",
        "Groupes locaux",
        "Local groups",
        "Se trouver, se réunir, agir là où l'on habite.",
        "Find each other, meet and act where you live.",
        30,
    ),
)


@transaction.atomic
def make_first_boards() -> int:
    """Make the first boards where there are none of them; return how many are new."""
    made = 0
    default_board()
    for slug, title, title_en, text, text_en, position in FIRST:
        _, is_new = Board.objects.get_or_create(
            slug=slug,
            defaults={
                "title": title,
                "title_en": title_en,
                "text": text,
                "text_en": text_en,
                "position": position,
            },
        )
        made += is_new
    return made
