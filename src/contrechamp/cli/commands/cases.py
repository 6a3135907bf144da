"""The legal lever. Each `_cases_*.py` lists its commands in COMMANDS."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click


class Cases(click.Group):
    """The group: the commands that its files list."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._of_files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._of_files().get(cmd_name)

    def _of_files(self) -> dict[str, click.Command]:
        package = import_module(__package__)
        names = [each.name for each in iter_modules(package.__path__)]
        modules = [
            import_module(f"{__package__}.{name}") for name in names if name.startswith("_cases_")
        ]
        return {str(each.name): each for module in modules for each in module.COMMANDS}


@click.group(cls=Cases)
def command() -> None:
    """Actions in time, their exhibits, and what proves them."""
