"""The example client, run as anybody runs it, against a server that answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from contrechamp.accounts.domain import Role
from contrechamp.census import services as census
from contrechamp.census.models import Claim
from tests import make
from tests.api.program import secret_of
from tests.observatory import NOW, Observatory, observatory, proof

CLIENT = Path(__file__).parents[2] / "examples" / "contrechamp_client.py"


@pytest.fixture
def there(transactional_db: None, gazetteer: None) -> Observatory:
    """An observatory that another process may read."""
    return observatory(author=make.user("marianne"), editor=make.user("amina", Role.EDITOR))


def run(site: str, *words: str, token: str = "") -> tuple[int, str, str]:
    environ = {**os.environ, "CONTRECHAMP_TOKEN": token}
    done = subprocess.run(  # noqa: S603  our own example
        [sys.executable, str(CLIENT), site, *words],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_reads_follows_and_writes(
    there: Observatory, live_server: LiveServer, tmp_path: Path
) -> None:
    code, told, wrong = run(live_server.url, "list", "claims", "limit=2")
    assert (code, wrong) == (0, "")
    ids = [json.loads(line)["id"] for line in told.splitlines()]
    assert sorted(ids) == sorted(claim.pk for claim in there.claims)

    state = str(tmp_path / "state.json")
    assert len(run(live_server.url, "follow", state)[1].splitlines()) >= len(ids)
    assert run(live_server.url, "follow", state)[1] == ""
    _publish(there)
    (line,) = run(live_server.url, "follow", state)[1].splitlines()
    assert " published " in line

    assert run(live_server.url, "me")[0] == 1
    assert "jeton" in run(live_server.url, "me")[2]
    secret = secret_of(there.author)
    assert json.loads(run(live_server.url, "me", token=secret)[1])["account"] == "marianne"
    _writes_once(live_server.url, secret, there)


def _publish(there: Observatory) -> None:
    by: dict[str, Any] = {"actor": there.author, "now": NOW + timedelta(minutes=1)}
    claim = census.add_claim(subject=there.project, property="area_km2", value=72, **by)
    census.add_evidence(claim, **proof(there.sha256, there.quote), **by)
    census.submit([claim.pk], **by)
    assert census.publish([claim.pk], reviewer=there.editor, now=by["now"]).refused == []


def _writes_once(site: str, secret: str, there: Observatory) -> None:
    """As the how-to shows it."""
    written = (
        f"import sys; sys.path.insert(0, {str(CLIENT.parent)!r})\n"
        "from contrechamp_client import Contrechamp\n"
        f"here = Contrechamp({site!r}, token={secret!r})\n"
        "url = 'https://www.exemple.fr/deliberation'\n"
        f"said = {{'subject': {there.project.pk!r}, 'property': 'people_covered',\n"
        "        'value': 42, 'evidence': [{'kind': 'url', 'url': url}], 'submit': True}\n"
        "print(here.post('/claims', said)['id'])\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", written], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr == ""
    assert Claim.objects.get(pk=done.stdout.strip()).value == 42
