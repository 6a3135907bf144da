"""What the room `foi` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "foi",
    {
        "Batch.author": gettext_noop("Envois groupés que vous avez préparés"),
        "CalendarFeed.owner": gettext_noop("Vos calendriers d'échéances"),
        "Campaign.owner": gettext_noop("Campagnes de demandes que vous menez"),
        "FactRow.made_by": gettext_noop("Ce que vous avez noté de demandes"),
        "Obtained.made_by": gettext_noop("Documents obtenus que vous avez rangés"),
        "Paper.made_by": gettext_noop("Lettres et saisines que vous avez écrites"),
        "Publication.made_by": gettext_noop("Demandes que vous avez publiées ou retirées"),
        "ReminderAddress.owner": gettext_noop("Adresse de vos rappels"),
        "Reply.read_by": gettext_noop("Réponses d'administrations que vous avez lues"),
        "Request.author": gettext_noop("Demandes de documents que vous avez faites"),
        "Series.author": gettext_noop("Séries de saisines de la CADA que vous menez"),
        "ShownMessage.made_by": gettext_noop("Messages de demandes que vous avez rendus publics"),
    },
)
