"""One reader alone can neither destroy nor promote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contrechamp.desk.domain.states import State
from contrechamp.desk.domain.two import Act
from contrechamp.desk.models import Paired, Reader, Sheet
from contrechamp.desk.services import listing, pairing, sorting
from contrechamp.kernel.errors import Refused, TooLate

from .conftest import Seal, enter

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DIGEST = "ab" * 32


@pytest.fixture
def sheet(door: Path, db: None, seal: Seal) -> Sheet:
    name = seal()
    listing.follow_store()
    return Sheet.objects.get(pk=name)


def orders(door: Path) -> list[str]:
    return sorted(path.name for path in (door / "orders").iterdir())


def test_two_readers_and_a_day_destroy(
    door: Path, sheet: Sheet, heron: Reader, loutre: Reader
) -> None:
    paired = pairing.propose(sheet, Act.DESTROY, actor=heron, now=NOW)
    with pytest.raises(Refused):
        pairing.confirm(paired.pk, actor=heron, now=NOW)
    pairing.confirm(paired.pk, actor=loutre, now=NOW)

    assert pairing.carry_out(NOW + timedelta(hours=23)) == 0
    assert orders(door) == []
    assert pairing.carry_out(NOW + timedelta(hours=24)) == 1
    assert orders(door) == [f"{sheet.pk}.destroy"]
    assert (door / "orders" / f"{sheet.pk}.destroy").read_text() == "heron\nloutre\n"
    assert pairing.carry_out(NOW + timedelta(hours=25)) == 0
    with pytest.raises(TooLate):
        pairing.stop(paired.pk, actor=heron, now=NOW)


def test_any_reader_stops_a_destruction_in_time(
    door: Path, sheet: Sheet, heron: Reader, loutre: Reader
) -> None:
    paired = pairing.propose(sheet, Act.DESTROY, actor=heron, now=NOW)
    pairing.confirm(paired.pk, actor=loutre, now=NOW)
    pairing.stop(paired.pk, actor=loutre, now=NOW)

    assert pairing.carry_out(NOW + timedelta(days=9)) == 0
    assert orders(door) == []
    assert Sheet.objects.get().state == State.KEPT


def test_one_alone_never_destroys_however_long(door: Path, sheet: Sheet, heron: Reader) -> None:
    pairing.propose(sheet, Act.DESTROY, actor=heron, now=NOW)

    assert pairing.carry_out(NOW + timedelta(days=90)) == 0
    assert Sheet.objects.get().state == State.NEW
    with pytest.raises(Refused):
        pairing.propose(sheet, Act.DESTROY, actor=heron, now=NOW)


def test_spam_cannot_be_said_afterwards_to_shorten_the_wait(
    door: Path, sheet: Sheet, heron: Reader, loutre: Reader
) -> None:
    pairing.propose(sheet, Act.DESTROY, actor=heron, now=NOW)
    with pytest.raises(Refused):
        sorting.mark(
            sheet,
            actor=heron,
            now=NOW,
            priority="NONE",
            is_spam=True,
            wants_second=False,
            assignee=None,
        )


def test_both_looked_at_the_same_bundle(
    door: Path, sheet: Sheet, heron: Reader, loutre: Reader
) -> None:
    for digest in ("", "xyz", "ab" * 31):
        with pytest.raises(Refused):
            pairing.propose(sheet, Act.PROMOTE, actor=heron, now=NOW, digest=digest)
    paired = pairing.propose(sheet, Act.PROMOTE, actor=heron, now=NOW, digest=DIGEST.upper())
    with pytest.raises(Refused):
        pairing.confirm(paired.pk, actor=loutre, now=NOW, digest="cd" * 32)
    pairing.confirm(paired.pk, actor=loutre, now=NOW, digest=DIGEST)

    assert Sheet.objects.get().state == State.PROMOTED
    assert orders(door) == []


def test_the_pages_do_it_too(door: Path, sheet: Sheet, heron: Reader, loutre: Reader) -> None:
    one, two = enter(heron), enter(loutre)
    one.post(f"/dossier/{sheet.pk}/proposer/destroy")
    pk = Paired.objects.get().pk

    assert one.post(f"/a-deux/{pk}/confirmer").status_code == 409
    assert two.post(f"/a-deux/{pk}/confirmer").status_code == 302
    assert "sera détruit" in two.get(f"/dossier/{sheet.pk}").content.decode()
    assert one.post(f"/a-deux/{pk}/arreter").status_code == 302
    assert one.post(f"/dossier/{sheet.pk}/proposer/burn").status_code == 404
    assert one.post("/a-deux/999/confirmer").status_code == 404
    assert one.post("/a-deux/999/arreter").status_code == 404
    assert one.get(f"/dossier/{sheet.pk}/proposer/destroy").status_code == 405
