"""Fill the observatory that journeys walk through: run in a process of its own, once."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PASSPHRASE = "lampadaire girouette tambour noisette"


def main() -> None:
    """Make the people and the small observatory of the tests, through the house's verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    django.setup()

    from contrechamp.accounts.domain import Role
    from contrechamp.accounts.services import let_moderate, open_account
    from contrechamp.cameras import services as cameras
    from contrechamp.directory import services as directory
    from contrechamp.foi.services.examples import bring_examples
    from contrechamp.graph.services import rebuild_layout
    from contrechamp.search.services import rebuild
    from contrechamp.watch import services as watch
    from tests.observatory import NOW, observatory
    from tests.watch import invented

    roles = {
        "marianne": Role.MEMBER,
        "amina": Role.EDITOR,
        "io": Role.ADMINISTRATOR,
        "camille": Role.MEMBER,
    }
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
    let_moderate(people["camille"], True, actor=people["io"], now=NOW)
    talk(people)
    rebuild()
    rebuild_layout()


def talk(people: dict[str, User]) -> None:
    """Let two members talk, a newcomer wait to be read, and a group meet."""
    from contrechamp.accounts import services as accounts
    from contrechamp.forum.domain.flags import Category
    from contrechamp.forum.models import Board
    from contrechamp.forum.services import flagging, posting

    marianne, amina, now = people["marianne"], people["amina"], datetime.now(UTC)
    before = now - timedelta(hours=3)
    general = Board.objects.get(slug="general")
    first = posting.start_thread(
        actor=marianne,
        board=general,
        title="Qui a vu la caméra du port ?",
        source="Elle est **sur le toit** du port.\n\n| jour | vue |\n|-|-|\n| lundi | oui |",
        now=before,
    )
    answer = posting.reply(
        first.thread,
        actor=amina,
        source="> Elle est sur le toit\n\nOui, depuis mars : @marianne l'a écrit.",
        reply_to=1,
        now=before + timedelta(minutes=9),
    )
    flagging.flag(answer, Category.UNSOURCED, "Sans source.", actor=marianne, now=now)
    lou, _ = accounts.sign_up(name="lou", passphrase=PASSPHRASE, now=before)
    for number, title in enumerate(("Bonjour de la vieille ville", "Une caméra près de l'école")):
        posting.start_thread(
            actor=lou,
            board=general,
            title=title,
            source="Je lis ce site depuis un mois, et j'ai une question.",
            now=before + timedelta(minutes=20 + number),
        )
    group = accounts.make_group(
        actor=marianne,
        name="Veille de Nice",
        territory="commune:06088",
        text="On se retrouve chaque mois pour lire les délibérations ensemble.",
        entry="ASKED",
        now=now,
    )
    accounts.set_meeting(
        group,
        None,
        actor=marianne,
        now=now,
        title="Lire la délibération de mars",
        starts_at=now + timedelta(days=20),
        place="Maison des associations",
    )


if __name__ == "__main__":
    main()
