"""The fields of every answer, whatever its status: exactly these, in this order."""

from __future__ import annotations

from .style import SOURCE

# "sandbox" makes the origin opaque: a style sheet under 'self' no longer loads. One inline style,
# allowed by its hash.
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        f"default-src 'none'; style-src {SOURCE}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; sandbox allow-forms",
    ),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Clear-Site-Data", '"cache", "cookies", "storage"'),
)
PHRASES = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    414: "URI Too Long",
    503: "Service Unavailable",
}


def head(status: int, length: int) -> bytes:
    """The status line and fields of an answer of `length` bytes: HTTP/1.0, then closed."""
    lines = [f"HTTP/1.0 {status} {PHRASES[status]}", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in HEADERS]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
