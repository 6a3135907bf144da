"""The monthly statement: signed offline, and never shown as valid when it is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from airlock import canary

from .conftest import Desk, Reader

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed"
)
TODAY = date(2026, 11, 29)
ONION = "a" * 56 + ".onion"
FACT = "Le conseil municipal a voté le budget."


@pytest.fixture
def signers(tmp_path: Path) -> Path:
    key = tmp_path / "canary"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(command, check=True)  # noqa: S603 - a program of the system
    allowed = tmp_path / "allowed_signers"
    public = key.with_suffix(".pub").read_text()
    allowed.write_text(f'contrechamp namespaces="{canary.NAMESPACE}" {public}')
    return allowed


@pytest.fixture
def signed(tmp_path: Path, signers: Path, readers: list[Reader], desk: Desk) -> Path:
    (tmp_path / "recipients.txt").write_text("".join(f"{each.public}\n" for each in readers))
    statement = tmp_path / "statement.txt"
    words = ("--onion", ONION, "--recipients", tmp_path / "recipients.txt", "--fact", FACT)
    asked = ("canary", "sign", statement, "--key", tmp_path / "canary", "--today", TODAY)
    assert desk(*asked, *words) == 0
    assert desk(*asked) == 2  # signed already: nothing is overwritten
    return statement


def _verify(statement: Path, today: date = TODAY) -> canary.Statement:
    signature = statement.with_name("statement.txt.sig")
    return canary.verify(statement, signature, statement.with_name("allowed_signers"), today)


def test_a_statement_holds_for_35_days(signed: Path, desk: Desk) -> None:
    stated = _verify(signed)
    assert (stated.dated, stated.valid_until) == (TODAY, TODAY + timedelta(days=35))
    assert (stated.onion, stated.fact, len(stated.keys)) == (ONION, FACT, 3)
    assert not stated.is_stale(TODAY + timedelta(days=20))
    assert stated.is_stale(TODAY + timedelta(days=21))
    _verify(signed, TODAY + timedelta(days=35))
    for day, reason in ((36, "expired"), (-2, "early")):
        with pytest.raises(canary.CanaryError) as refusal:
            _verify(signed, TODAY + timedelta(days=day))
        assert refusal.value.reason == reason


def test_the_command_tells_whether_it_holds(
    signed: Path,
    signers: Path,
    readers: list[Reader],
    desk: Desk,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("canary", "verify", signed, "--signers", signers, "--today", TODAY, "--json")
    capsys.readouterr()
    assert desk(*asked, "--recipients", signed.with_name("recipients.txt"), "--onion", ONION) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True

    later = ("--today", TODAY + timedelta(days=22))
    assert desk(*asked[:5], *later) == 0
    told = capsys.readouterr()
    assert "2027-01-03" in told.out
    assert "21 jours" in told.err

    signed.with_name("others.txt").write_text(readers[0].public + "\n")
    for words, reason in (
        (("--recipients", signed.with_name("others.txt")), "keys"),
        (("--onion", "localhost"), "address"),
        (("--today", "2027-02-01"), "expired"),
    ):
        assert desk(*asked, *words) == 1
        assert json.loads(capsys.readouterr().out) == {"valid": False, "reason": reason}


def test_a_changed_statement_is_never_shown_as_valid(signed: Path, signers: Path) -> None:
    text = signed.read_text()
    for wrong in (text.replace(FACT, "Autre."), text + " ", text.replace("2027", "2028"), ""):
        signed.write_text(wrong)
        with pytest.raises(canary.CanaryError, match="forged"):
            _verify(signed)
    signed.write_text(text)
    for name in ("statement.txt.sig", "allowed_signers", "statement.txt"):
        held = signed.with_name(name)
        kept = held.read_bytes()
        held.write_bytes(b"")
        with pytest.raises(canary.CanaryError, match="forged"):
            _verify(signed)
        held.unlink()
        with pytest.raises(canary.CanaryError, match="missing"):
            _verify(signed)
        held.write_bytes(kept)
    _verify(signed)


def test_a_signature_for_another_use_is_refused(signed: Path, tmp_path: Path) -> None:
    signature = signed.with_name("statement.txt.sig")
    signature.unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(tmp_path / "canary"), "-n", "file"]
    subprocess.run([*command, str(signed)], check=True)  # noqa: S603 - a program of the system
    with pytest.raises(canary.CanaryError, match="forged"):
        _verify(signed)


def test_a_signed_text_that_is_no_statement_is_refused(signed: Path, desk: Desk) -> None:
    signature = signed.with_name("statement.txt.sig")
    for text in ("Tout va bien.\n", signed.read_text() + "PS : rien.\n"):
        signed.write_text(text)
        signature.write_bytes(canary.sign(text, signed.with_name("canary")))
        with pytest.raises(canary.CanaryError, match="shape"):
            _verify(signed)
    signature.unlink()
    assert desk("canary", "sign", signed, "--key", signed.with_name("canary")) == 2
    assert not signature.exists()
    signed.write_bytes(b"\xff\xfe")
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(signed.with_name("canary"))]
    command += ["-n", canary.NAMESPACE, str(signed)]
    subprocess.run(command, check=True)  # noqa: S603 - a program of the system
    with pytest.raises(canary.CanaryError, match="shape"):
        _verify(signed)


def test_a_file_that_is_no_key_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key")
    with pytest.raises(canary.CanaryError, match="forged"):
        canary.sign("x", tmp_path / "key")


def test_a_statement_that_cannot_be_is_refused(readers: list[Reader]) -> None:
    right = canary.state(TODAY, ONION, [readers[0].public], FACT)
    assert canary.parse(right.text()) == right
    longer = TODAY + timedelta(days=36)
    for wrong in (
        replace(right, valid_until=longer),
        replace(right, valid_until=TODAY - timedelta(days=1)),
        replace(right, onion="contrechamp.example"),
        replace(right, keys=()),
        replace(right, keys=right.keys * 2),
        replace(right, fact="deux\nlignes"),
        replace(right, fact="à l'\u202eenvers"),
        replace(right, fact=""),
    ):
        with pytest.raises(canary.CanaryError, match="shape"):
            canary.parse(wrong.text())
    with pytest.raises(canary.CanaryError, match="shape"):
        canary.parse(right.text().replace("2026-11-29", "2026-11-31"))


def test_without_the_program_it_is_said(
    signed: Path, signers: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert desk("canary", "verify", signed, "--signers", signers) == 6
    signed.with_name("statement.txt.sig").unlink()
    assert desk("canary", "sign", signed, "--key", signers, "--today", TODAY) == 6


def test_a_new_statement_needs_all_it_says(tmp_path: Path, signers: Path, desk: Desk) -> None:
    asked = ("canary", "sign", tmp_path / "new.txt", "--key", tmp_path / "canary")
    assert desk(*asked) == 2
    assert (
        desk(
            "canary",
            "sign",
            tmp_path / "new.txt",
            "--key",
            signers,
            "--onion",
            ONION,
            "--recipients",
            signers,
            "--fact",
            FACT,
        )
        == 2
    )
    assert not (tmp_path / "new.txt").exists()
