"""Outside pages are copied when they are cited and looked at later; the public reads no copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from contrechamp.archive import queries, services
from contrechamp.archive.domain import FAILURES, dead_since, next_look
from contrechamp.archive.models import Copy
from contrechamp.census import services as census
from contrechamp.census.models import Claim
from contrechamp.foundation.store import store as documents_store
from contrechamp.watch.connectors.http import Web
from tests.observatory import NOW, Observatory, observatory
from tests.people import Person
from tests.watch.site import PretendSite, serving

PAGE = (
    "<html><head><title>Le Journal</title></head><body><p>Douze caméras zorglub.</p></body></html>"
)
LATER = NOW + timedelta(days=40)
STATES = st.sampled_from(["alive", "gone", "unreached", "refused"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[PretendSite]:
    settings.CONTRECHAMP = replace(
        django_settings.CONTRECHAMP, data=tmp_path, watch_pause="0-0", archive_sources=True
    )
    with serving() as pretend:
        pretend.put("/article", PAGE)
        yield pretend


@pytest.fixture
def here(marianne: Person, amina: Person, site: PretendSite) -> Observatory:
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


def cites(here: Observatory, url: str) -> Claim:
    """Let a fact rest on a page elsewhere, beside its document."""
    claim = here.claims[0]
    census.add_evidence(claim, kind="url", url=url, actor=here.author, now=NOW)
    return claim


def looks(site: PretendSite, now: datetime = NOW) -> Copy:
    """Look at what is due; the pretended site is this machine."""
    services.note_sources(now=now)
    web = Web()
    web.homes.add("127.0.0.1")
    for copy in queries.due(now):
        services.look_at(copy, web, now=now)
    web.close()
    return Copy.objects.get()


def test_a_page_is_kept_with_its_text_and_hashes(here: Observatory, site: PretendSite) -> None:
    cites(here, f"{site.address}/article")
    copy = looks(site)
    assert copy.sha256 == sha256(PAGE.encode()).hexdigest()
    assert (copy.title, copy.state, copy.bytes) == ("Le Journal", "alive", len(PAGE.encode()))
    assert copy.text == "Douze caméras zorglub."
    assert copy.text_sha256 == sha256(copy.text.encode()).hexdigest()
    assert services.store().verify(copy.sha256)
    assert not documents_store().exists(copy.sha256)


def test_what_is_entered_later_does_not_replace_the_copy(
    here: Observatory, site: PretendSite
) -> None:
    cites(here, f"{site.address}/article")
    first = looks(site)
    site.put("/article", "<p>Autre chose.</p>")
    again = looks(site, LATER)
    assert (again.sha256, again.copied_at) == (first.sha256, first.copied_at)
    assert again.checked_at == LATER


def test_a_page_that_is_gone_is_dead_and_may_come_back(
    here: Observatory, site: PretendSite
) -> None:
    cites(here, f"{site.address}/article")
    looks(site)
    del site.replies["/article"]
    assert looks(site, LATER).dead_since == LATER
    site.put("/article", PAGE)
    assert looks(site, LATER + timedelta(days=40)).dead_since is None


def test_robots_txt_is_obeyed(here: Observatory, site: PretendSite) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /article")
    cites(here, f"{site.address}/article")
    copy = looks(site)
    assert (copy.state, copy.sha256, copy.dead_since) == ("refused", "", None)
    assert all(path == "/robots.txt" for path, *_ in site.asked)


def test_an_address_of_a_private_network_is_not_asked_for(
    here: Observatory, site: PretendSite
) -> None:
    cites(here, f"{site.address}/article")
    assert services.look_round(now=NOW) == 1
    assert Copy.objects.get().state == "refused"
    assert site.asked == []


def test_nothing_is_asked_when_the_setting_is_off(
    here: Observatory, site: PretendSite, settings: Settings
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, archive_sources=False)
    cites(here, f"{site.address}/article")
    assert services.look_round(now=NOW) == 0
    assert not Copy.objects.exists()


def test_the_fact_says_when_it_was_kept_and_the_public_reads_no_more(
    here: Observatory, site: PretendSite, visitor: Person, noor: Person
) -> None:
    claim = cites(here, f"{site.address}/article")
    census.submit([claim.pk], actor=here.author, now=NOW)
    census.publish([claim.pk], reviewer=here.editor, now=NOW)
    copy = looks(site)
    page = visitor.opens(f"/fait/{claim.pk}").text
    assert "copie gardée le 2 mars 2026" in page
    assert copy.sha256[:12] in page
    assert "zorglub" not in page
    assert visitor.opens(f"/sources-exterieures/{copy.pk}").asks_to_sign_in
    assert "zorglub" in noor.opens(f"/sources-exterieures/{copy.pk}").text


def test_members_see_which_are_dead(here: Observatory, site: PretendSite, noor: Person) -> None:
    cites(here, f"{site.address}/rien")
    looks(site)
    page = noor.opens("/sources-exterieures?mortes=1").text
    assert f"{site.address}/rien" in page
    assert "depuis le 2 mars 2026" in page


def test_the_source_of_a_draft_changes_no_page(
    here: Observatory, site: PretendSite, visitor: Person
) -> None:
    before = visitor.opens(f"/fait/{here.claims[0].pk}").content
    claim = census.add_claim(
        subject=here.project, property="area_km2", value=7, actor=here.author, now=NOW
    )
    address = f"{site.address}/article"
    census.add_evidence(claim, kind="url", url=address, actor=here.author, now=NOW)
    looks(site)
    assert visitor.opens(f"/fait/{here.claims[0].pk}").content == before


@given(STATES, st.one_of(st.none(), MOMENTS), st.integers(0, 9), MOMENTS)
def test_a_page_is_dead_only_when_it_says_so_or_is_silent(
    state: str, before: datetime | None, failures: int, now: datetime
) -> None:
    since = dead_since(state, before, failures, now)
    assert next_look(state, now) > now
    if state == "alive":
        assert since is None
    elif state == "gone" or (state == "unreached" and failures >= FAILURES):
        assert since == (before or now)
    else:
        assert since == before
