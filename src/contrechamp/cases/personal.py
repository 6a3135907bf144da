"""What the room `cases` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "cases",
    {
        "Action.author": gettext_noop("Actions en justice que vous avez ouvertes"),
        "Argument.made_by": gettext_noop("Moyens que vous avez ajoutés"),
        "Bundle.asked_by": gettext_noop("Liasses de pièces que vous avez demandées"),
        "Cost.made_by": gettext_noop("Frais que vous avez notés"),
        "Draft.made_by": gettext_noop("Écrits que vous avez commencés"),
        "DraftText.made_by": gettext_noop("Textes d'écrits de votre main"),
        "DraftVersion.made_by": gettext_noop("Versions d'écrits que vous avez faites"),
        "Exhibit.made_by": gettext_noop("Pièces que vous avez versées à une action"),
        "FactRow.made_by": gettext_noop("Ce que vous avez noté d'actions en justice"),
        "Instance.made_by": gettext_noop("Instances que vous avez notées"),
        "Invitation.owner": gettext_noop("Invitations à agir après une demande"),
        "Mandate.made_by": gettext_noop("Mandats que vous avez notés"),
        "Member.user": gettext_noop("Actions en justice dont vous êtes"),
        "Party.made_by": gettext_noop("Parties que vous avez notées"),
        "Reminder.owner": gettext_noop("Vos rappels d'échéances"),
        "Reminding.owner": gettext_noop("Réglages de vos rappels d'échéances"),
        "Sequel.made_by": gettext_noop("Suites que vous avez rattachées à une action"),
        "SourceDecision.confirmed_by": gettext_noop(
            "Protections de sources que vous avez confirmées"
        ),
        "SourceDecision.ended_by": gettext_noop("Protections de sources que vous avez levées"),
        "SourceDecision.proposed_by": gettext_noop(
            "Protections de sources que vous avez proposées"
        ),
        "Support.made_by": gettext_noop("Pièces que vous avez rattachées à un moyen"),
    },
)
