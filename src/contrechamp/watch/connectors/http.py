"""The only place of the watch that speaks HTTP: slowly, by its own name, and as robots.txt asks.

What is waited between two requests to a host is kept in a file per host, so that it holds for
several sources of one host, for several processes and over restarts: one request at a time.
"""

from __future__ import annotations

import fcntl
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from ipaddress import ip_address
from random import SystemRandom
from tempfile import SpooledTemporaryFile
from time import monotonic, sleep, time
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

import httpx
from django.conf import settings
from protego import Protego

from contrechamp.kernel.errors import Misconfigured, gettext_noop

from .answer import Answer, Gone, Later, Refusal, TooLarge, Unreached
from .tunnel import unreached

NAME = "Contrechamp"
LEAST_PAUSE_S = 5.0
MOST_PAUSE_S = 120.0
"""A delay that robots.txt asks for is obeyed up to here."""
ANSWER_S = 60.0
MOST_HOPS = 5
IN_MEMORY = 4 << 20
WAIT = timedelta(minutes=30)
"""How long we wait when a site says "later" and not when."""
LONGEST = timedelta(days=2)
KEPT = ("content-type", "content-length", "date", "server", "content-disposition", "location")
DICE = SystemRandom()


def agent() -> str:
    """Return our name, with where to reach whoever keeps this instance."""
    contact = settings.CONTRECHAMP.contact or "contact not set"
    return f"{NAME}/{version('contrechamp')} (+{contact})"


