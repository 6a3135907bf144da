"""What the room `census` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "census",
    {
        "Change.by": gettext_noop("Changements que vous avez faits au recensement"),
        "Claim.made_by": gettext_noop("Faits que vous avez écrits"),
        "Claim.reviewed_by": gettext_noop("Faits que vous avez relus"),
        "Entity.made_by": gettext_noop("Fiches que vous avez ouvertes"),
        "Evidence.added_by": gettext_noop("Preuves que vous avez apportées"),
        "EvidenceCheck.by": gettext_noop("Preuves que vous avez vérifiées"),
        "ImportRun.by": gettext_noop("Imports que vous avez faits"),
        "NotSame.by": gettext_noop("Fiches que vous avez dites distinctes"),
        "Notice.answered_by": gettext_noop("Réclamations auxquelles vous avez répondu"),
    },
)
