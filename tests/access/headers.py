"""What goes with every answer: the policy, no cookie for visitors, nothing from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from tests.access.rows import Row
from tests.people import Answer

FORMS_MAY = {"csrftoken"}
"""A page with a form may set the token that protects it; it names nobody."""

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|image|use)\b[^>]*?"""
    r"""\s(?:src|href|data|srcset|poster)\s*=\s*["']?(?!/(?!/)|\#|data:image/|\{)([^"'\s>]*)""",
    re.IGNORECASE,
)
LINKED = re.compile(
    r"""<link\b(?=[^>]*rel=["']?(?:stylesheet|icon|preload|prefetch|preconnect|modulepreload))"""
    r"""[^>]*?href=["']?(?!/(?!/)|\{)([^"'\s>]*)""",
    re.IGNORECASE,
)


def check_page(answer: Answer) -> None:
    """Fail when what anybody gets could load something that is not ours."""
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    if answer.headers["Content-Type"].startswith("text/html"):
        assert_ours_alone(STYLE.sub(lambda style: without(style, policy), answer.text))


def check_visitor(row: Row, answer: Answer) -> None:
    """Fail when what a visitor gets could load, keep or tell anything."""
    check_page(answer)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    # A frame may stand on any site; nothing else may, and nothing comes from elsewhere.
    anywhere = "frame-ancestors *" if row.name == "ui:embed" else "frame-ancestors 'none'"
    assert anywhere in policy
    assert re.findall(r"https?:|\*", policy.replace("frame-ancestors *", "")) == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # Never weaker; an address that holds a token is told to nobody.
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert set(answer.cookies) <= FORMS_MAY
    if set(answer.cookies):
        assert "csrfmiddlewaretoken" in answer.text, "a cookie without a form"


def without(style: re.Match[str], policy: str) -> str:
    """Leave out a style that the policy names by its hash: the browser takes this one alone."""
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    return "" if f"'sha256-{digest}'" in policy else style[0]


def assert_ours_alone(text: str) -> None:
    assert INLINE.findall(text) == []
    assert [url for url in LOADED.findall(text) if url] == []
    assert [url for url in LINKED.findall(text) if url] == []
