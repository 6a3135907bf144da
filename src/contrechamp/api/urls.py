from __future__ import annotations

from django.urls import include, path

from .door import guarded
from .views import account, interface, reference

app_name = "api"


def _nothing(name: str) -> dict[str, frozenset[str]]:
    return {}


PROGRAMS = [
    path("openapi.json", guarded(interface.openapi, "openapi", _nothing), name="openapi"),
    *interface.patterns(),
    path("<path:rest>", guarded(interface.nowhere, "nowhere", _nothing), name="nowhere"),
]
urlpatterns = [
    path("api/", reference.reference, name="reference"),
    path("api/formes", reference.answers, name="shapes"),
    path("api/v1/", include(PROGRAMS)),
    path("api/deadlines", interface.callback_of("deadlines"), name="deadlines-short"),
    path("compte/jetons/", account.tokens, name="tokens"),
    path("compte/jetons/<int:number>/revoquer/", account.revoke, name="token-revoke"),
]
