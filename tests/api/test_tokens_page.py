"""The page where a member makes and revokes tokens."""

from __future__ import annotations

import re

from contrechamp.api.models import Token
from tests.api.program import Program
from tests.people import Person

FORM = {"name": "mon script", "scopes": ["propose", "import"], "days": "30"}


def test_a_token_is_shown_once_and_works(noor: Person) -> None:
    made = noor.sends("/compte/jetons/", **FORM)
    (secret,) = re.findall(r"ctc_[A-Za-z0-9_-]{43}", made.text)

    assert Program(secret).asks("/me").data["scopes"] == ["import", "propose"]
    again = noor.opens("/compte/jetons/")
    assert "mon script" in again.text
    assert "ctc_" not in again.text


def test_it_is_revoked_by_its_owner_alone(noor: Person, io: Person) -> None:
    made = noor.sends("/compte/jetons/", **FORM)
    (secret,) = re.findall(r"ctc_[A-Za-z0-9_-]{43}", made.text)
    number = Token.objects.get().pk

    io.sends(f"/compte/jetons/{number}/revoquer/")
    assert Program(secret).asks("/me").status == 200
    noor.sends(f"/compte/jetons/{number}/revoquer/")
    assert Program(secret).asks("/me").status == 401
    assert "révoqué" in noor.opens("/compte/jetons/").text


def test_what_is_missing_is_said(noor: Person) -> None:
    answer = noor.sends("/compte/jetons/", name="x", days="30")

    assert answer.status == 200
    assert not Token.objects.exists()
    assert "ctc_" not in answer.text


def test_ones_account_leads_there(noor: Person) -> None:
    assert 'href="/compte/jetons/"' in noor.opens("/compte/").text
