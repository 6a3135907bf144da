"""A mailbox on a real IMAP server (Dovecot, where it is installed) is read and left as it was."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from contrechamp.accounts.services import system_account
from contrechamp.watch import services
from contrechamp.watch.models import Item
from contrechamp.watch.services import kept
from tests.documents import made

NOW = datetime(2031, 3, 2, 10, tzinfo=UTC)
DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
NOBODY = 65534
CONFIGURATION = """
base_dir = {root}/run
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = {root}/log
mail_location = maildir:{root}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={root}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""
PDF = made.pdf([("Bulletin du pays inventé",)])


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "RAA n° 9 du 3 février 2031"
    mail["From"], mail["To"] = "bulletin@pays.invalid", "veille@pays.invalid"
    mail.set_content("Aussi à https://www.pays.invalid/raa-10.pdf, et https://www.pays.invalid/.")
    mail.add_attachment(
        PDF, maintype="application", subtype="pdf", filename="RAA du 3 février 2031.pdf"
    )
    return mail


@pytest.fixture
def mailbox() -> Iterator[tuple[str, Path]]:
    """Serve a mailbox with one message; yield its address and its folder."""
    if not Path(DOVECOT).exists() or os.getuid() != 0:
        pytest.skip("needs dovecot-imapd, and root to start it")
    root = Path(mkdtemp(prefix="imap-"))
    root.chmod(0o755)
    for name in ("cur", "new", "tmp"):
        (root / "mail" / name).mkdir(parents=True)
    (root / "mail" / "new" / "1.here").write_bytes(message().as_bytes())
    for path in [root / "mail", *(root / "mail").rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = root / "dovecot.conf"
    conf.write_text(CONFIGURATION.format(root=root, port=port, user=NOBODY))
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(conf)])  # noqa: S603
    try:
        deadline = monotonic() + 30
        while monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.1)
        yield f"imap://127.0.0.1:{port}/INBOX", root / "mail"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(root, ignore_errors=True)


@pytest.mark.django_db
def test_attachments_are_read_and_the_mailbox_stays_as_it_was(
    mailbox: tuple[str, Path], settings: Settings, tmp_path: Path
) -> None:
    address, folder = mailbox
    settings.CONTRECHAMP = replace(
        django_settings.CONTRECHAMP,
        data=tmp_path,
        watch_mailboxes=f"{address} veille secret\n",
        watch_pause="0-0",
    )
    source, _ = services.add_source(
        "mailbox", address, actor=system_account("watch"), now=NOW, name="boite", reads="raa"
    )
    # The link of the message is not followed in a test: its address does not exist.
    ran = services.run_source(source.name, clock=lambda: NOW)

    assert (ran.listed, ran.new) == (2, 1)
    item = Item.objects.get(url__startswith="imap")
    assert str(item.published_on) == "2031-02-03"
    with kept.path_of(item.sha256) as path:
        assert path.read_bytes() == PDF
    held = [path.name for path in folder.rglob("1.here*")]
    assert len(held) == 1
    assert "S" not in held[0].partition(":2,")[2]
    assert services.run_source(source.name, clock=lambda: NOW).new == 0


@pytest.mark.django_db
def test_a_mailbox_without_account_says_where_to_write_it(
    settings: Settings, tmp_path: Path
) -> None:
    settings.CONTRECHAMP = replace(django_settings.CONTRECHAMP, data=tmp_path)
    source, _ = services.add_source(
        "mailbox", "imap://127.0.0.1/INBOX", actor=system_account("watch"), now=NOW, name="boite"
    )
    ran = services.run_source(source.name, clock=lambda: NOW)

    assert ran.state == "FAILING"
    assert "CONTRECHAMP_WATCH_MAILBOXES_FILE" in ran.reason
