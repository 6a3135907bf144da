"""Local groups: who enters, who looks after them, when they meet; public pages of members."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import icalendar
import pytest
from django.utils import timezone

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Role, pattern
from contrechamp.accounts.domain.groups import NotYours, slug_of
from contrechamp.accounts.models import Group, Meeting, User
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PAGE = "/groupes/fontaines-sous-l-oeil/"


def founded(by: User, *, entry: str = Group.Entry.ASKED) -> Group:
    return services.make_group(
        actor=by, now=NOW, name="Fontaines sous l'œil", text="Le premier mardi.", entry=entry
    )


def meets(group: Group, by: User, **values: object) -> Meeting:
    given = {"title": "Balade", "starts_at": timezone.now() + timedelta(days=3), **values}
    return services.set_meeting(group, None, actor=by, now=NOW, **given)


def test_an_address_is_made_of_the_name() -> None:
    assert slug_of("Fontaines sous l'Œil !") == "fontaines-sous-l-oeil"
    for name in ("…", "Nouveau"):
        with pytest.raises(Refused):
            slug_of(name)


def test_a_confirmed_member_founds_a_group_and_looks_after_it(noor: Person) -> None:
    answer = noor.sends("/groupes/nouveau/", name="Fontaines", entry="ASKED", text="Bonjour")
    assert answer.location == "/groupes/fontaines/"
    assert noor.user
    assert queries.looks_after(Group.objects.get(), noor.user)
    assert "Fontaines" in noor.opens("/groupes/").text
    assert "ou presque" in noor.sends("/groupes/nouveau/", name="fontaines!", entry="OPEN").text


def test_who_is_not_confirmed_founds_none() -> None:
    user = make.user("noor")
    user.standing = User.Standing.QUEUED
    with pytest.raises(Refused):
        founded(user)


def test_one_asks_is_let_in_and_shows_ones_name_or_not(
    noor: Person, marianne: Person, visitor: Person
) -> None:
    assert noor.user
    assert marianne.user
    group = founded(noor.user)
    page = f"/groupes/{group.slug}/"
    marianne.sends(f"{page}acte/", act="join")
    assert "attend une réponse" in marianne.opens(page).text
    assert "demande à entrer" in noor.opens(f"{page}membres/").text

    noor.sends(f"{page}membres/", act="accept", user=marianne.user.public_id)
    assert "marianne" not in visitor.opens(page).text
    marianne.sends(f"{page}acte/", act="show")
    assert "marianne" in visitor.opens(page).text
    assert "Fontaines sous" in unescape(visitor.opens("/membres/marianne/").text)
    marianne.sends(f"{page}acte/", act="hide")
    assert "marianne" not in visitor.opens(page).text


def test_an_open_group_is_entered_at_once_and_an_invited_one_by_its_link(
    noor: Person, marianne: Person
) -> None:
    assert noor.user
    assert marianne.user
    group = founded(noor.user, entry=Group.Entry.OPEN)
    assert services.join_group(group, marianne.user, now=NOW).state == "IN"
    services.leave_group(group, marianne.user)
    group.entry = Group.Entry.INVITED
    group.save()
    with pytest.raises(Refused):
        services.join_group(group, marianne.user, now=NOW)

    made = noor.sends(f"/groupes/{group.slug}/membres/", act="invite")
    link = re.findall(r'<pre id="link">http://testserver(/bienvenue/[^<]+)</pre>', made.text)[0]
    marianne.sends(link)
    found = queries.membership_of(group, marianne.user)
    assert found
    assert found.state == "IN"


def test_only_who_looks_after_a_group_changes_it(noor: Person, marianne: Person) -> None:
    assert noor.user
    assert marianne.user
    group = founded(noor.user)
    for page in ("modifier/", "membres/", "rencontres/nouvelle/"):
        assert marianne.opens(f"/groupes/{group.slug}/{page}").status == 404
        assert noor.opens(f"/groupes/{group.slug}/{page}").status == 200
    with pytest.raises(NotYours):
        services.change_group(group, actor=marianne.user, now=NOW, name="Autre")
    with pytest.raises(NotYours):
        meets(group, marianne.user)


def test_an_administrator_looks_after_every_group(noor: Person) -> None:
    assert noor.user
    io = make.user("io", Role.ADMINISTRATOR)
    services.close_group(founded(noor.user), actor=io, now=NOW)
    assert noor.opens(PAGE).status == 404


def test_the_last_who_looks_after_a_group_with_others_stays() -> None:
    noor, marianne = make.user("noor"), make.user("marianne")
    group = founded(noor, entry=Group.Entry.OPEN)
    services.join_group(group, marianne, now=NOW)
    with pytest.raises(Refused, match="dernière personne"):
        services.leave_group(group, noor)
    services.let_look_after(group, marianne, True, actor=noor)
    services.leave_group(group, noor)
    assert queries.looks_after(group, marianne)


def test_a_meeting_is_on_the_page_in_calendars_and_in_the_feed(
    noor: Person, visitor: Person
) -> None:
    assert noor.user
    group = founded(noor.user)
    page = f"/groupes/{group.slug}"
    answer = noor.sends(
        f"{page}/rencontres/nouvelle/",
        title="Balade des caméras",
        starts_at="2036-12-05T18:30",
        ends_at="2036-12-05T20:00",
        place="Place Carnot",
        link="https://exemple.fr/balade",
        text="Venir à pied.",
    )
    assert answer.location == f"{page}/"
    assert "Place Carnot" in visitor.opens(f"{page}/").text

    (event,) = icalendar.Calendar.from_ical(visitor.opens(f"{page}.ics").text).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime(2036, 12, 5, 17, 30, tzinfo=UTC)
    assert str(event["LOCATION"]) == "Place Carnot"
    assert "Balade des caméras" in visitor.opens(f"{page}.atom").text


def test_a_cancelled_meeting_says_so_and_counts_up(visitor: Person) -> None:
    noor = make.user("noor")
    group = founded(noor)
    meeting = meets(group, noor)
    services.cancel_meeting(meeting, actor=noor, now=NOW)
    services.cancel_meeting(meeting, actor=noor, now=NOW)
    assert "Annulé" in visitor.opens(f"/groupes/{group.slug}/").text
    text = visitor.opens(f"/groupes/{group.slug}.ics").text
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text


def test_a_meeting_ends_after_it_begins() -> None:
    noor = make.user("noor")
    with pytest.raises(Refused, match="après le début"):
        meets(founded(noor), noor, starts_at=NOW, ends_at=NOW)


def test_a_meeting_of_before_leaves_the_page() -> None:
    noor = make.user("noor")
    group = founded(noor)
    meets(group, noor, starts_at=NOW - timedelta(days=1))
    assert not queries.meetings_of(group, NOW).exists()
    assert queries.meetings_of(group, NOW - timedelta(days=1)).exists()


def test_the_public_page_of_a_member_tells_the_month_alone(visitor: Person) -> None:
    services.sign_up(name="noor", passphrase="lampadaire girouette tambour noisette", now=NOW)
    page = visitor.opens("/membres/noor/")
    assert "novembre 2026" in page.text
    assert "30 novembre" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page.text
    assert visitor.opens("/membres/nobody/").status == 404


def test_one_blocks_from_the_page_of_a_member_who_is_not_told(
    noor: Person, marianne: Person
) -> None:
    noor.sends("/membres/marianne/bloquer/", act="block")
    assert "marianne" in noor.opens("/compte/blocages/").text
    assert "Débloquer" in noor.opens("/membres/marianne/").text
    assert "bloqué" not in unescape(marianne.opens("/membres/noor/").text)
    noor.sends("/membres/marianne/bloquer/", act="unblock")
    assert "Vous n'avez bloqué personne" in unescape(noor.opens("/compte/blocages/").text)


def test_a_pattern_is_chance_the_same_each_time_and_mirrored() -> None:
    path, tint = pattern("0f3a")
    assert pattern("0f3a") == (path, tint)
    assert pattern("0f3b")[0] != path
    cells = {(int(x), int(y)) for x, y in re.findall(r"M(\d) (\d)h", path)}
    assert cells == {(4 - x, y) for x, y in cells}
    assert pattern("") == ("", 0)


def test_reading_is_remembered_only_for_who_asks(noor: Person) -> None:
    assert noor.user
    assert "Rien de ce que vous lisez" in noor.opens("/compte/").text
    noor.sends("/compte/lecture/", remember="yes")
    noor.user.refresh_from_db()
    assert noor.user.remember_reading
