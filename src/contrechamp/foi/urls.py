from __future__ import annotations

from django.urls import path, register_converter

from . import views


class RequestKey:
    """The identifier of a request in an address."""

    regex = "req-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RequestKey, "request")

app_name = "foi"
urlpatterns = [
    # Reading.
    path("demandes", views.index, name="index"),
    path("demandes/les-miennes", views.mine, name="mine"),
    path("demandes/<request:key>", views.request, name="request"),
    # Drafting.
    # Following.
    # Publication and numbers.
    # Calendar.
]