def is_here(host: str) -> bool:
    """Answer whether a host is this machine, by its name alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Web:
    """Requests of one source."""

    def __init__(self, *, proxy: str = "") -> None:
        env = settings.CONTRECHAMP
        self._least, self._most = _pause(env.watch_pause)
        self._proxy = proxy or env.watch_proxy
        self._limit_bytes, self._limit_s = env.watch_size_mb << 20, float(env.watch_time_s)
        self._hosts = env.data / "watch" / "hosts"
        self._robots: dict[str, tuple[Protego, str]] = {}
        self._client: httpx.Client | None = None
        self.homes: set[str] = set()
        """Hosts of the source's own address: they may be of this machine."""

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        method: str = "get",
        data: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        """Return what is at an address, redirections followed; raise the errors of `answer`."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {key: each for key, each in headers.items() if each}
        for _ in range(MOST_HOPS):
            self._check(url)
            answer = self._once(url, headers, method, data)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            url, method, data = urljoin(url, answer.headers.get("location", "")), "get", ()
        raise Unreached(gettext_noop("Trop de redirections : {url}"), url=url)

    def read(self, url: str, **how: object) -> tuple[bytes, str]:
        """Return the content of a page and the address where it was in the end."""
        answer = self.get(url, **how)  # type: ignore[arg-type]
        if answer.content is None:
            return b"", answer.url
        with answer.content as content:
            return content.read(), answer.url

    def robots(self) -> str:
        """Return the robots.txt of the hosts that were asked."""
        return "\n".join(f"# {host}\n{text}" for host, (_, text) in self._robots.items())

    def close(self) -> None:
        if self._client:
            self._client.close()

    def _check(self, url: str) -> None:
        """Refuse addresses that a site must not lead us to, and what robots.txt forbids."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise Refusal(gettext_noop("Adresse inattendue : {url}"), whole=False, url=url)
        if host not in self.homes and not self._proxy and _is_private(host):
            raise Refusal(gettext_noop("Adresse d'un réseau privé : {url}"), whole=False, url=url)
        rules, _ = self._rules(f"{parts.scheme}://{parts.netloc}")
        if not rules.can_fetch(url, agent()) or not rules.can_fetch(url, NAME):
            raise Refusal(gettext_noop("Interdit par robots.txt : {url}"), whole=False, url=url)

    def _rules(self, origin: str) -> tuple[Protego, str]:
        """Return the rules of a host (RFC 9309: none when 4xx, nothing allowed when 5xx)."""
        if origin not in self._robots:
            text = ""
            try:
                url = f"{origin}/robots.txt"
                answer = self._once(url, {}, "get", ())
                for _ in range(MOST_HOPS):
                    if not 300 < answer.status < 400:
                        break
                    url = urljoin(url, answer.headers.get("location", ""))
                    answer = self._once(url, {}, "get", ())
                if answer.content:
                    with answer.content as content:
                        text = content.read(512 << 10).decode("utf-8", "replace")
            except (Gone, Refusal):
                pass
            self._robots[origin] = (Protego.parse(text), text)
        return self._robots[origin]

    def _delay(self, origin: str) -> float:
        """Return how long to wait after the last request to a host."""
        if is_here(urlsplit(origin).hostname or ""):
            return DICE.uniform(self._least, self._most)
        least = max(self._least, LEAST_PAUSE_S)
        delay = DICE.uniform(least, max(self._most, least))
        if origin in self._robots:
            asked = self._robots[origin][0].crawl_delay(NAME) or 0
            delay = max(delay, min(float(asked), MOST_PAUSE_S))
        return delay

    @contextmanager
    def _turn(self, origin: str) -> Iterator[None]:
        """Hold a host for one request, when the pause after the last one is over."""
        self._hosts.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z0-9.-]", "_", urlsplit(origin).netloc.lower())
        with (self._hosts / name).open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            last = float(file.read().strip() or 0)
            wait = last + self._delay(origin) - time()
            if wait > 0:
                sleep(min(wait, MOST_PAUSE_S))
            try:
                yield
            finally:
                file.seek(0)
                file.truncate()
                file.write(f"{time():.3f}")

    def _once(
        self, url: str, headers: Mapping[str, str], method: str, data: tuple[tuple[str, str], ...]
    ) -> Answer:
        parts = urlsplit(url)
        sent = {"params": dict(data)} if method == "get" else {"data": dict(data)}
        with self._turn(f"{parts.scheme}://{parts.netloc}"):
            try:
                with self._open().stream(
                    method.upper(),
                    url,
                    headers=dict(headers),
                    **(sent if data else {}),  # type: ignore[arg-type]
                ) as response:
                    return self._read(response)
            except httpx.TimeoutException:
                raise Unreached(gettext_noop("Pas de réponse à temps : {url}"), url=url) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if self._proxy and isinstance(error, (httpx.ConnectError, httpx.ProxyError)):
                    raise unreached(self._proxy, url) from None
                raise Unreached(
                    gettext_noop("Pas de réponse : {url} ({why})"),
                    url=url,
                    why=type(error).__name__,
                ) from None

    def _open(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(
                headers={"User-Agent": agent(), "Accept-Language": "fr"},
                proxy=self._proxy or None,
                trust_env=False,
                timeout=ANSWER_S,
                limits=httpx.Limits(max_connections=1),
            )
        return self._client

    def _read(self, response: httpx.Response) -> Answer:
        status, url = response.status_code, str(response.url)
        headers = {
            key: each
            for key, each in response.headers.items()
            if key in KEPT or key in ("etag", "last-modified")
        }
        if status in (404, 410):
            raise Gone(status, url)
        if status in (401, 403, 406, 407, 451):
            raise Refusal(
                gettext_noop("Le site refuse : réponse {status}, {url}"), status=status, url=url
            )
        if status in (429, 503):
            raise Later(_asked(response.headers.get("retry-after", "")), url)
        if status >= 400:
            raise Unreached(gettext_noop("Réponse {status} : {url}"), status=status, url=url)
        content = self._take(response) if status == 200 else None
        name = _name(headers.get("content-disposition", ""), url)
        return Answer(status=status, url=url, headers=headers, content=content, name=name)

    def _take(self, response: httpx.Response) -> IO[bytes]:
        """Read a content within the limits of size and time."""
        length = response.headers.get("content-length", "")
        self._check_limits(int(length) if length.isdecimal() else 0, monotonic() + 1, response)
        content: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
        end, size = monotonic() + self._limit_s, 0
        try:
            for block in response.iter_bytes():
                size += len(block)
                self._check_limits(size, end, response)
                content.write(block)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return content

    def _check_limits(self, size: int, end: float, response: httpx.Response) -> None:
        url = str(response.url)
        if size > self._limit_bytes:
            limit = self._limit_bytes >> 20
            raise TooLarge(gettext_noop("Plus de {limit} Mo : {url}"), limit=limit, url=url)
        if monotonic() > end:
            limit = int(self._limit_s)
            raise TooLarge(gettext_noop("Plus de {limit} s : {url}"), limit=limit, url=url)


def _pause(text: str) -> tuple[float, float]:
    least, _, most = text.partition("-")
    try:
        return float(least), float(most or least)
    except ValueError:
        raise Misconfigured(
            "CONTRECHAMP_WATCH_PAUSE is {text}; expected two numbers, as 5-30.", text=text
        ) from None


def _asked(retry_after: str) -> timedelta:
    """Read Retry-After: seconds or a moment (RFC 9110, 10.2.3)."""
    if retry_after.strip().isdecimal():
        return min(timedelta(seconds=int(retry_after)), LONGEST)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return WAIT
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - datetime.now(UTC), timedelta()), LONGEST)


def _is_private(host: str, resolve: Callable[..., list[tuple]] = socket.getaddrinfo) -> bool:  # type: ignore[type-arg]
    try:
        found = [each[4][0] for each in resolve(host, None)]
    except OSError:
        return False  # Then the request itself says that there is no such host.
    return any(not ip_address(each.partition("%")[0]).is_global for each in found)


def _name(disposition: str, url: str) -> str:
    """Return a file's name, from what the site says or from its address: never a path."""
    found = re.search(r"filename\*=(?:UTF-8|utf-8)''([^;]+)", disposition) or re.search(
        r'filename="?([^";]+)', disposition
    )
    name = unquote(found.group(1) if found else urlsplit(url).path)
    return re.sub(r"[\x00-\x1f/\\]", "_", name.rstrip("/").rpartition("/")[2])[-150:]
