"""The text form of age's keys (BIP-173 without its limit of 90 characters): an encoding."""

from __future__ import annotations

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """Return `data` as lower-case text after `prefix`, with its checksum."""
    values = _regroup(data, 8, 5, pad=True)
    total = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    checksum = [(total >> 5 * (5 - place)) & 31 for place in range(_CHECKSUM)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in [*values, *checksum])


def decode(text: str) -> tuple[str, bytes]:
    """Return the prefix and the bytes of `text`; raise ValueError when it is mistyped."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    prefix, separator, rest = text.lower().rpartition("1")
    if not separator or not prefix or len(rest) < _CHECKSUM:
        raise ValueError("not bech32")
    values = [_ALPHABET.index(sign) for sign in rest]  # ValueError on a foreign sign
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("checksum")
    return prefix, bytes(_regroup(values[:-_CHECKSUM], 5, 8, pad=False))


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            checksum ^= generator if (top >> place) & 1 else 0
    return checksum


def _expanded(prefix: str) -> list[int]:
    return [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]


def _regroup(data: Iterable[int], wide: int, narrow: int, *, pad: bool) -> list[int]:
    held = bits = 0
    groups = []
    for value in data:
        held = (held << wide) | value
        bits += wide
        while bits >= narrow:
            bits -= narrow
            groups.append((held >> bits) & ((1 << narrow) - 1))
        held &= (1 << bits) - 1
    if pad and bits:
        groups.append((held << (narrow - bits)) & ((1 << narrow) - 1))
    elif not pad and (bits >= wide or held):
        raise ValueError("bad padding")
    return groups
