"""What is said to the fediverse: signatures against another implementation, shapes as JSON-LD."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpsig.sign import HeaderSigner
from httpsig.verify import HeaderVerifier
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyld.documentloader.frozen import FrozenDocumentLoader

from contrechamp.forum.domain import activitypub as ap
from contrechamp.forum.domain import outside, signatures

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
KEY = signatures.new_key()
PUBLIC = signatures.public_of(KEY)
BODY = b'{"type":"Follow"}'
INBOX = "https://ailleurs.example/boite?de=tous"


def signed(body: bytes = BODY, **changed: Any) -> dict[str, str]:
    how: dict[str, Any] = {
        "url": INBOX,
        "method": "POST",
        "body": body,
        "key_id": "https://ici.example/federation/lyon#main-key",
        "private_pem": KEY,
        "now": NOW,
    }
    return signatures.sign(**(how | changed))


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def verified(sent: dict[str, str], **changed: Any) -> str:
    how: dict[str, Any] = {
        "target": "post /boite?de=tous",
        "headers": lower(sent),
        "body": BODY,
        "public_pem": PUBLIC,
        "now": NOW,
    }
    return signatures.verify(**(how | changed))


def test_another_implementation_accepts_what_we_sign() -> None:
    headers = signed()
    verifier = HeaderVerifier(
        headers,
        PUBLIC,
        required_headers=list(signatures.SIGNED),
        method="POST",
        path="/boite?de=tous",
        host="ailleurs.example",
        sign_header="signature",
    )
    assert verifier.verify()
    forged = {**headers, "Digest": signatures.digest_of(b"autre chose")}
    verifier = HeaderVerifier(
        forged, PUBLIC, method="POST", path="/boite?de=tous", sign_header="signature"
    )
    assert not verifier.verify()


def test_we_accept_what_another_implementation_signs() -> None:
    signer = HeaderSigner(
        "https://ailleurs.example/u/a#main-key",
        KEY,
        algorithm="rsa-sha256",
        headers=list(signatures.SIGNED),
        sign_header="signature",
    )
    plain = {
        "Host": "ici.example",
        "Date": "Sun, 29 Nov 2026 09:00:00 GMT",
        "Digest": signatures.digest_of(BODY),
    }
    headers = signer.sign(plain, host="ici.example", method="POST", path="/boite?de=tous")
    assert verified(dict(headers)) == "https://ailleurs.example/u/a#main-key"


def test_what_was_changed_on_the_way_is_refused() -> None:
    headers = signed()
    assert verified(headers).endswith("#main-key")
    other = signatures.public_of(signatures.new_key())
    for changed in (
        {"body": b"autre"},
        {"target": "post /ailleurs"},
        {"public_pem": other},
        {"public_pem": "pas une clé"},
        {"now": NOW + timedelta(minutes=61)},
        {"now": NOW - timedelta(minutes=61)},
        {"headers": lower(headers) | {"host": "autre.example"}},
        {"headers": lower(headers) | {"date": "hier"}},
        {"headers": lower(headers) | {"signature": ""}},
        {"headers": lower(headers) | {"signature": 'keyId="a",signature="***"'}},
        {"headers": {k: v for k, v in lower(headers).items() if k != "host"}},
    ):
        with pytest.raises(signatures.BadSignature):
            verified(headers, **changed)


def test_a_signature_that_leaves_out_the_body_is_refused() -> None:
    headers = signatures.sign(
        url=INBOX, method="POST", body=None, key_id="a", private_pem=KEY, now=NOW
    )
    with pytest.raises(signatures.BadSignature, match="digest"):
        verified(headers)
    weak = lower(signed())
    weak["signature"] = weak["signature"].replace("rsa-sha256", "rsa-sha1")
    with pytest.raises(signatures.BadSignature):
        verified(weak)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_a_digest_is_of_one_body(one: bytes, other: bytes) -> None:
    assert (signatures.digest_of(one) == signatures.digest_of(other)) == (one == other)


@given(st.text(max_size=300))
def test_no_header_makes_the_reader_fall_over(header: str) -> None:
    with suppress(signatures.BadSignature):
        assert signatures.read(header).signature is not None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "pas une adresse",
        "",
    ],
)
def test_no_address_of_a_private_network_is_spoken_to(address: str) -> None:
    assert not outside.is_public(address)
    with pytest.raises(outside.NotThere):
        outside.check_address(address)


def test_public_addresses_are_spoken_to() -> None:
    for address in ("8.8.8.8", "2001:4860:4860::8888"):
        assert outside.check_address(address) == address
    assert outside.check_address("127.0.0.1", is_test=True)
    with pytest.raises(outside.NotThere):
        outside.check_address("10.0.0.1", is_test=True)
    with pytest.raises(outside.NotThere):
        outside.check_address("localhost", is_test=True)


def test_only_allowed_hosts_over_https_are_spoken_to() -> None:
    rules = ("mamot.fr", "*.social.example")
    assert outside.check_url("https://mamot.fr/users/a", rules=rules) == ("mamot.fr", 443)
    assert outside.check_url("https://a.social.example/", rules=rules)[0] == "a.social.example"
    assert outside.check_url("http://x.example:81/", rules=("*",), is_test=True)[1] == 81
    for url in (
        "http://mamot.fr/",
        "https://mamot.fr:8443/",
        "https://mamot.fr:x/",
        "https://u:p@mamot.fr/",
        "https://autre.example/",
        "https://social.example/",
        "https://" + "a" * 500 + ".fr",
        "https:///rien",
        "file:///etc/passwd",
        "https://mamot.fr/\n",
    ):
        with pytest.raises(outside.NotThere):
            outside.check_url(url, rules=rules)


LYON = ap.Actor(
    root="https://ici.example",
    name="lyon",
    title="Lyon",
    about="Ce qui se dit de la surveillance à Lyon.",
    page="https://ici.example/lieux/commune/69123",
)
SAID = ap.Note(
    key="m-thr-1-2",
    url="https://ici.example/forum/m/thr-1/2",
    html="<p>Bonjour</p>",
    published=NOW,
    updated=NOW + timedelta(hours=1),
    tags=("surveillance",),
)
FOLLOW = {
    "id": "https://ailleurs.example/suivre/1",
    "type": "Follow",
    "actor": "https://ailleurs.example/u/a",
    "object": LYON.id,
}
SHAPES = {
    "actor": ap.actor(LYON, PUBLIC),
    "note": ap.note(LYON, SAID),
    "create": ap.create(LYON, SAID),
    "update": ap.update(LYON, SAID),
    "delete": ap.delete(LYON, SAID.key),
    "accept": ap.accept(LYON, FOLLOW),
    "followers": ap.count(LYON, LYON.followers, 3),
    "outbox": ap.outbox(LYON, 41),
    "page": ap.outbox_page(LYON, 2, [SAID], has_more=True),
}
AS, SEC = "https://www.w3.org/ns/activitystreams#", "https://w3id.org/security#"


def expanded(said: ap.Json) -> dict[str, Any]:
    options = {"documentLoader": FrozenDocumentLoader()}
    found: list[dict[str, Any]] = jsonld.expand(json.loads(json.dumps(said)), options)
    return found[0]


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_each_word_of_a_shape_is_in_its_context(name: str) -> None:
    """Expansion drops what no context defines: nothing of ours may disappear."""
    said = SHAPES[name]
    wide = expanded(said)
    assert wide["@type"][0].startswith(AS)
    assert len(wide) == len(said) - 1
    assert '"_:' not in json.dumps(wide)


def test_the_shapes_say_what_they_must() -> None:
    who = expanded(SHAPES["actor"])
    key = who[f"{SEC}publicKey"][0]
    assert key[f"{SEC}publicKeyPem"] == [{"@value": PUBLIC}]
    assert key[f"{SEC}owner"] == [{"@id": LYON.id}]
    for name, kind in (("create", "Create"), ("update", "Update"), ("delete", "Delete")):
        wide = expanded(SHAPES[name])
        assert wide["@type"] == [AS + kind]
        assert wide[f"{AS}actor"] == [{"@id": LYON.id}]
        assert wide[f"{AS}to"] == [{"@id": f"{AS}Public"}]
    assert expanded(SHAPES["delete"])[f"{AS}object"][0]["@type"] == [f"{AS}Tombstone"]
    assert "next" in SHAPES["page"] and "prev" in SHAPES["page"]  # noqa: PT018
    assert urlsplit(ap.create(LYON, SAID)["id"]).netloc == "ici.example"


def test_webfinger_answers_for_our_host_alone() -> None:
    assert ap.read_resource("acct:lyon@ici.example", "ici.example") == "lyon"
    assert ap.read_resource("acct:@Lyon@ICI.example", "ici.example") == "lyon"
    for other in ("acct:lyon@autre.example", "lyon", "", "acct:../x@ici.example"):
        assert ap.read_resource(other, "ici.example") == ""
    assert ap.webfinger(LYON, "ici.example")["links"][0]["href"] == LYON.id


def test_an_inbox_understands_to_follow_and_not_to() -> None:
    assert ap.read_activity(FOLLOW, LYON).kind == "FOLLOW"
    undo = {"id": "https://a.example/2", "type": "Undo", "actor": FOLLOW["actor"], "object": FOLLOW}
    assert ap.read_activity(undo, LYON).kind == "UNDO"
    like = {**FOLLOW, "type": "Like"}
    assert ap.read_activity(like, LYON).kind == "OTHER"
    bads: tuple[object, ...] = (
        [],
        {"type": 3},
        {"type": "Follow"},
        {**FOLLOW, "object": "https://ici.example/federation/autre"},
        {**undo, "actor": "https://ailleurs.example/u/b"},
        {**FOLLOW, "actor": "x" * 501},
    )
    for bad in bads:
        with pytest.raises(ap.BadActivity):
            ap.read_activity(bad, LYON)


def test_somebody_elsewhere_is_who_we_asked_for() -> None:
    who = "https://ailleurs.example/u/a"
    said: dict[str, Any] = {
        "id": who,
        "inbox": f"{who}/inbox",
        "endpoints": {"sharedInbox": "https://ailleurs.example/inbox"},
        "publicKey": {"id": f"{who}#k", "owner": who, "publicKeyPem": PUBLIC},
    }
    found = ap.read_remote(said, expected=who)
    assert found.shared_inbox == "https://ailleurs.example/inbox"
    assert ap.read_remote({**said, "publicKey": [said["publicKey"]]}, expected=who) == found
    key = said["publicKey"]
    for bad in (
        None,
        {**said, "id": "https://ailleurs.example/u/b"},
        {**said, "inbox": 3},
        {**said, "publicKey": {**key, "owner": "https://autre.example/u"}},
        {**said, "publicKey": "https://ailleurs.example/key"},
    ):
        with pytest.raises(ap.BadActivity):
            ap.read_remote(bad, expected=who)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "actor", "object", "publicKey", "inbox"]) | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(JSON)
def test_no_message_makes_the_inbox_fall_over(said: object) -> None:
    for read in (
        lambda: ap.read_activity(said, LYON),
        lambda: ap.read_remote(said, expected="https://a.example/u"),
    ):
        with suppress(ap.BadActivity):
            assert read() is not None
