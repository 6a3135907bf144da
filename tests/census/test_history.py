"""Every change has author, reason, difference and a way back."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from contrechamp.census import published, queries, services
from contrechamp.census.models import Change, ChangeLine, Claim, Entity, Evidence, Name, State
from contrechamp.kernel.errors import Refused
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, marianne, noor

pytestmark = pytest.mark.django_db


def last(verb: str) -> Change:
    return Change.objects.filter(verb=verb).latest("at")


def back(verb: str, **more: Any) -> Change:
    given: dict[str, Any] = {"actor": amina(), "now": LATER, "reason": "erreur"} | more
    return services.revert(last(verb).pk, **given)


def test_a_history_says_who_when_why_and_what() -> None:
    made = claim(entity("A"), "address", value="12 rue longue")
    services.change_claim(
        made.pk,
        expected_version=1,
        value="14 rue longue",
        actor=noor(),
        now=LATER,
        reason="numéro corrigé",
    )
    first, *_, oldest = queries.history_of(made.subject_id)
    assert (first.by, first.at, first.verb, first.reason) == (
        noor(),
        LATER,
        "change_claim",
        "numéro corrigé",
    )
    (line,) = first.lines.all()
    assert (line.table, line.row, line.field) == ("claim", made.pk, "value")
    assert [(each.sign, each.text) for each in queries.line_words(line)][:2] == [
        ("-", "12"),
        ("+", "14"),
    ]
    assert oldest.verb == "add_entity"
    assert queries.last_change_at() == LATER

    told = queries.history_as_data(made.subject_id)
    assert told["changes"][0]["lines"] == [
        {
            "table": "claim",
            "row": made.pk,
            "field": "value",
            "before": "12 rue longue",
            "after": "14 rue longue",
        }
    ]
    assert queries.find_change(first.pk) == first
    assert queries.find_change("chg-0000000000") is None


def test_what_is_no_text_has_a_difference_too() -> None:
    line = ChangeLine(before=None, after=12)
    assert [(each.sign, each.text) for each in queries.line_words(line)] == [("+", "12")]


def test_a_changed_claim_goes_back_by_a_new_change() -> None:
    made = facts.published(claim(from_text="2018", amount=None))[0]
    services.change_claim(
        made.pk, expected_version=made.version, value=15, from_text="", actor=noor(), now=NOW
    )
    change = back("change_claim")
    assert change.reverts == last("change_claim")
    now = Claim.objects.get(pk=made.pk)
    assert (now.value, now.from_text, str(now.from_earliest)) == (30, "2018", "2018-01-01")
    assert published.get_fact(made.pk).value == 30
    assert now.state == State.IN_REVIEW


def test_what_was_changed_again_is_not_lost() -> None:
    made = claim()
    services.change_claim(made.pk, expected_version=1, value=15, actor=noor(), now=NOW)
    first = last("change_claim")
    services.change_claim(made.pk, expected_version=2, value=60, actor=marianne(), now=LATER)
    with pytest.raises(services.Conflict) as conflict:
        services.revert(first.pk, actor=amina(), now=LATER, reason="x")
    assert conflict.value.fields == {"value": (30, 60)}
    assert Claim.objects.get(pk=made.pk).value == 60


def test_what_was_added_is_withdrawn_or_removed() -> None:
    subject = entity("A")
    made = claim(subject, "address", value="rue")
    facts.act(made)
    services.add_name(subject, text="B", actor=marianne(), now=NOW)
    services.add_identifier(subject, scheme="siren", value="210600888", actor=marianne(), now=NOW)
    back("add_identifier")
    back("add_name")
    assert Name.objects.filter(entity=subject).count() == 1
    assert not subject.identifiers.exists()
    back("add_evidence")
    assert not Evidence.objects.exists()
    assert Claim.objects.get(pk=made.pk).status == "ALLEGED"
    back("add_claim")
    assert Claim.objects.get(pk=made.pk).state == State.WITHDRAWN
    back("add_entity")
    assert Entity.objects.get(pk=subject.pk).state == State.WITHDRAWN


def test_what_was_removed_comes_back() -> None:
    subject = entity("A")
    made = claim(subject, "address", value="rue")
    found = facts.act(made, retrieved_on=NOW.date())
    services.remove_evidence(found.pk, actor=marianne(), now=NOW)
    back("remove_evidence")
    again = Evidence.objects.get()
    assert (again.pk, again.retrieved_on, again.added_at) == (found.pk, NOW.date(), NOW)
    assert Claim.objects.get(pk=made.pk).status == "DOCUMENTED"


def test_a_renaming_goes_back() -> None:
    subject = entity("A")
    services.rename_entity(subject, name="B", actor=marianne(), now=NOW)
    back("rename_entity")
    assert Entity.objects.get(pk=subject.pk).name == "A"
    assert list(subject.names.values_list("text", "role")) == [("A", "MAIN")]


def test_a_changed_sum_and_target_go_back() -> None:
    one, two, three = entity("A"), entity("B"), entity("C")
    made = claim(one, "funds", target=two, amount="12,50")
    services.change_claim(
        made.pk, expected_version=1, target=three, amount=None, actor=marianne(), now=NOW
    )
    assert Claim.objects.get(pk=made.pk).currency == ""
    back("change_claim")
    now = Claim.objects.get(pk=made.pk)
    assert (now.target, str(now.amount), now.currency) == (two, "12.50", "EUR")


def test_a_reading_goes_back() -> None:
    made = claim()
    found = facts.act(made)
    services.check_evidence(found.pk, actor=noor(), now=NOW, verdict="CONFIRMS")
    back("check_evidence")
    assert not found.checks.exists()
    assert Claim.objects.get(pk=made.pk).status == "DOCUMENTED"


def test_a_merge_goes_back() -> None:
    one, other = entity("A"), entity("B")
    services.merge(one, other, actor=amina(), now=NOW, reason="x")
    back("merge")
    assert Entity.objects.get(pk=other.pk).merged_into is None


def test_a_review_is_not_undone_by_an_edit() -> None:
    facts.published(claim())
    with pytest.raises(Refused):
        back("publish")
    with pytest.raises(Refused):
        services.revert("chg-0000000000", actor=amina(), now=NOW, reason="x")


SCRIPT = """
    import threading
    import django
    django.setup()
    from datetime import UTC, datetime
    from django.db import connection
    from contrechamp.foundation.tables import make_tables
    make_tables()
    from contrechamp.accounts.services import open_account
    from contrechamp.census import services
    from contrechamp.census.models import ChangeLine, Claim

    now = datetime(2026, 1, 1, tzinfo=UTC)
    people = [open_account(name=n, passphrase="lampadaire girouette tambour") for n in "ab"]
    by = {"actor": people[0], "now": now}
    subject = services.add_entity(kind="actor", type="company", name="A", **by)
    claim = services.add_claim(subject=subject, property="address", value="0", **by)

    def write(person):
        for number in range(10):
            while True:
                version = Claim.objects.get(pk=claim.pk).version
                try:
                    services.change_claim(
                        claim.pk, expected_version=version, actor=person, now=now,
                        value=f"{person.username}{number}",
                    )
                    break
                except services.Conflict:
                    pass
        connection.close()

    threads = [threading.Thread(target=write, args=[person]) for person in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    lines = list(ChangeLine.objects.filter(field="value").order_by("pk"))
    chain = ["0", *(line.after for line in lines)]
    assert [line.before for line in lines] == chain[:-1], chain
    assert sorted(chain[1:]) == sorted(f"{n}{i}" for n in "ab" for i in range(10)), chain
    assert Claim.objects.get(pk=claim.pk).value == chain[-1]
"""


def test_two_editors_at_once_lose_nothing(tmp_path: Path) -> None:
    """In a process of its own: two threads need a database that is a file."""
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-W", "error", "-c", textwrap.dedent(SCRIPT)],
        env={
            "CONTRECHAMP_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
