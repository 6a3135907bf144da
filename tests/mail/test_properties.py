"""What holds for any bytes: reading never breaks, nothing is filed without proof."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrechamp.mail.domain.address import address_of, threads_in, token_of
from contrechamp.mail.domain.matching import match
from contrechamp.mail.domain.message import Message, Unreadable, read

from .samples import DOMAIN, SECRET, SENT, read_sample, samples

RAW = [sample.raw for sample in samples() if len(sample.raw) < 40_000]
IDS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10)
LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read_or_refused(raw: bytes) -> Message | None:
    with suppress(Unreadable):
        return read_sample(raw)
    return None


@LOOSE
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    _read_or_refused(raw)


@LOOSE
@given(st.binary(max_size=2000))
def test_any_bytes_after_a_header_are_read(raw: bytes) -> None:
    assert _read_or_refused(b"From: a@b.example\r\nContent-Type: multipart/mixed\r\n" + raw)


@settings(LOOSE, max_examples=300)
@given(st.sampled_from(RAW), st.randoms(use_true_random=False))
def test_a_damaged_message_is_read_or_refused(raw: bytes, dice: random.Random) -> None:
    damaged = bytearray(raw)
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(damaged))
        how = dice.randrange(4)
        if how == 0:
            damaged[at] = dice.randrange(256)
        elif how == 1:
            del damaged[at : at + dice.randint(1, 40)]
        elif how == 2:
            damaged[at:at] = damaged[: dice.randint(1, 60)]
        else:
            damaged[at:at] = dice.choice([b"\0", b"--=_lim_5f1\r\n", b"=?utf-8?Q?=E9?=", b"\r\n"])
        if not damaged:
            return
    message = _read_or_refused(bytes(damaged))
    if message:
        pieces = [message.text[block.start : block.end] for block in message.blocks]
        assert "".join(pieces) == message.text
        assert all("/" not in part.name and "\\" not in part.name for part in message.parts)
        assert all(part.name and part.content for part in message.parts)


@LOOSE
@given(st.sampled_from(RAW), st.integers(0, 40_000))
def test_a_message_cut_anywhere_is_read_or_refused(raw: bytes, at: int) -> None:
    _read_or_refused(raw[: at % len(raw)])


@LOOSE
@given(st.sampled_from(RAW), st.sampled_from(RAW), st.booleans())
def test_nothing_is_filed_without_its_token(raw: bytes, other: bytes, keeps: bool) -> None:
    mixed = raw.split(b"\r\n\r\n")[0] + b"\r\n\r\n" + other
    threads = set(SENT.values())
    if not keeps:
        for thread in threads:
            token = token_of(thread, secret=SECRET).encode()
            mixed = re.sub(re.escape(token), b"zzzzzzzzzz", mixed, flags=re.IGNORECASE)
    found = match(
        read_sample(mixed), secrets=[SECRET], domain=DOMAIN, thread_of_message_id=lambda _: None
    )
    lowered = mixed.lower()
    assert set(found.threads) <= {
        thread for thread in threads if token_of(thread, secret=SECRET).encode() in lowered
    }


@LOOSE
@given(IDS, IDS)
def test_another_threads_token_proves_nothing(one: str, other: str) -> None:
    mine = address_of(f"req-{one}", secret=SECRET, domain=DOMAIN)
    forged = mine.replace(one, other, 1)
    expected = (f"req-{other}",) if other == one else ()
    assert threads_in([forged], [SECRET], DOMAIN, mend=True) == expected


@LOOSE
@given(IDS, st.data())
def test_look_alikes_are_mended_to_the_one_that_was_meant(key: str, data: st.DataObject) -> None:
    address = address_of(f"req-{key}", secret=SECRET, domain=DOMAIN)
    swaps = {"1": "1lIiL", "0": "0oO"}
    drawn = "".join(
        data.draw(st.sampled_from(swaps.get(sign, sign + sign.upper()))) for sign in key
    )
    misread = address.replace(key, drawn, 1)
    assert threads_in([misread], [SECRET], DOMAIN, mend=True) == (f"req-{key}",)


@LOOSE
@given(IDS)
def test_an_address_leads_to_its_thread_under_any_valid_secret(key: str) -> None:
    for secret in ("ancien", "nouveau"):
        address = address_of(f"req-{key}", secret=secret, domain=DOMAIN)
        assert threads_in([address], ["nouveau", "ancien"], DOMAIN) == (f"req-{key}",)
        assert threads_in([address], ["autre"], DOMAIN, mend=True) == ()


@pytest.mark.parametrize("raw", [b"", b" \r\n ", b"bonjour", b"\0\1\2" * 50, b": :\r\n\r\nx"])
def test_what_is_no_message_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="message"):
        read(raw)
