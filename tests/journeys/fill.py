"""Fill the observatory that journeys walk through: run in a process of its own, once."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import django

PASSPHRASE = "lampadaire girouette tambour noisette"


def main() -> None:
    """Make the people and the small observatory of the tests, through the house's verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    django.setup()

    from contrechamp.accounts.domain import Role
    from contrechamp.accounts.services import open_account
    from contrechamp.cameras import services as cameras
    from contrechamp.directory import services as directory
    from contrechamp.foi.services.examples import bring_examples
    from contrechamp.graph.services import rebuild_layout
    from contrechamp.search.services import rebuild
    from contrechamp.watch import services as watch
    from tests.observatory import NOW, observatory
    from tests.watch import invented

    roles = {"marianne": Role.MEMBER, "amina": Role.EDITOR, "io": Role.ADMINISTRATOR}
    people = {
        name: open_account(name=name, passphrase=PASSPHRASE, role=role)
        for name, role in roles.items()
    }
    observatory(author=people["marianne"], editor=people["amina"])
    # As of today: their days are counted from it.
    bring_examples(now=datetime.now(UTC))
    directory.ensure_example_body(
        name="Mairie de Valbrume", address="mairie@valbrume.invalid", now=NOW
    )
    bans = [
        invented.flight(number, technology="demonstration_ban", decision="ban", operator=None)
        for number in (1, 2, 3)
    ]
    watch.take_in(bans, now=NOW)
    ids = [each["id"] for each in bans]
    watch.accept(ids, actor=people["marianne"], now=NOW)
    watch.publish(ids, reviewer=people["amina"], now=NOW)
    node = {
        "geometry": {"type": "Point", "coordinates": [7.2620, 43.7102]},
        "properties": {"id": 1, "man_made": "surveillance", "surveillance": "public"},
    }
    cameras.import_cameras(
        json.dumps({"features": [node]}).encode(),
        kind="osm",
        slug="osm",
        title="OpenStreetMap",
        actor=people["amina"],
        now=NOW,
    )
    rebuild()
    rebuild_layout()


if __name__ == "__main__":
    main()
