"""A site on loopback that imitates prefectures' sites, and what can go wrong with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """What one address answers."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/pdf"
    headers: dict[str, str] = field(default_factory=dict)
    slow_s: float = 0.0
    times: int = -1
    """How often it answers so; then the plain content with 200. Negative: always."""
    etag: bool = True


@dataclass
class PretendSite:
    """Pages by path; what was asked is kept."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    on_post: Callable[[str, dict[str, list[str]]], str] | None = None

    def put(self, path: str, body: bytes | str, **how: object) -> None:
        kind = "text/html; charset=utf-8" if isinstance(body, str) else "application/pdf"
        content = body.encode() if isinstance(body, str) else body
        self.replies[path] = Reply(content, **{"kind": kind, **how})  # type: ignore[arg-type]

    def downloads(self, ending: str = ".pdf") -> list[str]:
        """Return the paths of files that were sent whole, in order."""
        return [path for path, status, _ in self.asked if path.endswith(ending) and status == "200"]


@contextmanager
def serving() -> Iterator[PretendSite]:
    """Serve a site on loopback until the end of the block."""
    site = PretendSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            reply = site.replies.get(self.path) or site.replies.get(parts.path)
            if reply is None or (reply.status == 200 and reply.kind == "gone"):
                self._send(404, b"", "text/plain", {})
                return
            self._answer(reply)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            body = site.on_post(self.path, sent) if site.on_post else ""
            self._send(200, body.encode(), "text/html; charset=utf-8", {})

        def _answer(self, reply: Reply) -> None:
            if reply.slow_s:
                sleep(reply.slow_s)
            if reply.status != 200 and reply.times:
                reply.times -= 1
                self._send(reply.status, b"", "text/plain", reply.headers)
                return
            headers = dict(reply.headers)
            if reply.etag:
                headers["ETag"] = f'"{sha256(reply.body).hexdigest()[:12]}"'
                if self.headers.get("If-None-Match") == headers["ETag"]:
                    self._send(304, b"", reply.kind, headers)
                    return
            self._send(200, reply.body, reply.kind, headers)

        def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
            site.asked.append((self.path, str(status), dict(self.headers)))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that was killed is no error of the site."""

    server = Server(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def card(href: str, title: str, detail: str = "") -> str:
    """Return a card as the State's template makes them."""
    return (
        '<div class="fr-card fr-card--horizontal fr-card--sm fr-enlarge-link">'
        '<div class="fr-card__body"><div class="fr-card__content"><h2 class="fr-card__title">'
        f'<a class="fr-card__link" href="{href}">{title}</a></h2>'
        f'<div class="fr-card__end"><p class="fr-card__detail">{detail}</p></div>'
        "</div></div></div>"
    )


def download(href: str, title: str, detail: str = "PDF - 1,2 Mb - 03/02/2031") -> str:
    """Return a link to a download as the State's template makes them."""
    return (
        '<div class="fr-downloads-group fr-downloads-group--bordered"><ul><li>'
        f'<a class="fr-link fr-link--download" href="{href}">Télécharger {title}'
        f'<span class="fr-link__detail">{detail}</span></a></li></ul></div>'
    )


def page(*parts: str) -> str:
    """Return a page with some text of its own."""
    filler = "<p>Les recueils des actes administratifs de la préfecture d'un pays inventé.</p>"
    return f"<html><body><h1>Recueils</h1>{filler}{''.join(parts)}</body></html>"
