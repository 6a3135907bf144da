"""The mail at the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contrechamp.cli.commands import mail as commands
from contrechamp.kernel.errors import Misconfigured, Refused, Unavailable
from contrechamp.mail import queries, services
from contrechamp.mail.models import Outgoing
from tests.mail.conftest import Set
from tests.mail.letters import NOW, THREAD, answer, queued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(set_mail: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "ensure_ready", lambda: None)


def run(*words: str) -> Result:
    result = CliRunner().invoke(commands.command, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json").stdout)
    return found


def test_files_are_taken_in_once(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(answer(queries.reply_address(THREAD)))
    (first,) = said("add", str(path))["messages"]
    (again,) = said("add", str(path))["messages"]

    assert (first["state"], first["threads"], first["new"]) == ("FILED", [THREAD], True)
    assert again == first | {"new": False}
    assert THREAD in run("add", str(path)).stdout


def test_an_unreadable_file_is_kept_and_ends_with_3_and_a_missing_one_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "b.eml").write_bytes(b"")
    result = run("add", str(tmp_path / "b.eml"))
    assert (result.exit_code, "UNREADABLE" in result.stdout) == (3, True)
    with pytest.raises(Refused):
        run("add", str(tmp_path / "absent.eml"))


def test_the_outbox_lists_what_waits_and_send_writes_it_to_the_folder() -> None:
    letter = queued(NOW.replace(year=2020))
    (row,) = said("outbox")["letters"]
    assert (row["id"], row["state"]) == (letter.pk, "QUEUED")
    assert letter.pk in run("outbox").stdout
    assert said("send") == {
        **{"live": False, "sent": 0, "written": 1, "later": 0},
        **{"failed": 0, "maybe": 0, "waiting": 0},
    }
    assert said("outbox")["letters"] == []
    assert str(queries.outbox()) in run("send").stdout.replace("\n", "")
    assert run("outbox").exit_code == 0


def test_reading_says_whether_all_was_read(tmp_path: Path, set_mail: Set) -> None:
    with pytest.raises(Misconfigured):
        run("poll")
    (tmp_path / "box" / "new").mkdir(parents=True)
    (tmp_path / "box" / "cur").mkdir()
    (tmp_path / "box" / "new" / "1").write_bytes(answer())
    set_mail(mailbox=f"maildir://{tmp_path / 'box'}")
    report = said("poll")
    assert (report["ok"], report["new"]) == (True, 1)
    assert run("poll").exit_code == 0
    set_mail(mailbox="maildir:///n/existe/pas")
    assert run("poll").exit_code == 3


def test_the_doctor_tries_the_mailbox_and_the_scanner(tmp_path: Path, set_mail: Set) -> None:
    assert services.check_setup() == "letters stay here, no mailbox is read"
    (tmp_path / "box" / "new").mkdir(parents=True)
    set_mail(mailbox=f"maildir://{tmp_path / 'box'}", virus_scan="/bin/true")
    assert services.check_setup() == f"maildir://{tmp_path / 'box'} (1 folders), scanner"
    set_mail(virus_scan="/bin/false")
    with pytest.raises(Unavailable):
        services.check_setup()
    set_mail(mailbox="imap://courrier:motsecret@127.0.0.1:9/")
    with pytest.raises(Unavailable) as refused:
        services.check_setup()
    assert "motsecret" not in str(refused.value)
    set_mail(mail_live=True)
    with pytest.raises(Misconfigured):
        services.check_setup()


def test_the_state_ends_with_1_when_somebody_should_look(set_mail: Set) -> None:
    assert run("status").exit_code == 0
    assert said("status")["mailbox"] is False
    letter = queued()
    Outgoing.objects.filter(pk=letter.pk).update(state="MAYBE")
    assert run("status").exit_code == 1
    Outgoing.objects.all().delete()
    set_mail(mailbox="maildir:///n/existe/pas")
    assert (run("status").exit_code, said("status")["late"]) == (1, True)
