"""Fill the observatory that journeys walk through: run in a process of its own, once."""

from __future__ import annotations

import os

import django

PASSPHRASE = "lampadaire girouette tambour noisette"


def main() -> None:
    """Make the people and the small observatory of the tests, through the house's verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    django.setup()

    from contrechamp.accounts.domain import Role
    from contrechamp.accounts.services import open_account
    from contrechamp.graph.services import rebuild_layout
    from contrechamp.search.services import rebuild
    from tests.observatory import observatory

    roles = {"marianne": Role.MEMBER, "amina": Role.EDITOR, "io": Role.ADMINISTRATOR}
    people = {
        name: open_account(name=name, passphrase=PASSPHRASE, role=role)
        for name, role in roles.items()
    }
    observatory(author=people["marianne"], editor=people["amina"])
    rebuild()
    rebuild_layout()


if __name__ == "__main__":
    main()
