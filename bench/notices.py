"""Post in a thread that 500 people watch, then send a digest of 10,000 subscriptions.

python -m bench.notices [readers]

It fills an observatory of its own in a folder that is deleted at the end, and sends to a mail
server of its own on this machine. Targets of the note on the forum, §13: a post under 150 ms, the
digest under 60 s.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

WATCHERS, POSTS, SUBSCRIPTIONS, THREADS = 500, 30, 10_000, 4
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def main(readers: int = SUBSCRIPTIONS // THREADS) -> None:
    """Print the figures."""
    with TemporaryDirectory() as folder:
        port = _free_port()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
            "CONTRECHAMP_DATA": folder,
            "CONTRECHAMP_MAIL": f"smtp://127.0.0.1:{port}",
        }
        _tables()
        _post(Path(folder))
        server = _server(port)
        try:
            _digest(readers)
        finally:
            server.terminate()
            server.wait()


def _tables() -> None:
    import django

    django.setup()
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)


def _post(folder: Path) -> None:
    """Post in a thread that 500 watch: half want mail at once, half in the morning."""
    from tests.forum import talking

    author = talking.member("max")
    thread = talking.thread(author)
    _watch(_people("w", WATCHERS), [thread.pk])
    spent, worked = [], []
    for number in range(POSTS):
        now = talking.later()
        start, used = time.perf_counter(), time.process_time()
        talking.reply(thread, author, f"Voici la délibération numéro {number}.", now=now)
        worked.append((time.process_time() - used) * 1000)
        spent.append((time.perf_counter() - start) * 1000)
    for name, row in (("by the clock", sorted(spent)), ("processor", sorted(worked))):
        marks = f"median {statistics.median(row):4.0f} ms, p95 {row[int(POSTS * 0.95)]:4.0f} ms"
        print(f"post, {WATCHERS} watchers, {name:12} {marks}")


def _digest(readers: int) -> None:
    """Let many people each watch some threads, write in each, and send all mails that are due."""
    from contrechamp.accounts.models import Outbox
    from contrechamp.accounts.services import mailing
    from tests.forum import talking

    Outbox.objects.all().delete()
    author = talking.member("ines")
    threads = [talking.thread(author, title=f"Fil numéro {n}") for n in range(THREADS)]
    _watch(_people("d", readers), [thread.pk for thread in threads])
    for thread in threads:
        talking.reply(thread, author, "Du nouveau.")
    last = talking.later() + timedelta(days=8)
    start, used = time.perf_counter(), time.process_time()
    told = mailing.send_due(clock=lambda: last)
    spent, worked = time.perf_counter() - start, time.process_time() - used
    count = f"{readers * THREADS:,} subscriptions, {told.sent:,} mails"
    a_mail = 1000 / max(told.sent, 1)
    print(
        f"digest, {count}: {spent:.1f} s ({spent * a_mail:.1f} ms a mail), "
        f"of the processor {worked:.1f} s ({worked * a_mail:.1f} ms a mail)"
    )
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def _people(prefix: str, count: int) -> list[int]:
    from contrechamp.accounts.models import NoticeSettings, User

    users = User.objects.bulk_create(
        User(username=f"{prefix}{n}", folded=f"{prefix}{n}", email=f"{prefix}{n}@courriel.example")
        for n in range(count)
    )
    NoticeSettings.objects.bulk_create(
        NoticeSettings(user=user, frequency="day" if n % 2 else "now", detail="title")
        for n, user in enumerate(users)
        if prefix == "w"
    )
    return [user.pk for user in users]


def _watch(users: list[int], threads: list[str]) -> None:
    from contrechamp.accounts.models import Subscription

    Subscription.objects.bulk_create(
        Subscription(user_id=user, scope="thread", key=thread, level="watch", since=NOW.date())
        for user in users
        for thread in threads
    )


def _server(port: int) -> subprocess.Popen[bytes]:
    words = ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen([sys.executable, *words])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            break
    return server


def _free_port() -> int:
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return int(link.getsockname()[1])


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
