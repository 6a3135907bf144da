"""What the OpenAPI document promises is so, for questions that nobody thought of.

Each operation is asked by schemathesis with what its description allows and with what it does
not: no answer may be an error of ours, a status, a type or a shape that the document does not name.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS as EVERY
from schemathesis.checks import load_all_checks

from contrechamp.api.views import interface
from contrechamp.search import services as search
from tests.api.program import secret_of
from tests.observatory import observatory
from tests.people import Person

DOCUMENT = interface.document()
OPERATIONS = [
    (path, method) for path, methods in DOCUMENT["paths"].items() for method in sorted(methods)
]
ASKED = 8
load_all_checks()
CHECKS = EVERY.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "unsupported_method",
        "allow_header_conformance",
        "ignored_auth",
    ]
)
REFUSES = EVERY.get_by_names(["negative_data_rejection"])


@pytest.fixture
def secret(db: None, marianne: Person, amina: Person, settings: Settings, tmp_path: Path) -> str:
    """An observatory, no limit that counts, and a token that may do all that tokens may."""
    settings.CONTRECHAMP = replace(
        settings.CONTRECHAMP, data=tmp_path, api_token_rate=10**9, api_visitor_rate=10**9
    )
    settings.ALLOWED_HOSTS = ["*"]
    assert marianne.user
    assert amina.user
    observatory(author=marianne.user, editor=amina.user)
    search.rebuild()
    return secret_of(marianne.user)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_described(
    secret: str, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = get_wsgi_application()
    checks = [*CHECKS, *(REFUSES if mode == GenerationMode.NEGATIVE else [])]
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    for path, method in OPERATIONS:
        said = DOCUMENT["paths"][path][method]
        if mode == GenerationMode.NEGATIVE and not _can_be_wrong(said):
            continue
        with subtests.test(f"{method} {path}"):
            ask(schema[path][method.upper()], mode, headers, checks)


def _can_be_wrong(said: dict[str, Any]) -> bool:
    """Answer whether there is something to say that the document does not allow."""
    parameters = [one for one in said.get("parameters", ()) if one["in"] == "query"]
    return bool(parameters or said.get("requestBody"))


def ask(operation: Any, mode: GenerationMode, headers: dict[str, str], checks: list[Any]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @tries(
        max_examples=ASKED,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=checks)

    asked()
