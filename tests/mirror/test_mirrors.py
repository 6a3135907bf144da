"""Whether a copy is whole; which mirrors are known, and what was found of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop
from contrechamp.mirror.domain.manifest import KEY, MANIFEST, SIGNATURE, Manifest
from contrechamp.mirror.models import KnownMirror
from contrechamp.mirror.services import add_mirror, check_mirror, verify
from contrechamp.mirror.services.verifying import hashed
from tests.people import Person

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
ADDRESS = "https://relais.example/copie/"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a signed copy of three files."""
    folder = tmp_path / "copy"
    (folder / "en").mkdir(parents=True)
    for name in ("index.html", "en/index.html", "projets.csv"):
        (folder / name).write_text(f"<h1>{name}</h1>")
    sign(folder, signing.own_keys())
    return folder


def sign(folder: Path, keys: signing.KeyPair) -> None:
    names = ("index.html", "en/index.html", "projets.csv")
    files = {name: hashed(folder / name) for name in names}
    content = Manifest(origin="", version="1", day="2026-03-02", files=files).written()
    (folder / MANIFEST).write_bytes(content)
    (folder / SIGNATURE).write_bytes(keys.sign(content))
    (folder / KEY).write_text(keys.public_key)


def test_a_whole_copy_is_found_whole(copy: Path) -> None:
    found = verify(copy, key=signing.public_key())

    assert found.is_signed
    assert not found.difference
    assert not found.is_own_key


def test_what_is_missing_changed_or_too_much_is_named(copy: Path) -> None:
    (copy / "projets.csv").unlink()
    (copy / "index.html").write_text("<h1>other</h1>")
    (copy / "track.js").write_text("spy()")
    (copy / "en/link.html").symlink_to("/etc/hostname")

    found = verify(copy).difference

    assert found.missing == ("projets.csv",)
    assert found.changed == ("index.html",)
    assert found.extra == ("en/link.html", "track.js")


def test_a_copy_that_somebody_else_signed_is_not_ours(copy: Path, tmp_path: Path) -> None:
    sign(copy, signing.key_pair(tmp_path / "stranger"))

    assert verify(copy).is_signed  # With the key that lies in it, which proves nothing.
    assert verify(copy).is_own_key
    assert not verify(copy, key=signing.public_key()).is_signed


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"manifest\.json"):
        verify(tmp_path)


def reading(folder: Path):  # type: ignore[no-untyped-def]
    def fetch(url: str) -> bytes:
        path = folder / url.removeprefix(ADDRESS)
        if not path.exists():
            raise Unavailable(gettext_noop("Réponse {status} : {url}"), status=404, url=url)
        return path.read_bytes()

    return fetch


def test_a_mirror_that_was_checked_says_when(db: None, copy: Path) -> None:
    known = add_mirror(ADDRESS, operator="Le Relais", now=NOW)

    found = check_mirror(ADDRESS, fetch=reading(copy), now=NOW)

    known.refresh_from_db()
    assert found.is_good
    assert found.looked_at == 3
    assert (known.verified_at, str(known.copy_day), known.trouble) == (NOW, "2026-03-02", "")


def test_a_mirror_that_was_changed_is_said_to_be(db: None, copy: Path) -> None:
    known = add_mirror(ADDRESS, operator="Le Relais", now=NOW)
    (copy / "index.html").write_text("<h1>other</h1>")
    (copy / "projets.csv").unlink()

    found = check_mirror(ADDRESS, fetch=reading(copy), now=NOW)

    known.refresh_from_db()
    assert not found.is_good
    assert found.difference.changed == ("index.html",)
    assert found.difference.missing == ("projets.csv",)
    assert known.verified_at is None
    assert known.trouble


def test_a_mirror_that_does_not_answer_is_noted(db: None, tmp_path: Path) -> None:
    known = add_mirror(ADDRESS, operator="Le Relais", now=NOW)

    with pytest.raises(Unavailable):
        check_mirror(ADDRESS, fetch=reading(tmp_path), now=NOW)

    known.refresh_from_db()
    assert "404" in known.trouble


@pytest.mark.parametrize("address", ["relais", "ftp://a.example/", "https://a.example/?x=1", ""])
def test_what_is_no_address_is_refused(db: None, address: str) -> None:
    with pytest.raises(Refused):
        add_mirror(address, operator="Le Relais", now=NOW)


def test_a_mirror_is_known_once(db: None) -> None:
    add_mirror("https://relais.example/copie", operator="Le Relais", now=NOW)
    add_mirror(ADDRESS, operator="Le Relais et Cie", now=NOW)

    assert [one.operator for one in KnownMirror.objects.all()] == ["Le Relais et Cie"]


def test_an_administrator_makes_a_mirror_known(db: None, io: Person) -> None:
    io.sends("/miroirs/ajouter", address=ADDRESS, operator="Le Relais")

    page = Person().opens("/miroirs")

    assert ADDRESS in page.text
    assert "Le Relais" in page.text
    assert "pas encore vérifiée" in page.text
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]


def test_a_key_that_is_none_is_said_to_be(db: None, io: Person) -> None:
    answer = io.sends("/miroirs/ajouter", address=ADDRESS, operator="Le Relais", key="abc")

    assert answer.status == 409
    assert "Ed25519" in answer.text
    assert not KnownMirror.objects.exists()


def test_the_page_speaks_english(db: None) -> None:
    assert "Keep a mirror" in Person(language="en").opens("/miroirs").text
