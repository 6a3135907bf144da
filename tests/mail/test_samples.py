"""Each message of our own making is told apart, filed where it belongs, and read."""

from __future__ import annotations

import re

import pytest

from contrechamp.mail.domain.message import Kind

from .samples import DOMAIN, FOLDER, Sample, matched, read_sample, samples, wrong_facts

SAMPLES = samples()
NAMES = [sample.name for sample in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_message_is_what_is_expected(sample: Sample) -> None:
    message = read_sample(sample.raw)
    assert message.kind == sample.kind, (sample.about, message.signs)


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_message_is_filed_where_it_belongs(sample: Sample) -> None:
    found = matched(read_sample(sample.raw))
    assert (list(found.threads), found.by) == (sample.threads, sample.by), sample.about


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_message_states_its_facts(sample: Sample) -> None:
    assert wrong_facts(sample, read_sample(sample.raw)) == [], sample.about


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_the_blocks_cover_the_text(sample: Sample) -> None:
    message = read_sample(sample.raw)
    pieces = [message.text[block.start : block.end] for block in message.blocks]
    assert "".join(pieces) == message.text


def test_all_are_filed_right_or_queued_and_none_wrongly() -> None:
    right = queued = wrong = 0
    for sample in SAMPLES:
        threads = list(matched(read_sample(sample.raw)).threads)
        right += bool(threads) and threads == sample.threads
        queued += not threads
        wrong += bool(threads) and threads != sample.threads
    assert (right + queued, wrong) == (len(SAMPLES), 0)
    assert len(SAMPLES) >= 60
    assert queued == sum(not sample.threads for sample in SAMPLES)


def test_every_kind_has_a_sample() -> None:
    assert {sample.kind for sample in SAMPLES} == set(Kind)


def test_no_sample_names_a_real_domain() -> None:
    for path in FOLDER.iterdir():
        for domain in re.findall(
            rb"@([\w-]+(?:\.[\w-]+)+)|https?://([\w.-]+\w)", path.read_bytes()
        ):
            name = (domain[0] or domain[1]).decode().lower()
            assert name.endswith((".example", ".invalid")), (path.name, name)
    assert DOMAIN.endswith(".example")


def test_machines_state_no_fact_of_a_request() -> None:
    silent = {Kind.AUTOMATIC, Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.READ_RECEIPT}
    read = [read_sample(sample.raw) for sample in SAMPLES]
    assert not [one.subject for one in read if one.kind in silent and one.receipt]
