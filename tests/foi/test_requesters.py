"""Who signs: whole identities, shared by editors, closed and opened; no home address travels."""

from __future__ import annotations

import pytest

from contrechamp.foi import services
from contrechamp.foi.models import Requester
from contrechamp.foi.queries import requesters
from contrechamp.foi.queries.letters import letter_of
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Person

from .requests import NOW, draft, editor, requester

pytestmark = pytest.mark.django_db
IDENTITY = {
    "name": "Les Yeux ouverts",
    "number": "W991234567",
    "representative": "Camille Exemple",
    "address": "1 place du Marché\n99000 Valbrume",
    "email": "contact@yeux-ouverts.example",
}


def shared() -> Requester:
    return services.add_requester(
        kind="ASSOCIATION", identity=IDENTITY, actor=editor(), now=NOW, is_shared=True
    )


def test_the_same_identity_is_there_once() -> None:
    who = make.user("membre")
    given = {"kind": "ASSOCIATION", "identity": IDENTITY, "actor": who, "now": NOW}
    assert services.add_requester(**given) == services.add_requester(**given)  # type: ignore[arg-type]


def test_members_sign_with_what_editors_share_and_do_not_change_it() -> None:
    row, who = shared(), make.user("membre")
    assert list(requesters.usable_by(who)) == [row]
    assert requesters.default_for(who) == row
    with pytest.raises(Refused, match="pas la vôtre"):
        services.close_requester(row, actor=who, now=NOW)


def test_only_editors_share_and_never_a_person() -> None:
    with pytest.raises(Refused, match="relecteurs"):
        services.add_requester(
            kind="ASSOCIATION",
            identity=IDENTITY,
            actor=make.user("membre"),
            now=NOW,
            is_shared=True,
        )
    with pytest.raises(Refused, match="ne se partage pas"):
        services.add_requester(
            kind="PERSON",
            identity={"name": "Exemple", "first_name": "Camille", "address": "1 rue"},
            actor=editor(),
            now=NOW,
            is_shared=True,
        )


def test_a_private_identity_is_its_owners_alone(amina: Person) -> None:
    row = requester(make.user("membre"))
    assert amina.user
    assert row not in requesters.usable_by(amina.user)
    assert amina.opens(f"/demandes/signataires/{row.pk}").status == 404


def test_one_that_signed_is_closed_and_opened_one_that_did_not_is_gone() -> None:
    who = make.user("membre")
    unused = services.add_requester(
        kind="ASSOCIATION", identity=IDENTITY | {"name": "Autre"}, actor=who, now=NOW
    )
    services.close_requester(unused, actor=who, now=NOW)
    assert not Requester.objects.filter(label="Autre").exists()
    request = draft(who)
    row = request.requester
    assert row
    services.close_requester(row, actor=who, now=NOW)
    assert row not in requesters.usable_by(who)
    services.open_requester(row, actor=who)
    assert row in requesters.usable_by(who)


def test_what_left_keeps_the_identity_of_its_day() -> None:
    request = draft()
    services.mark_ready(request, actor=request.author, now=NOW)
    services.send(request, actor=request.author, now=NOW)
    row = Requester.objects.get()
    services.change_requester(
        row, kind="ASSOCIATION", identity=IDENTITY | {"name": "Nouveau nom"}, actor=request.author
    )
    request.refresh_from_db()
    assert request.identity["name"] == "Les Yeux ouverts"
    assert "Nouveau nom" not in letter_of(request, day=NOW.date()).text


def test_no_members_home_travels_when_an_association_signs() -> None:
    who = make.user("membre")
    services.add_requester(
        kind="PERSON",
        identity={
            "name": "Secrète",
            "first_name": "Camille",
            "address": "7 impasse du Domicile",
            "email": "camille@chez-elle.example",
        },
        actor=who,
        now=NOW,
    )
    text = letter_of(draft(who), day=NOW.date()).text
    for private in ("Domicile", "Secrète", "chez-elle"):
        assert private not in text
