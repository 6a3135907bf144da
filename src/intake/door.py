"""What the door answers. Whatever goes wrong, nothing stays and a page says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from airlock import codename
from airlock.framing import ContainerError
from airlock.sealing import SealingError

from . import calendar, canary, database, forms, mailboxes, store, tokens, workers
from .config import MIB, Config
from .dossier import Dossier
from .pages import Pages
from .protocol import CutShort, Request
from .tokens import Visit

Answer = tuple[int, bytes]
Handler = Callable[[Request, str], Answer]
# Whose dossier it is, the page that says so, and what that page shows.
Welcome = tuple[Visit, str, dict[str, str]]
Whose = Callable[[forms.Form], Welcome]
# A door that cannot do its work closes: nothing is kept and no codename is shown.
CLOSING = (
    SealingError,
    store.Full,
    workers.Busy,
    database.Broken,
    OSError,
    MemoryError,
    RuntimeError,
)


class Elsewhere(Exception):
    """The address in the form is not ours: somebody rewrote the page."""


class Door:
    """The application behind the server: one per process, without state of its own."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._pages = Pages(config)
        self.limit = config.limits.request_mib * MIB
        self._gets: dict[str, Handler] = {
            "/": self._home,
            "/avant": self._plain("before"),
            "/limites": self._plain("limits"),
            "/revenir": self._plain("return"),
            "/canari": self._canary,
        }
        self._posts: dict[str, Handler] = {
            "/deposer": self._deposit,
            "/revenir": self._come_back,
            "/boite/ecrire": self._write_again,
            "/boite/effacer": self._erase,
        }

    def answer(self, request: Request) -> Answer:
        """Status and page of a request; never an exception that is ours to foresee."""
        language, path = _split(request.path)
        if not request.is_for(self._config.host):
            return 400, self._page("wrong", language)
        if request.came_through_another():
            return 403, self._page("wrong", language)
        handlers = self._posts if request.method == "POST" else self._gets
        if path not in handlers:
            status = 405 if path in self._posts or path in self._gets else 404
            return status, self.refusal(status, request.path)
        try:
            return handlers[path](request, language)
        except CLOSING:
            return 503, self._page("closed", language)

    def refusal(self, status: int, path: str) -> bytes:
        """The page of a request that was refused for its form alone."""
        language, _ = _split(path)
        if status in (404, 405):
            return self._page("missing", language)
        if status == 503:
            return self._page("closed", language)
        return self._page("bad", language, reason="big" if status == 413 else "malformed")

    def _page(self, name: str, language: str, **facts: object) -> bytes:
        return self._pages.page(name, language, **facts)

    def _plain(self, name: str) -> Handler:
        return lambda request, language: (200, self._page(name, language))

    def _statement(self) -> canary.Shown:
        return canary.read(self._config, calendar.as_date(calendar.today()))

    def _check_open(self) -> bool:
        """Raise one of CLOSING when no dossier may come in; whether the statement is doubtful."""
        if not self._config.are_keys_unchanged():
            raise store.Full("keys")
        is_doubtful = self._statement().is_doubtful
        if is_doubtful and self._config.limits.on_expiry == "close":
            raise store.Full("canary")
        store.check_room(self._config)
        return is_doubtful

    def _state(self) -> dict[str, bool]:
        try:
            return {"closed": False, "doubtful": self._check_open()}
        except CLOSING:
            return {"closed": True, "doubtful": False}

    def _home(self, request: Request, language: str) -> Answer:
        return 200, self._page("home", language, **self._state())

    def _canary(self, request: Request, language: str) -> Answer:
        found = self._statement()
        until = found.until.isoformat() if found.until else ""
        facts = {"state": found.state.value, "text": found.text, "until": until}
        return 200, self._page("canary", language, **facts)

    def _deposit(self, request: Request, language: str) -> Answer:
        return self._receive(request, language, self._new_source)

    def _write_again(self, request: Request, language: str) -> Answer:
        return self._receive(request, language, self._returning_source)

    def _receive(self, request: Request, language: str, whose: Whose) -> Answer:
        """Both deposits: sealed while arriving, then looked at, then kept or forgotten."""
        self._check_open()
        dossier = Dossier(self._config)
        try:
            form = forms.read_multipart(request, dossier, self._config.limits.message_chars)
            forms.check_not_empty(form)
            visit, name, facts = whose(form)
            dossier.commit(form.get("message"), visit)
            return 200, self._page(name, language, **facts)
        except Elsewhere:
            return 403, self._page("wrong", language)
        except tokens.Expired:
            return 400, self._page("bad", language, reason="expired")
        except forms.Wrong as wrong:
            status = 413 if wrong.reason in ("long", "big") else 400
            return status, self._page("bad", language, reason=wrong.reason)
        except (CutShort, ConnectionError, TimeoutError):
            return 400, self._page("bad", language, reason="cut")
        except ContainerError:  # Larger than its largest bucket.
            return 413, self._page("bad", language, reason="big")
        finally:
            dossier.discard()

    def _new_source(self, form: forms.Form) -> Welcome:
        if form.get("adresse") != self._config.host:
            raise Elsewhere
        words, entropy = codename.new()
        visit = mailboxes.visit_of(workers.stretched(self._config, entropy))
        return visit, "codename", {"words": words}

    def _returning_source(self, form: forms.Form) -> Welcome:
        visit = tokens.read(form.get("token"), self._config.boot_key, now=time.time())
        if not mailboxes.is_known(self._config, visit):
            raise tokens.Expired
        return visit, "added", {}

    def _come_back(self, request: Request, language: str) -> Answer:
        try:
            form = forms.read_small(request)
        except forms.Wrong as wrong:
            return 400, self._page("bad", language, reason=wrong.reason)
        except (CutShort, ConnectionError, TimeoutError):
            return 400, self._page("bad", language, reason="cut")
        entropy, is_codename = workers.NOBODY, False
        with suppress(codename.CodenameError):
            entropy, is_codename = codename.decode(form.get("codename")), True
        # What is mistyped is stretched too: the time of an answer tells nothing.
        keys = workers.stretched(self._config, entropy)
        visit = mailboxes.visit_of(keys)
        if not mailboxes.is_known(self._config, visit) or not is_codename:
            return 403, self._page("refused", language)
        opened, unread = mailboxes.open_replies(self._config, keys)
        token = tokens.write(visit, self._config.boot_key, now=time.time())
        facts = {"token": token, "replies": opened, "unread": str(unread) if unread else ""}
        return 200, self._page("mailbox", language, **facts, **self._state())

    def _erase(self, request: Request, language: str) -> Answer:
        try:
            form = forms.read_small(request)
            visit = tokens.read(form.get("token"), self._config.boot_key, now=time.time())
        except forms.Wrong as wrong:
            return 400, self._page("bad", language, reason=wrong.reason)
        except tokens.Expired:
            return 400, self._page("bad", language, reason="expired")
        except (CutShort, ConnectionError, TimeoutError):
            return 400, self._page("bad", language, reason="cut")
        everything = form.get("tout") == "1"
        mailboxes.erase(self._config, visit, everything=everything)
        return 200, self._page("erased", language, everything=everything)


def _split(path: str) -> tuple[str, str]:
    """The language of a path, and the path without it."""
    if path.startswith("/en/"):
        return "en", path[3:]
    return "fr", path
