"""What the room `directory` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "directory",
    {
        "Change.by": gettext_noop("Changements que vous avez faits à l'annuaire"),
        "Merge.merged_by": gettext_noop("Fiches de l'annuaire que vous avez réunies"),
        "Merge.undone_by": gettext_noop("Réunions de fiches que vous avez défaites"),
        "Proposal.decided_by": gettext_noop("Adresses proposées dont vous avez décidé"),
        "Proposal.proposed_by": gettext_noop("Adresses que vous avez proposées"),
    },
)
