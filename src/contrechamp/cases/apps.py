from __future__ import annotations

from django.apps import AppConfig

from .domain.flags import flag_kinds
from .domain.grounds import library


class CasesConfig(AppConfig):
    name = "contrechamp.cases"
    label = "cases"

    def ready(self) -> None:
        """Refuse to start with grounds, sources or flags that are not whole."""
        library()
        flag_kinds()
