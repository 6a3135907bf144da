"""The OpenAPI document, the pages made from it, and that the door does what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.utils import translation

from contrechamp.api.views import interface
from tests.api.program import Program
from tests.observatory import Observatory
from tests.people import Person

SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "openapi.json"


def test_the_document_is_the_one_that_was_reviewed() -> None:
    """To take a change: `python -m docs.generate`, then read the diff."""
    with translation.override("fr"):
        assert json.loads(SNAPSHOT.read_text()) == json.loads(json.dumps(interface.document()))


def test_it_is_said_in_two_languages(here: Observatory) -> None:
    french = Program().asks("/openapi.json").data
    english = Program(language="en").asks("/openapi.json").data

    assert french["openapi"] == "3.1.0"
    assert french["paths"]["/api/v1/claims"]["get"]["summary"].startswith("Les faits")
    assert english["paths"]["/api/v1/claims"]["get"]["summary"].startswith("Published facts")
    assert french["paths"].keys() == english["paths"].keys()


def test_every_operation_has_its_words_and_is_on_the_page(
    here: Observatory, visitor: Person
) -> None:
    page = visitor.opens("/api/").text
    for path, methods in interface.document()["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            assert f'id="{operation["operationId"]}"' in page
            assert path in page
            for one in operation.get("parameters", ()):
                if one["in"] != "path":
                    assert one.get("description") or one["schema"].get("description"), one


def test_the_page_leads_to_every_shape_that_it_names(visitor: Person) -> None:
    page = visitor.opens("/api/").text
    named = set(re.findall(r'href="#([^"]+)"', page))
    assert named - set(re.findall(r'id="([^"]+)"', page)) == set()
