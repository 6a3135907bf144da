"""Which addresses elsewhere we may speak to: public ones, by https, of hosts that are allowed.

What an outside message makes us fetch must not reach this machine or its network (SSRF). The name
is looked up once and the connection goes to the address that was looked at: a name that changes
its address in between changes nothing (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from contrechamp.kernel.errors import Refused, gettext_noop

BODY_MOST = 256 << 10
"""Bytes of an answer, or of a message to an inbox."""
TIME_S = 10.0
URL_MOST = 500
NAT64 = bytes.fromhex("0064ff9b")
"""What addresses begin with in which any IPv4 address can hide (RFC 6052, RFC 8215)."""


class NotThere(Refused):
    """An address that we do not speak to."""


def is_public(address: str) -> bool:
    """Answer whether an IP address is of the public Internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner or found.packed.startswith(NAT64):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_allowed(host: str, rules: Collection[str]) -> bool:
    """Answer whether a host is among those allowed: its name, `*.name` for those below, or `*`."""
    host = host.lower().rstrip(".")
    for rule in (rule.lower().rstrip(".") for rule in rules):
        if rule in {"*", host} or (rule.startswith("*.") and host.endswith(rule[1:])):
            return True
    return False


def check_url(url: str, *, rules: Collection[str], is_test: bool = False) -> tuple[str, int]:
    """Return host and port of an address that we may speak to, or refuse it.

    `is_test`: http on this machine is allowed, for a second server beside the first.
    """
    parts = urlsplit(url) if len(url) <= URL_MOST and url.isprintable() else None
    try:
        port = parts.port if parts else None
    except ValueError:
        parts, port = None, None
    if parts is None or not parts.hostname or parts.username or parts.password:
        raise NotThere(gettext_noop("Cette adresse n'est pas lisible."))
    if parts.scheme != "https" and not (is_test and parts.scheme == "http"):
        raise NotThere(gettext_noop("Nous ne parlons qu'en https."))
    if not is_test and port not in (None, 443):
        raise NotThere(gettext_noop("Nous ne parlons qu'au port 443."))
    if not is_allowed(parts.hostname, rules):
        raise NotThere(
            gettext_noop("Le serveur {host} n'est pas parmi ceux que cette instance accepte."),
            host=parts.hostname,
        )
    return parts.hostname, port or (443 if parts.scheme == "https" else 80)


def check_address(address: str, *, is_test: bool = False) -> str:
    """Return an IP address that we may connect to, or refuse it."""
    if is_test and _is_loopback(address):
        return address
    if not is_public(address):
        raise NotThere(gettext_noop("Cette adresse est d'un réseau privé."))
    return address


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
