"""What a visit leaves in a browser on an onion address."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from contrechamp.foundation.middleware import OnionMiddleware


@pytest.mark.parametrize(
    ("host", "is_secure", "expected"),
    [
        ("contrechamp.example", True, True),
        ("contrechamp.example", False, True),
        (f"{'a' * 56}.onion", False, False),
        (f"{'a' * 56}.onion", True, True),
    ],
)
def test_a_cookie_is_for_tls_alone_but_on_an_onion_address_without_it(
    host: str, is_secure: bool, expected: bool
) -> None:
    """Tor itself encrypts there; browsers differ in whether they take such a cookie."""

    def answers(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("sessionid", "x", secure=True, httponly=True)
        return response

    request = RequestFactory().get("/", headers={"host": host}, secure=is_secure)
    response = OnionMiddleware(answers)(request)
    assert bool(response.cookies["sessionid"]["secure"]) is expected
    assert response.cookies["sessionid"]["httponly"]
