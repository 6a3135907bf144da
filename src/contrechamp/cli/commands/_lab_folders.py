"""Where the lab looks for input files, and which language the terminal speaks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from contrechamp.cli.starting import language
from contrechamp.foundation import env
from contrechamp.kernel.errors import Misconfigured
from contrechamp.lab.inputs import Inputs

CHECKOUT = Path(__file__).parents[4]
BESIDE = Path("..", "shared", "data", "lab")


def spoken() -> str:
    """Return the language of the terminal."""
    return language(os.environ)


def inputs(data: Path | None) -> Inputs:
    """Return the folders that are looked at: `--data` alone, else those of the settings.

    The lab answers where no site is configured: what is wrong with one is told and passed over.
    """
    if data is not None:
        return Inputs((data.absolute(),))
    folders = []
    try:
        site = env.read(os.environ)
        folders = [Path(site.lab_data).absolute()] if site.lab_data else []
        folders.append(site.data / "lab")
    except Misconfigured as wrong:
        click.echo(str(wrong), err=True)
    beside = (Path.cwd() / BESIDE, CHECKOUT / BESIDE)
    return Inputs(tuple(dict.fromkeys([*folders, *(folder.resolve() for folder in beside)])))
