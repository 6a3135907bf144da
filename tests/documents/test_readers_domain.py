"""What a file is and what it says: rules on bytes, without tables."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.documents.domain import archives, emails, french, need, textual, webpages
from contrechamp.documents.domain.kinds import sniff
from contrechamp.documents.domain.reasons import CannotRead, Reason
from contrechamp.documents.domain.walking import walk
from tests.documents import files

SENTENCE = "Le conseil municipal a délibéré sur l'installation de caméras de surveillance."


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\0\0junk\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0", "image"),
        (b"II*\x00", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
        (b"PK\x03\x04" + b"\0" * 40, "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"{\\rtf1 ", "office"),
        (b"<!DOCTYPE html><html><body>", "html"),
        (b"\n<html lang='fr'>", "html"),
        (b"From: a@b.fr\nTo: c@d.fr\nSubject: x\n\nBonjour", "email"),
        (b"From a@b.fr Mon Mar  2 10:00:00 2026\nFrom: a@b.fr\nTo: c@d.fr\n\nx", "archive"),
        ("Arrêté n° 12".encode("cp1252"), "text"),
        ("Arrêté".encode("utf-16"), "text"),
        (b"nom;commune\nA;B\n", "text"),
        (files.odt(), "office"),
    ],
)
def test_a_kind_is_known_by_content(head: bytes, kind: str) -> None:
    content = sniff(head, head)
    assert content is not None
    assert content.kind == kind


@pytest.mark.parametrize("head", [b"\x7fELF\x02\x01\x01\0\0", b"\0" * 64, bytes(range(256)) * 4])
def test_what_is_nothing_that_we_read_has_no_kind(head: bytes) -> None:
    assert sniff(head, head) is None


@given(content=st.binary(max_size=400))
def test_any_bytes_have_a_kind_or_none(content: bytes) -> None:
    sniff(content, content)


@given(text=st.text(max_size=9_000), size=st.integers(5, 3_000))
def test_pages_of_a_text_lose_nothing(text: str, size: int) -> None:
    pages = list(textual.paginate([text[:4_000], text[4_000:]], size))

    assert "".join(pages) == text
    assert all(0 < len(page) <= size for page in pages)


def test_pages_are_cut_between_paragraphs() -> None:
    paragraph = "mot " * 200 + "\n\n"

    pages = list(textual.paginate([paragraph * 20]))

    assert all(page.endswith("\n\n") for page in pages)
    assert len(pages) == 7


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16"]
)
def test_french_is_read_in_whatever_it_was_written(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "texte.txt"
    path.write_bytes((f"{SENTENCE} Où ça ? À Évry, « l'été ».\n" * 3).encode(encoding))

    assert SENTENCE in textual.some_pages(path, 1, 9)[0]


def test_a_cut_inside_a_letter_of_two_bytes_is_no_reason_to_misread(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" + "é".encode() * textual.SAMPLE)

    assert textual.encoding_of(path) == "utf-8"


@given(content=st.binary(max_size=300))
def test_any_bytes_can_be_decoded_and_kept(content: bytes) -> None:
    text = textual.clean(textual.decode(content))
    text.encode("utf-8")
    assert "\0" not in text


def test_words_cut_at_a_line_end_are_whole_for_searching() -> None:
    assert textual.joined("la vidéosurveil-\nlance des rues\n- un tiret") == (
        "la vidéosurveillance des rues\n- un tiret"
    )


def test_a_web_page_gives_its_text_and_nothing_that_runs() -> None:
    title, text = webpages.text_of(
        "<html><head><title>Le &eacute;lu</title><script>alert('x')</script><style>p{}</style>"
        "</head><body><h1>Titre</h1><p>Un <b>mot</b> &amp; deux</p><noscript>rien</noscript>"
        "<ul><li>un<li>deux</ul><img src='https://x.example/pixel.gif'></body></html>"
    )

    assert title == "Le élu"
    assert text.splitlines() == ["Titre", "", "Un mot & deux", "", "- un", "- deux"]


@given(source=st.text(alphabet="<>/abp!-='\" &;#", max_size=200))
def test_any_markup_can_be_read(source: str) -> None:
    webpages.text_of(source)


def test_an_email_is_read_with_its_attachments_and_without_addresses() -> None:
    inner = files.email({"annexe.pdf": b"%PDF-1.4"}, subject="Fwd")
    message = emails.parse(files.email({"../../délibération.pdf": b"%PDF", "joint.eml": inner}))

    assert message.subject == "Réponse à votre demande"
    assert message.sent_on == "2026-03-02"
    assert "Veuillez trouver la délibération" in message.text
    assert "De : Mairie de Nice" in message.text
    assert "À : …@example.org" in message.text
    assert "secretariat@" not in message.text
    assert [attached.name for attached in message.attachments] == [
        "délibération.pdf",
        "piece-2.eml",
    ]
    assert [a.name for a in emails.parse(message.attachments[1].content).attachments] == [
        "annexe.pdf"
    ]


def test_an_email_in_latin_1_that_does_not_say_so_is_read() -> None:
    raw = (
        "From: Préfecture <a@b.fr>\nSubject: =?iso-8859-1?Q?Arr=EAt=E9?= caméra\nTo: c@d.fr\n\n"
        "Arrêté signé à Nîmes."
    ).encode("latin-1")

    message = emails.parse(raw)

    assert message.subject == "Arrêté caméra"
    assert "Arrêté signé à Nîmes." in message.text


@given(content=st.binary(max_size=300))
def test_any_bytes_can_be_read_as_an_email(content: bytes) -> None:
    emails.parse(b"From: a@b.fr\nContent-Type: multipart/mixed; boundary=x\n" + content)


def unpacked(path: Path, mime: str, **limits: int) -> dict[str, object]:
    def take(source: archives.Readable) -> object:
        read = b""
        while block := source.read(1000):
            read += block
        return read

    wanted = archives.Limits(**limits)
    return {
        entry.name: entry.problem.reason if entry.problem else entry.taken
        for entry in archives.unpack(path, mime, take, wanted)
    }


def test_what_climbs_out_of_an_archive_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = files.archive(
        tmp_path / "a.zip",
        {"un.txt": b"un", "../../etc/cron.d/x": b"x", "/etc/passwd": b"x", "C:\\x": b"x"},
        links=("lien",),
    )

    assert unpacked(path, "application/zip") == {
        "un.txt": b"un",
        "../../etc/cron.d/x": Reason.OUTSIDE_FOLDER,
        "/etc/passwd": Reason.OUTSIDE_FOLDER,
        "C:\\x": Reason.OUTSIDE_FOLDER,
        "lien": Reason.OUTSIDE_FOLDER,
    }


def test_links_and_devices_of_a_tar_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        for name, kind in (
            ("lien", tarfile.SYMTYPE),
            ("dur", tarfile.LNKTYPE),
            ("tube", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info)
        info = tarfile.TarInfo("bon.txt")
        info.size = 3
        made.addfile(info, io.BytesIO(b"bon"))

    assert unpacked(path, "application/gzip") == {
        "lien": Reason.OUTSIDE_FOLDER,
        "dur": Reason.OUTSIDE_FOLDER,
        "tube": Reason.UNREADABLE,
        "bon.txt": b"bon",
    }


def test_a_bomb_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        unpacked(files.bomb(tmp_path / "bombe.zip"), "application/zip")
    assert caught.value.reason is Reason.ARCHIVE_BOMB


def test_a_tar_that_swells_is_stopped_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "bombe.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        info = tarfile.TarInfo("zeros")
        info.size = 40 << 20
        made.addfile(info, io.BytesIO(bytes(40 << 20)))

    with pytest.raises(CannotRead) as caught:
        unpacked(path, "application/gzip")
    assert caught.value.reason is Reason.ARCHIVE_BOMB


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = files.archive(tmp_path / "a.zip", {f"{n}.txt": b"x" for n in range(12)})
    with pytest.raises(CannotRead) as caught:
        unpacked(path, "application/zip", files=10)
    assert caught.value.reason is Reason.ARCHIVE_BOMB


def test_a_box_of_emails_is_its_messages(tmp_path: Path) -> None:
    one = b"From a@b.fr Mon Mar  2 10:00:00 2026\nFrom: a@b.fr\nTo: c@d.fr\n\nun\n\n"
    path = tmp_path / "boite.mbox"
    path.write_bytes(one * 3)

    found = unpacked(path, "application/mbox")

    assert list(found) == ["00001.eml", "00002.eml", "00003.eml"]
    assert set(found.values()) == {b"From: a@b.fr\nTo: c@d.fr\n\nun\n\n"}


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "dossier"
    (folder / "sous").mkdir(parents=True)
    (folder / "sous" / "bon.txt").write_text("bon")
    (folder / "dehors").symlink_to(secret)
    (folder / "dedans").symlink_to(folder / "sous" / "bon.txt")
    (folder / "nulle-part").symlink_to(folder / "absent")
    (folder / ".DS_Store").write_text("x")

    found = {path.name: problem.reason if problem else None for path, problem in walk([folder])}

    assert found == {
        "dedans": None,
        "dehors": Reason.OUTSIDE_FOLDER,
        "nulle-part": Reason.UNREADABLE,
        "bon.txt": None,
    }


def test_french_is_told_from_noise() -> None:
    assert french.is_known("surveillance")
    assert french.is_known("PRÉFECTURE")
    assert not french.is_known("qxzrtw")
    assert french.share(SENTENCE) > 0.8
    assert french.share("lkjw qsdfr poiuv wxcvb nbnbv zzrtt mlkjh") < 0.2


@pytest.mark.parametrize(
    ("text", "covered", "expected"),
    [
        ("", 0.0, True),
        ("N° 12 du 3 mai", 0.0, True),
        (SENTENCE, 1.0, False),
        ("/0 /1 /2 /3 /4 /5 /6 /7 /8 /9 /10 /11 /12 /13", 0.0, True),
        ("\ufffd\ue001" * 40, 0.0, True),
        ("lkjw qsdfr poiuv wxcvb nbnbv zzrtt mlkjh", 0.9, True),
        ("lkjw qsdfr poiuv wxcvb nbnbv zzrtt mlkjh", 0.1, False),
    ],
)
def test_pages_without_meaning_need_recognition(text: str, covered: float, expected: bool) -> None:
    assert need.needs_recognition(text, lambda: covered) is expected
