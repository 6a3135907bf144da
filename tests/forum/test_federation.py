"""A second server on this machine follows us, is told, and is told that something is gone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread as Running
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from httpsig.sign import HeaderSigner
from httpsig.verify import HeaderVerifier

from contrechamp.forum.domain import activitypub as ap
from contrechamp.forum.domain import signatures
from contrechamp.forum.models import Delivery, Follower, Post
from contrechamp.forum.queries import federation as queries
from contrechamp.forum.services import federating, moderating
from tests import make
from tests.forum import talk

pytestmark = pytest.mark.django_db
KEY = signatures.new_key()
HOST = "ici.example"


class Elsewhere(ThreadingHTTPServer):
    """A small second server: one account, one inbox, and another implementation of signatures."""

    daemon_threads = True

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.status = 202
        self.says: dict[str, Any] | None = None
        super().__init__(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server_address[1]}"
        self.who = f"{self.root}/u/lea"

    def person(self) -> dict[str, Any]:
        return self.says or {
            "id": self.who,
            "type": "Person",
            "inbox": f"{self.root}/inbox",
            "publicKey": {
                "id": f"{self.who}#key",
                "owner": self.who,
                "publicKeyPem": signatures.public_of(KEY),
            },
        }


class Handler(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = json.dumps(self.server.person()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = json.loads(body)
        name = urlsplit(said["actor"]).path.rpartition("/")[2]
        verifier = HeaderVerifier(
            dict(self.headers),
            signatures.public_of(federating.key_of(name)),
            required_headers=["(request-target)", "host", "date", "digest"],
            method="POST",
            path=self.path,
            sign_header="signature",
        )
        is_whole = self.headers["Digest"] == signatures.digest_of(body)
        status = self.server.status if verifier.verify() and is_whole else 401
        if status == 202:
            self.server.got.append(said)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Iterator[Elsewhere]:
    settings.FEDERATION_STAYS_HERE = True
    settings.SESSION_COOKIE_SECURE = True
    settings.ALLOWED_HOSTS = [HOST]
    settings.CONTRECHAMP = dataclasses.replace(
        settings.CONTRECHAMP,
        federation=True,
        federation_allow=("127.0.0.1",),
        hosts=(HOST,),
        data=tmp_path,
    )
    server = Elsewhere()
    Running(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def browser() -> Client:
    return Client(headers={"host": HOST, "x-forwarded-proto": "https"})


def gets(path: str, **headers: str) -> Any:
    return browser().get(path, headers=headers, secure=True)


def sends(server: Elsewhere, said: Any, *, name: str = "salon-essais", **changed: str) -> int:
    body = json.dumps(said).encode()
    path = f"/federation/{name}/inbox"
    signer = HeaderSigner(
        changed.get("key_id", f"{server.who}#key"),
        changed.get("key", KEY),
        algorithm="rsa-sha256",
        headers=list(signatures.SIGNED),
        sign_header="signature",
    )
    plain = {
        "Host": HOST,
        "Date": f"{timezone.now():%a, %d %b %Y %H:%M:%S} GMT",
        "Digest": signatures.digest_of(body),
    }
    signed = signer.sign(plain, host=HOST, method="POST", path=path)
    names = {key.lower(): value for key, value in signed.items()}
    answer = browser().post(
        path,
        body if "body" not in changed else changed["body"].encode(),
        content_type=ap.TYPE,
        headers=names,
        secure=True,
    )
    return int(answer.status_code)


def follow(server: Elsewhere, name: str = "salon-essais") -> dict[str, Any]:
    return {
        "@context": ap.STREAMS,
        "id": f"{server.root}/follows/1",
        "type": "Follow",
        "actor": server.who,
        "object": f"https://{HOST}/federation/{name}",
    }


def test_an_actor_is_found_by_its_name(elsewhere: Elsewhere) -> None:
    talk.board()
    found = gets(f"/.well-known/webfinger?resource=acct:salon-essais@{HOST}")
    assert found["Content-Type"].startswith(ap.JRD_TYPE)
    address = found.json()["links"][0]["href"]
    actor = gets(urlsplit(address).path)
    assert actor.json()["preferredUsername"] == "salon-essais"
    assert actor["Content-Type"].startswith(ap.TYPE)
    assert "BEGIN PUBLIC KEY" in actor.json()["publicKey"]["publicKeyPem"]
    assert gets("/federation/salon-essais", accept="text/html").status_code == 302
    key = Path(settings.CONTRECHAMP.data) / "federation" / "salon-essais.pem"
    assert key.stat().st_mode & 0o077 == 0


def test_what_is_not_public_has_no_actor(elsewhere: Elsewhere) -> None:
    talk.board("prive", members_only=True)
    for path in (
        "/federation/salon-prive",
        "/federation/salon-rien",
        "/federation/essais",
        "/federation/salon-prive/outbox",
        f"/.well-known/webfinger?resource=acct:salon-prive@{HOST}",
        "/.well-known/webfinger?resource=acct:salon-essais@autre.example",
        "/.well-known/webfinger",
    ):
        assert gets(path).status_code == 404, path


def test_a_territory_and_a_technology_can_be_followed(elsewhere: Elsewhere) -> None:
    town = queries.find_followed("saint-etienne")
    assert town is not None
    assert (town.kind, town.key) == ("place", "commune:42218")
    assert queries.find_followed("saint-denis") is None
    with_code = queries.find_followed("saint-denis-93066")
    assert with_code is not None
    assert queries.find_followed("saint-etienne-42218") is None
    for name in ("departement-42", "technique-lapi"):
        assert gets(f"/federation/{name}").status_code == 200


def test_while_it_is_off_nothing_is_there(settings: Any) -> None:
    talk.board()
    assert Client().get("/federation/salon-essais").status_code == 404
    assert (
        Client().get("/.well-known/webfinger?resource=acct:salon-essais@testserver").status_code
        == 404
    )
    assert federating.tell_new(talk.NOW) == 0
    assert federating.deliver(talk.NOW) == (0, 0)


def test_somebody_follows_is_told_and_leaves(elsewhere: Elsewhere) -> None:
    thread = talk.thread()
    talk.post(None, "Dit avant.", of=thread, is_published=True)
    assert sends(elsewhere, follow(elsewhere)) == 202
    assert elsewhere.asked == ["/u/lea"]
    now = timezone.now()
    assert federating.deliver(now) == (1, 0)
    assert elsewhere.got.pop()["type"] == "Accept"
    assert federating.tell_new(now) == 0, "what was said before is in the outbox"
    post = talk.post(make.user("noor"), "Dit <b>après</b>.", of=thread, at=now, is_published=True)
    assert federating.tell_new(now) == 1
    assert federating.tell_new(now) == 0
    federating.deliver(now)
    created = elsewhere.got.pop()
    assert created["type"] == "Create"
    assert "noor" not in json.dumps(created)
    note = gets(urlsplit(created["object"]["id"]).path)
    assert note.json()["content"] == created["object"]["content"]
    Post.objects.filter(pk=post.pk).update(html="<p>Changé.</p>", edited_at=now)
    assert federating.tell_new(now) == 1
    federating.deliver(now)
    assert elsewhere.got.pop()["type"] == "Update"
    mod = make.user("mod")
    mod.moderates = True
    mod.save()
    moderating.remove(post.pk, reason="SPAM", actor=mod, now=now)
    assert federating.tell_new(now) == 1
    federating.deliver(now)
    assert elsewhere.got.pop()["object"]["type"] == "Tombstone"
    assert gets(urlsplit(created["object"]["id"]).path).status_code == 410
    box = gets("/federation/salon-essais/outbox").json()
    page = gets("/federation/salon-essais/outbox?page=1").json()
    assert (box["totalItems"], len(page["orderedItems"])) == (1, 1)
    assert gets("/federation/salon-essais/followers").json()["totalItems"] == 1
    assert elsewhere.who not in gets("/federation/salon-essais/followers").content.decode()
    undo = {
        "id": f"{elsewhere.root}/u/1",
        "type": "Undo",
        "actor": elsewhere.who,
        "object": follow(elsewhere),
    }
    assert sends(elsewhere, undo) == 202
    assert not Follower.objects.exists()


def test_what_is_not_signed_by_who_acts_is_refused(elsewhere: Elsewhere) -> None:
    talk.board()
    said = follow(elsewhere)
    other = signatures.new_key()
    assert sends(elsewhere, said, key=other) == 401
    assert sends(elsewhere, said, key_id="https://autre.example/u#key") == 401
    assert sends(elsewhere, said, body=json.dumps({**said, "id": "x"})) == 401
    assert sends(elsewhere, said, body="{") == 400
    assert sends(elsewhere, {**said, "object": "https://ailleurs.example/"}) == 400
    elsewhere.says = {**elsewhere.person(), "id": f"{elsewhere.root}/u/autre"}
    assert sends(elsewhere, said) == 400
    assert not Follower.objects.exists()
    assert sends(elsewhere, {**said, "type": "Like"}) == 202


def test_a_server_that_is_not_allowed_is_not_even_asked(
    elsewhere: Elsewhere, settings: Any
) -> None:
    talk.board()
    settings.CONTRECHAMP = dataclasses.replace(settings.CONTRECHAMP, federation_allow=())
    assert sends(elsewhere, follow(elsewhere)) == 409
    settings.CONTRECHAMP = dataclasses.replace(settings.CONTRECHAMP, federation_allow=("*",))
    settings.FEDERATION_STAYS_HERE = False
    for who in (elsewhere.who, "https://127.0.0.1/u", "https://[::1]/u", "https://localhost/u"):
        assert sends(elsewhere, {**follow(elsewhere), "actor": who}) in {409, 503}
    assert elsewhere.asked == []


def test_a_delivery_is_tried_again_and_given_up(elsewhere: Elsewhere) -> None:
    talk.board()
    sends(elsewhere, follow(elsewhere))
    elsewhere.status, now = 500, timezone.now()
    assert federating.deliver(now) == (0, 1)
    assert federating.deliver(now) == (0, 0), "not before its time"
    for wait in federating.RETRIES:
        now += wait + timedelta(seconds=1)
        assert federating.deliver(now) == (0, 1)
    assert Delivery.objects.get().given_up_at == now
    assert federating.deliver(now + timedelta(days=9)) == (0, 0)
    assert federating.forget_old(now + timedelta(days=8)) == 1


def test_a_server_that_is_no_more_is_forgotten(elsewhere: Elsewhere) -> None:
    talk.board()
    sends(elsewhere, follow(elsewhere))
    elsewhere.status = 410
    federating.deliver(timezone.now())
    assert not Follower.objects.exists()
    assert not Delivery.objects.exists()
