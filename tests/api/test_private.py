"""Private rows change no byte of what the API answers, and what is hidden never was."""

from __future__ import annotations

from random import Random

import pytest

from contrechamp.search import services as search
from tests.access.test_leaks import ACTS, Private, begin_talk, settle
from tests.api.program import Program, secret_of
from tests.observatory import Observatory
from tests.people import Person

PARTS = {
    "fait": "claims",
    "projet": "records",
    "acteur": "records",
    "lieu": "records",
    "documents": "documents",
    "actes": "acts",
}


def addresses(here: Observatory) -> list[str]:
    """Return every address that has something, whole and narrowed."""
    lists = ("records", "claims", "relations", "changes", "documents", "acts")
    narrowed = (
        *(
            "/records?kind=project",
            "/records?q=exemple",
            "/records?q=zorglub",
            "/records?type=trial",
        ),
        *("/records?status=alleged", "/records?territory=commune:06029"),
        *("/records?since=2026-03-01", f"/records?technology={here.technology.pk}"),
        *("/claims?property=summary", "/claims?territory=commune:06088", "/claims?from=2020-01-01"),
        *("/claims?since=2026-03-01&limit=2", f"/claims?about={here.project.pk}"),
        *("/changes?limit=1", f"/changes?record={here.project.pk}", "/identifiers/claims"),
        *("/identifiers/records", "/search?q=zorglub", "/search?q=Nice", "/search?q=images"),
        *("/graph/paths?from=Ville de Nice&to=Exemple Optique", "/graph/paths?from=zorglub&to=x"),
        *("/acts?departement=06", "/acts?territory=commune:06088", "/documents?q=Nice", "/"),
    )
    one = (
        *(f"/records/{row.pk}" for row in (here.project, here.city, here.company, here.town)),
        *(f"/claims/{claim.pk}" for claim in here.claims),
        *(f"/graph/neighbours/{row.pk}?depth=2" for row in (here.city, here.company)),
        *(f"/documents/{here.sha256}{part}" for part in ("", "/pages", "/pages/1", "/quotes")),
    )
    return [*(f"/{name}" for name in lists), *narrowed, *one, "/openapi.json"]


@pytest.mark.parametrize("with_token", [False, True], ids=["nobody", "member"])
def test_private_rows_change_no_byte(here: Observatory, noor: Person, *, with_token: bool) -> None:
    begin_talk(here)
    settle()
    assert noor.user
    program = Program(secret_of(noor.user) if with_token else "")
    before = {path: program.asks(path) for path in addresses(here)}
    private = Private(here, Random(7))  # noqa: S311  it draws words
    for act in ACTS:
        act(private)
    settle()

    for path, known in before.items():
        told = program.asks(path)
        assert told.status == known.status, path
        assert told.content == known.content, path
        for name in set(told.headers) - {"RateLimit"}:
            assert told.headers[name] == known.headers.get(name), (path, name)
    never = program.asks("/claims/clm-0000000000")
    for url in private.urls:
        kind, _, key = url.lstrip("/").partition("/")
        key = key.partition("/")[0].partition(".")[0]
        if kind in PARTS and key not in {"collections", here.sha256}:
            told = program.asks(f"/{PARTS[kind]}/{key}")
            assert (told.status, told.content) == (404, never.content), url


def test_what_is_published_is_there(here: Observatory, program: Program) -> None:
    """Otherwise the test above could not fail."""
    search.refresh(wait=True)
    for path in addresses(here):
        told = program.asks(path)
        assert told.status in {200, 409}, path
