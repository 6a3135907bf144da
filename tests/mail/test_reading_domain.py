"""Wrappers, archives, charsets, quotations and facts, one rule at a time."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta

import pytest

from contrechamp.mail.domain import attachments, authentication, headers, rtf, smime, tnef
from contrechamp.mail.domain.address import threads_in
from contrechamp.mail.domain.charsets import decoded
from contrechamp.mail.domain.entities import parsed, take_apart
from contrechamp.mail.domain.french import dates_in, plain
from contrechamp.mail.domain.kinds import AT_ONCE, kind_after
from contrechamp.mail.domain.masking import public_text
from contrechamp.mail.domain.matching import bare_subject, is_telling_domain
from contrechamp.mail.domain.message import LARGEST, Kind, Unreadable, read
from contrechamp.mail.domain.quoting import blocks_of
from contrechamp.mail.domain.receipts import acknowledgement
from contrechamp.mail.domain.shapes import Span

from .made import PDF, sealed_wrapper, signed_wrapper, winmail, zipped
from .samples import samples

HEAD = b"From: Mairie <m@valombre.example>\r\nSubject: Re: x\r\nMIME-Version: 1.0\r\n"


def _mixed(*parts: bytes) -> bytes:
    cut = b"\r\n--zz\r\n"
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=zz\r\n"
        + cut
        + cut.join(parts)
        + b"\r\n--zz--"
    )


def _attached(name: str, content: bytes) -> bytes:
    return (
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        + f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
        + base64.encodebytes(content)
    )


def test_eight_megabytes_are_kept_byte_for_byte() -> None:
    content = PDF + bytes(range(256)) * 32_768
    message = read(_mixed(b"\r\nBonjour", _attached("gros.pdf", content)))
    assert message.parts[0].content == content
    assert message.parts[0].media_type == "application/pdf"


def test_a_message_beyond_the_limit_is_refused_and_says_so() -> None:
    with pytest.raises(Unreadable, match="limite"):
        read(b"From: a@b.example\r\n\r\n" + b"x" * LARGEST)


def test_nesting_without_end_is_refused_or_stops() -> None:
    deep = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode()
        for n in range(60)
    )
    message = read(b"From: a@b.example\r\n" + deep)
    assert any("profondément" in str(problem) for problem in message.problems)


def test_parts_beyond_the_limit_are_counted_out() -> None:
    message = read(_mixed(*[b"\r\nx"] * 450))
    assert any("400" in str(problem) for problem in message.problems)


def test_a_long_text_is_cut_with_a_sentence() -> None:
    message = read(HEAD + b"\r\n" + b"mot " * 300_000)
    assert len(message.text) == 1_000_000
    assert "1000000" in str(message.problems[0])


@pytest.mark.parametrize(
    ("files", "limits"),
    [
        ({f"{n}.txt": b"x" for n in range(5)}, attachments.Limits(files=4)),
        ({"a.txt": b"x" * 5000}, attachments.Limits(bytes=4000)),
    ],
)
def test_an_archive_beyond_the_limits_stays_closed(
    files: dict[str, bytes], limits: attachments.Limits
) -> None:
    leaves = take_apart(parsed(_mixed(b"\r\nx", _attached("a.zip", zipped(files))))).leaves
    out = attachments.expanded(leaves, limits)
    assert [part.name for part in out.parts] == ["a.zip"]
    assert "reste fermée" in str(out.problems[0])


def test_an_archive_in_an_archive_is_told_and_a_winmail_in_it_is_opened() -> None:
    inner = zipped({"a.txt": b"x"})
    outer = zipped({"b.zip": inner, "winmail.dat": winmail({"c.pdf": PDF})})
    message = read(_mixed(b"\r\nx", _attached("o.zip", outer)))
    assert [part.name for part in message.parts] == ["o.zip", "b.zip", "winmail.dat", "c.pdf"]
    assert "archive dans une archive" in str(message.problems[0])


def test_damaged_archives_are_told() -> None:
    whole = zipped({"a.txt": b"bonjour" * 50})
    cut = read(_mixed(b"\r\nx", _attached("a.zip", whole[:-30])))
    spoiled = bytearray(whole)
    spoiled[40] ^= 0xFF
    bad = read(_mixed(b"\r\nx", _attached("a.zip", bytes(spoiled))))
    assert "abîmée" in str(cut.problems[0])
    assert "abîmée" in str(bad.problems[0])


def test_a_winmail_tells_its_text_in_any_of_three_places() -> None:
    assert tnef.opened(winmail({}, text="Bonjour")).text == "Bonjour"
    assert tnef.opened(winmail({}, html=b"<p>Bonjour</p>")).html == "<p>Bonjour</p>"
    assert rtf.words_of(tnef.opened(winmail({}, rtf=rb"{\rtf1 Bonjour\par}")).rtf) == "Bonjour"
    message = read(
        _mixed(_attached("winmail.dat", winmail({}, html=b"<p>Non <b>communicable</b></p>")))
    )
    assert message.text == "Non communicable"


def test_a_winmail_that_ends_too_early_gives_what_came_before() -> None:
    whole = winmail({"a.pdf": PDF, "b.pdf": PDF})
    for size in range(6, len(whole), 7):
        tnef.opened(whole[:size])
    held = tnef.opened(whole[:-60])
    assert (held.files[0].name, held.is_whole) == ("a.pdf", False)


def test_packed_text_with_references_unpacks() -> None:
    # The example of [MS-OXRTFCP] §4.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    assert tnef.decompressed(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert tnef.decompressed(b"\0" * 8 + b"MELA" + b"\0" * 4) == b""
    assert tnef.decompressed(b"\0" * 20) == b""


def test_rtf_says_its_words_and_hides_its_form() -> None:
    source = rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}"
    source += rb"L\rquote \'e9t\u233?\endash\~fin\htmlrtf no\htmlrtf0\\}"
    assert rtf.words_of(source) == "L’été–\u00a0fin\\"


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_signed_wrapper_gives_its_message(is_streamed: bool) -> None:
    content = b"Content-Type: text/plain\r\n\r\n" + b"Bonjour " * 40
    wrapper = signed_wrapper(content, is_streamed=is_streamed)
    assert smime.signed_content(wrapper) == content
    for size in range(len(wrapper)):
        smime.signed_content(wrapper[:size])


def test_what_is_no_signed_wrapper_gives_nothing() -> None:
    assert smime.signed_content(sealed_wrapper()) is None
    assert smime.signed_content(b"\x30\x80" * 60) is None
    assert smime.signed_content(b"\x1f\x01\x00") is None
    assert smime.is_wrapper("application/octet-stream", "smime.p7m")
    assert not smime.is_wrapper("application/pkcs7-mime", "smime.p7s")


@pytest.mark.parametrize(
    ("content", "label", "text"),
    [
        ("été".encode("latin-1"), "iso-8859-1", "été"),
        ("été".encode(), "iso-8859-1", "été"),
        ("été".encode("latin-1"), "x-inconnu", "été"),
        ("été €".encode("cp1252"), "us-ascii", "été €"),
        ("été €".encode("iso-8859-15"), "iso-8859-15", "été €"),
        ("你好，世界".encode("gb18030"), "gb2312", "你好，世界"),
        ("bonjour".encode("utf-16"), "utf-16", "bonjour"),
        (b"bonjour", "unicode_escape", "bonjour"),
        (b"bonjour", None, "bonjour"),
    ],
)
def test_bytes_become_the_text_they_are(content: bytes, label: str | None, text: str) -> None:
    assert decoded(content, label) == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("..", ""),
        ("  note.txt ", "note.txt"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("a/b/", "b"),
    ],
)
def test_a_file_name_is_no_path(name: str, expected: str) -> None:
    assert headers.plain_name(name) == expected


def test_broken_headers_are_read_as_far_as_they_go() -> None:
    entity = parsed(
        b"To: <a@b.example>, @, broken <c@d.example\r\nSubject: =?utf-8?B?w?= x\r\n\r\n"
    )
    assert headers.addresses(entity, "To") == ("a@b.example", "c@d.example")
    assert "x" in headers.shown(entity, "Subject")
    assert headers.moment("Mon, 99 Foo 2026") is None
    assert headers.moment("Mon, 2 Mar 2026 09:00:00 -0000") == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert headers.ids_in("a@b.example") == ["a@b.example"]
    assert headers.ids_in("rien") == []


def test_authentication_is_our_servers_alone() -> None:
    ours = (
        "mx.x.example 1; spf=pass (a (b;c) d); dkim=fail header.i=@d.example header.s=k; nonsense"
    )
    found = authentication.authenticity([ours, "mx.x.example; spf=fail"], "MX.x.example")
    assert (found.spf, found.dkim[0].domain, len(found.forged)) == ("pass", "d.example", 1)
    assert authentication.authenticity([ours], "").spf == ""
    assert authentication.authenticity([], "mx.x.example").forged == ()


def test_dates_are_read_as_letters_write_them() -> None:
    text = plain(
        "le 1er mars 2026, le 02/03/26, 2026-03-04, le 31 février 2026, 5.3.2026, 1 foo 2026"
    )
    days = [day for _, _, day in dates_in(text)]
    assert days == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 5)]


def test_our_own_lines_never_name_the_remedies() -> None:
    ours = "Vous pouvez saisir la CADA dans un délai de deux mois."
    text = f"Nous accusons réception.\n{ours}\n"
    assert acknowledgement(text, ours=[ours]) is not None
    found = acknowledgement(text, ours=[ours])
    assert found is not None
    assert found.names_remedies is False
    told = acknowledgement(text)
    assert told is not None
    assert told.names_remedies is True
    assert acknowledgement("Nous saisirons la CADA sous deux mois.", has_letter=True) is None


def test_a_message_that_comes_at_once_is_automatic() -> None:
    message = read(HEAD + b"Date: Mon, 2 Mar 2026 09:01:00 +0000\r\n\r\nBonjour, on regarde.")
    sent = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert message.kind is Kind.HUMAN
    assert kind_after(message, sent) is Kind.AUTOMATIC
    assert kind_after(message, sent - AT_ONCE) is Kind.HUMAN
    assert kind_after(message, sent + timedelta(minutes=5)) is Kind.HUMAN
    assert kind_after(message, None) is Kind.HUMAN


def test_a_domain_of_many_bodies_is_no_signal() -> None:
    counts = {"valombre.example": 1, "interco.example": 3, "fournisseur.example": 16_885}
    assert [is_telling_domain(one, counts) for one in [*counts, "inconnu.example"]] == [
        True,
        True,
        False,
        False,
    ]


def test_a_subject_loses_what_programs_put_before_it() -> None:
    assert bare_subject("RE: Tr : Réponse automatique : Demande") == "Demande"


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("a\n-- \nNom\nVille\n", "a"),
        ("a\n\nDébut du message réexpédié :\nb\n", "a"),
        ("a\n\n-----Message d'origine-----\nb\n", "a"),
        ("a\n\n*De :* X\n*Envoyé :* hier\n*À :* Y\n*Objet :* z\n\nb\n", "a"),
        ("a\n\nMairie a écrit :\n> b\n\nc\n", "a\n\nc"),
        ("Le maire a écrit :\nil faut voir.\n", "Le maire a écrit :\nil faut voir."),
        ("De : la part du maire\nrien\n", "De : la part du maire\nrien"),
        ("a\n__________________\nb\n", "a\n__________________\nb"),
        ("Cordialement\nX\nRecours : deux mois.\n", "Cordialement\nRecours : deux mois."),
    ],
)
def test_quotations_and_signatures_are_told_from_what_is_new(text: str, fresh: str) -> None:
    found = [text[one.start : one.end] for one in blocks_of(text) if one.span is Span.FRESH]
    assert [line for line in "".join(found).split("\n") if line] == [
        line for line in fresh.split("\n") if line
    ]


def test_uuencode_that_does_not_decode_stays_text() -> None:
    text = "begin 644 a.txt\n\x01\x02é\nend\nbegin 644 b\n"
    assert attachments.without_uuencode(text, "1") == (text, [])


def test_only_addresses_under_our_domain_count() -> None:
    assert threads_in(["x" * 5000, "@", "req-0000000000-2222222222@"], ["s"], "d.example") == ()


def test_long_lines_take_no_long_time() -> None:
    # What is quadratic would not end; how long it takes is nobody's promise.
    for line in (b"De :\n", b">\n", b"cada ", b"a@", b"dossier n\xc2\xb0 "):
        message = read(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + line * 20_000)
        assert message.blocks[-1].end == len(message.text)
        assert "@" not in public_text(message.text)


def test_reading_twice_says_the_same() -> None:
    for sample in samples()[:20]:
        assert read(sample.raw) == read(sample.raw)


def test_the_gravest_report_is_the_one_told() -> None:
    status = b"\r\n\r\n".join(
        b"Final-Recipient: rfc822; %b@b.example\r\nAction: %b\r\nStatus: %b" % each
        for each in ((b"a", b"delivered", b"2.0.0"), (b"b", b"failed", b"5.1.1"))
    )
    raw = (
        b"From: MAILER-DAEMON@b.example\r\nContent-Type: multipart/report; boundary=zz\r\n\r\n"
        b"--zz\r\n\r\nx\r\n--zz\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; b.example\r\n\r\n"
        + status
        + b"\r\n\r\nX-Other: none\r\n\r\n--zz--\r\n"
    )
    message = read(raw)
    assert message.kind is Kind.HARD_BOUNCE
    assert message.report is not None
    assert (message.report.recipient, len(message.reports)) == ("b@b.example", 2)


def test_a_report_without_action_goes_by_its_status() -> None:
    raw = (
        b"From: postmaster@b.example\r\nContent-Type: multipart/report; boundary=zz\r\n\r\n"
        b"--zz\r\n\r\nx\r\n--zz\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; b.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
        b"Status: 2.0.0\r\n\r\n--zz--\r\n"
    )
    assert read(raw).kind is Kind.DELIVERY_NOTICE


def test_an_empty_page_and_a_broken_one_are_read() -> None:
    page = HEAD + b"Content-Type: text/html\r\n\r\n"
    assert read(page).text == ""
    hidden = b"<head><title>t</title></head><svg><p>non</svg><table><tr><td>a<td>b</table><!--c-->"
    assert read(page + hidden + b"<ul><li>c</ul><script>x<b>y</script>").text == "a\tb\n\n- c"
