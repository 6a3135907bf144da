"""The pages: templates in two languages, one style, and spaces up to one size."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from typing import Any

from django.template import Context, Engine
from django.template.base import Origin
from django.template.loaders.filesystem import Loader

from airlock.container import MAX_PIECES

from .config import Config
from .style import STYLE

STEP, BOX_STEP = 8192, 32_768
LANGUAGES = ("fr", "en")
# Names of templates; the address of the page that the other language's link leads to.
ADDRESSES = {
    "home": "/",
    "before": "/avant",
    "limits": "/limites",
    "canary": "/canari",
    "return": "/revenir",
    "mailbox": "/revenir",
    "erased": "/revenir",
    "added": "/revenir",
    "refused": "/revenir",
}


class Typographer(Loader):
    """Reads a template with the apostrophes and the unbreakable spaces that a printer would set.

    Only the text of the page: a statement or an answer is shown as it was written.
    """

    def get_contents(self, origin: Origin) -> str:
        text: str = super().get_contents(origin)
        text = re.sub(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ<])", "’", text)
        return re.sub(r"« ", "«\u00a0", re.sub(r" (?=[;:!?»])", "\u00a0", text))


def address(path: str, language: str) -> str:
    """The address of a page in a language."""
    return path if language == "fr" else f"/en{path}"


class Pages:
    """Every page of one door. The numbers printed are the settings in force."""

    def __init__(self, config: Config) -> None:
        limits = config.limits
        self._facts = {
            "style": STYLE,
            "host": config.host,
            "files": str(MAX_PIECES),
            "size": str(limits.request_mib),
            "chars": str(limits.message_chars),
            "signs": f"{limits.message_chars:,}".replace(",", "\u00a0"),
            "unread": str(limits.keep_unread_days),
            "collected": str(limits.keep_collected_days),
            "months": str(limits.keep_mailbox_months),
        }
        with as_file(files("intake").joinpath("templates")) as folder:
            engine = Engine(
                dirs=[str(folder)],
                loaders=[
                    ("django.template.loaders.cached.Loader", ["intake.pages.Typographer"]),
                ],
            )
            names = [path.stem for path in (folder / "fr").glob("*.html")]
            self._templates = {
                (name, language): engine.get_template(f"{language}/{name}.html")
                for name in names
                for language in LANGUAGES
            }
        for name, language in self._templates:  # Compile all now, and once.
            self.page(name, language)

    def page(self, name: str, language: str, **facts: Any) -> bytes:
        """The page, padded: every page is of one size, a mailbox of another."""
        other = "en" if language == "fr" else "fr"
        values = {
            **self._facts,
            "language": language,
            "other": address(ADDRESSES.get(name, "/"), other),
            **facts,
        }
        text = self._templates[name, language].render(Context(values))
        page = re.sub(r"\n+", "\n", text).encode()
        step = BOX_STEP if name == "mailbox" else STEP
        return page + b" " * (-len(page) % step)
