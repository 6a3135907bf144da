"""Write the vectors of airlock/1: `python -m tests.airlock.make_vectors`.

Everything but the two sealed files comes out the same each time. The keys are for tests only.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pyrage

from airlock import bech32, codename, container, display, reply, words

VECTORS = Path(__file__).parent / "vectors"
PEPPER = bytes(range(32))
ENTROPIES = (bytes(10), b"\xff" * 10, bytes(range(10)), bytes.fromhex("0102030405a1b2c3d4e5"))
TEST_SECRET = bech32.encode(
    "age-secret-key-", hashlib.sha256(b"airlock test identity").digest()
).upper()

Pieces = Sequence[tuple[str, str, bytes]]

CASES: tuple[tuple[str, Pieces, str], ...] = (
    ("message only", (), "Bonjour"),
    (
        "two pieces, hostile names",
        (
            ("../../etc/passwd", "application/x", b"A" * 1000),
            ("rapport\u202efdp.exe", "application/pdf", b"%PDF-"),
        ),
        "",
    ),
    ("fills the first bucket", (("a.PDF", "application/pdf", b"x" * 64000),), ""),
    (
        "one byte more than the first bucket",
        (("a.pdf", "application/pdf", b"x" * 65100),),
        "",
    ),
)


def dossier(pieces: Pieces, message: str, facts: dict[str, str]) -> bytes:
    """Return a container."""
    out = io.BytesIO()
    writer = container.DossierWriter(out.write)
    for name, kind, data in pieces:
        writer.begin_piece(name, kind)
        writer.write(data)
        writer.end_piece()
    writer.finish(message, facts)
    return out.getvalue()


def codenames(entropies: Sequence[bytes] = ENTROPIES) -> list[dict[str, object]]:
    """Return a row for each entropy: words, how they may be typed, and the keys."""
    return [_row(entropy) for entropy in entropies]


def _row(entropy: bytes) -> dict[str, object]:
    keys = codename.derive(codename.stretch(entropy, PEPPER))
    typed = codename.encode(entropy)
    folded = words.fold(typed)
    short = "-".join(word[:4] for word in folded.split())
    return {
        "entropy": entropy.hex(),
        "codename": typed,
        "typed_alike": [typed.upper(), short, f"  {folded}, "],
        "locator": keys.locator.hex(),
        "seed": keys.seed.hex(),
        "mailbox": keys.mailbox,
        "identity": keys.age_identity,
        "recipient": str(pyrage.x25519.Identity.from_str(keys.age_identity).to_public()),
        "designation": display.designation(keys.mailbox),
    }


def refused(row: dict[str, object]) -> list[str]:
    """Return what cannot be a codename, made from one that is."""
    right = str(row["codename"]).split()
    swapped = [right[1], right[0], *right[2:]]
    return [
        " ".join(swapped),
        " ".join(right[:7]),
        " ".join([*right, "abaisser"]),
        "bonjour " * 8,
        "",
        "aba " * 8,
    ]


def containers(facts: dict[str, str]) -> list[dict[str, object]]:
    """Return the bucket and the digest of each case."""
    rows: list[dict[str, object]] = []
    for title, pieces, message in CASES:
        data = dossier(pieces, message, facts)
        rows.append(
            {
                "title": title,
                "pieces": [
                    [name, kind, len(held), hashlib.sha256(held).hexdigest()]
                    for name, kind, held in pieces
                ],
                "message": message,
                "bucket": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        )
    return rows


def facts_of(row: dict[str, object]) -> dict[str, str]:
    """Return the facts that the vectors' dossiers state."""
    return {
        "kind": "dossier",
        "received": "2026-01-02",
        "mailbox": str(row["mailbox"]),
        "reply_to": str(row["recipient"]),
    }


def texts() -> dict[str, str]:
    """Return the two files that come out the same each time."""
    rows = codenames()
    facts = facts_of(rows[0])
    argon2 = {
        "time_cost": codename.TIME_COST,
        "memory_cost": codename.MEMORY_KIB,
        "parallelism": codename.LANES,
        "hash_len": codename.STRETCHED_BYTES,
        "version": codename.ARGON2_VERSION,
    }
    names = {
        "pepper": PEPPER.hex(),
        "argon2id": argon2,
        "words_sha256": words.SHA256,
        "good": rows,
        "refused": refused(rows[2]),
    }
    held = {"facts": facts, "cases": containers(facts)}
    return {
        "codename.json": json.dumps(names, ensure_ascii=False, indent=1) + "\n",
        "container.json": json.dumps(held, ensure_ascii=True, indent=1) + "\n",
    }


def main() -> None:
    """Write all."""
    VECTORS.mkdir(exist_ok=True)
    made = texts()
    for name, text in made.items():
        (VECTORS / name).write_text(text)
    facts = json.loads(made["container.json"])["facts"]
    reader = pyrage.x25519.Identity.from_str(TEST_SECRET)
    key = f"# TEST KEY, NEVER USE\n# public key: {reader.to_public()}\n{TEST_SECRET}\n"
    (VECTORS / "test-identity.txt").write_text(key)
    plain = dossier(
        (("note.txt", "text/plain", "pièce d'essai\n".encode()),), "Message d'essai", facts
    )
    (VECTORS / "dossier.age").write_bytes(pyrage.encrypt(plain, [reader.to_public()]))
    answer = reply.seal("Merci. De quelle année ?", facts["reply_to"])
    (VECTORS / "reply.age").write_bytes(answer)


if __name__ == "__main__":
    main()
