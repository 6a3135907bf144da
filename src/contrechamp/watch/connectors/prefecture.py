"""A prefecture's site: from its start pages through cards, pagers and menus to files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch.domain.listed import Listed
from contrechamp.watch.domain.listing import Step, read_page
from contrechamp.watch.domain.sites import Site

from .answer import Answer, Gone, Refusal
from .http import Web


class Prefecture:
    """The State's standard template, or any site of pages that lead to files."""

    def __init__(self, address: str, site: Site, web: Web) -> None:
        self._start = site.start or (address,)
        self._site, self._web = site, web
        web.homes |= {urlsplit(each).hostname or "" for each in self._start}

    def list(self) -> Iterator[list[Listed]]:
        """Yield the files of each page, pages near the start first."""
        waiting = deque((Step(url=each), 0) for each in self._start)
        seen = {step for step, _ in waiting}
        asked = 0
        while waiting and asked < self._site.most_pages:
            step, depth = waiting.popleft()
            asked += 1
            try:
                content, url = self._web.read(step.url, method=step.method, data=step.data)
            except (Gone, Refusal) as error:
                if depth == 0 or (isinstance(error, Refusal) and error.whole):
                    raise
                continue  # One page that is forbidden or gone does not end the list.
            page = read_page(content, url, self._site, step.year)
            if page.needs_scripts and depth == 0:
                raise Refusal(
                    gettext_noop("Le site ne répond qu'à un navigateur avec scripts : {url}"),
                    url=url,
                )
            for found, deeper in ((page.more, 0), (page.steps, 1)):
                for each in found:
                    if each not in seen and depth + deeper <= self._site.depth:
                        seen.add(each)
                        waiting.append((each, depth + deeper))
            yield list(page.items)

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        return self._web.get(url, etag=etag, last_modified=last_modified)

    def robots(self) -> str:
        return self._web.robots()

    def close(self) -> None:
        self._web.close()
