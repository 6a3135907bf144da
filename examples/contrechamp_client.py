"""A small client of Contrechamp's API: read everything, follow what changes, propose a fact.

    pip install httpx
    python contrechamp_client.py https://observatory.example list claims property=cameras_count
    python contrechamp_client.py https://observatory.example follow state.json
    CONTRECHAMP_TOKEN=ctc_… python contrechamp_client.py https://observatory.example me

Copy it and change it: it is meant to be read. It waits when it is asked to, asks again when the
network fails, and sends each write under a key of its own, so that nothing is written twice.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

BASE = "/api/v1"
TRIES = 5


class Problem(Exception):
    """The API said no: `status`, and the sentence that says why and what to do."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status


class Contrechamp:
    """One observatory. With a token it may also write drafts in a member's name."""

    def __init__(self, site: str, token: str = "", language: str = "fr") -> None:
        headers = {"Accept-Language": language}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.http = httpx.Client(base_url=site, headers=headers, timeout=60)
        self._kept: dict[str, tuple[str, Any]] = {}

    def get(self, path: str, **query: Any) -> Any:
        """Return one answer; who has asked before is told only whether it changed."""
        address = path if path.startswith("/api/") else BASE + path
        request = self.http.build_request("GET", address, params=query or None)
        key = str(request.url)
        if key in self._kept:
            request.headers["If-None-Match"] = self._kept[key][0]
        answer = self._send(request)
        if answer.status_code == 304:
            return self._kept[key][1]
        said = answer.json()
        if "ETag" in answer.headers:
            self._kept[key] = (answer.headers["ETag"], said)
        return said

    def every(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Yield everything of a list, however long it is."""
        page = self.get(path, **{"limit": 500, **query})
        while True:
            self._kept.clear()  # A list read once need not be kept.
            yield from page["items"]
            if not page["next"]:
                return
            page = self.get(page["next"])

    def changes(self, resume: str = "") -> tuple[list[dict[str, Any]], str]:
        """Return what changed since an earlier answer, and where to go on next time."""
        found: list[dict[str, Any]] = []
        page = self.get(resume) if resume else self.get("/changes", limit=500)
        while True:
            found += page["items"]
            if not page["next"]:
                return found, page["resume"]
            page = self.get(page["next"])

    def post(self, path: str, said: dict[str, Any]) -> Any:
        """Write; sent again after a failure it is still done once."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return self._send(
            self.http.build_request("POST", BASE + path, json=said, headers=headers)
        ).json()

    def _send(self, request: httpx.Request) -> httpx.Response:
        for number in range(TRIES):
            try:
                answer = self.http.send(request)
            except httpx.TransportError:
                if number + 1 == TRIES:
                    raise
                time.sleep(2**number)
                continue
            if answer.status_code == 429 and number + 1 < TRIES:
                time.sleep(int(answer.headers.get("Retry-After", "10")))
                continue
            if answer.status_code >= 400:
                raise Problem(answer.status_code, answer.json()["detail"])
            return answer
        raise RuntimeError("unreachable")


def main(words: list[str]) -> int:
    """Do what the command line says."""
    if len(words) < 2:
        print(__doc__)
        return 2
    site, verb, *rest = words
    here = Contrechamp(site, token=os.environ.get("CONTRECHAMP_TOKEN", ""))
    try:
        if verb == "list":
            query = dict(word.split("=", 1) for word in rest[1:])
            for item in here.every(f"/{rest[0]}", **query):
                print(json.dumps(item, ensure_ascii=False))
        elif verb == "follow":
            state = Path(rest[0])
            known = json.loads(state.read_text())["resume"] if state.exists() else ""
            lines, resume = here.changes(known)
            for line in lines:
                print(line["at"], line["what"], line["title"])
            state.write_text(json.dumps({"resume": resume}))
        else:
            print(json.dumps(here.get(f"/{verb}"), ensure_ascii=False, indent=1))
    except Problem as no:
        print(no, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
