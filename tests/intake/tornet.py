"""A private Tor network on 127.0.0.1: three authorities, two relays, one onion service, one client.

For tests only, in a network namespace whose only device is its own loopback: nothing can leave.
Never copy these lines to a real host.

    with PrivateTor(folder, target="unix:/path/door.sock") as net:  # net.onion, net.socks
"""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

COMMON = """\
TestingTorNetwork 1
PathsNeededToBuildCircuits 0.67
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
TestingMinExitFlagThreshold 0
V3AuthNIntervalsValid 2
DataDirectory {folder}
Nickname {nick}
ShutdownWaitLength 0
PidFile {folder}/pid
Log notice file {folder}/notice.log
SafeLogging 0
ConnLimit 60
MaxMemInQueues 256 MB
NumCPUs 1
"""
CLOSED = """\
SocksPort 0
Address 127.0.0.1
ExitRelay 0
ExitPolicy reject *:*
AssumeReachable 1
OrPort 127.0.0.1:{orport}
"""
AUTHORITY = (
    CLOSED
    + """\
DirPort 127.0.0.1:{dirport}
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
ContactInfo test@test.invalid
TestingV3AuthInitialVotingInterval 10
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
"""
)
SERVICE = """\
SocksPort 0
HiddenServiceDir {folder}/hs
HiddenServiceVersion 3
HiddenServicePort 80 {target}
{lines}
"""
PORT, SOCKS = 15_000, 19_050


class PrivateTor:
    """The network, from `with` to the end of it. `lines` are further lines of the service."""

    def __init__(self, folder: Path, target: str, lines: str = "", patience: float = 240) -> None:
        self.folder, self.target, self.lines, self.patience = folder, target, lines, patience
        self.socks = SOCKS
        self.onion = ""
        self.seconds = 0.0
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._authorities: list[str] = []

    def __enter__(self) -> Self:
        started = time.monotonic()
        self.folder.mkdir(mode=0o700)
        try:
            bodies = {f"auth{number}": self._authority(number) for number in range(3)}
            for number in range(2):
                bodies[f"relay{number}"] = CLOSED.format(orport=PORT + 200 + number)
            for nick, body in bodies.items():
                self._start(nick, body)
            place = self._place("onion")
            body = SERVICE.format(folder=place, target=self.target, lines=self.lines)
            self._start("onion", body)
            self.onion = self._hostname(place / "hs/hostname")
            self._start("client", f"SocksPort 127.0.0.1:{self.socks}\n")
            for nick in ("client", "onion"):
                self._wait_for_all_of_it(nick, started)
        except BaseException:
            self.__exit__()
            raise
        self.seconds = round(time.monotonic() - started, 1)
        return self

    def __exit__(self, *_: object) -> None:
        """tor now and then sleeps through SIGTERM: three seconds, then SIGKILL, each by its id."""
        for process in self._processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 3
        for process in self._processes.values():
            try:
                process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _place(self, nick: str) -> Path:
        place = self.folder / nick
        place.mkdir(mode=0o700, exist_ok=True)
        return place

    def _authority(self, number: int) -> str:
        place = self._place(f"auth{number}")
        orport, dirport = PORT + number, PORT + 100 + number
        keys = place / "keys"
        keys.mkdir(mode=0o700)
        certificate = keys / "authority_certificate"
        subprocess.run(
            [
                *("tor-gencert", "--create-identity-key", "--passphrase-fd", "0", "-m", "12"),
                *("-a", f"127.0.0.1:{dirport}", "-i", keys / "authority_identity_key"),
                *("-s", keys / "authority_signing_key", "-c", certificate),
            ],
            input=b"test\n",
            check=True,
            capture_output=True,
        )
        identity = re.search(r"^fingerprint (\S+)", certificate.read_text(), re.M)
        listing = subprocess.run(
            [
                *("tor", "--quiet", "--ignore-missing-torrc", "-f", "/nonexistent"),
                *("--list-fingerprint", "--orport", "1", "--datadirectory", place),
                *("--nickname", f"auth{number}"),
                *("--dirauthority", "xyzzy 127.0.0.1:1 " + "f" * 40),
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        relay = listing.strip().splitlines()[-1].split(" ", 1)[1].replace(" ", "")
        assert identity
        self._authorities.append(
            f"DirAuthority auth{number} orport={orport} no-v2 v3ident={identity[1]}"
            f" 127.0.0.1:{dirport} {relay}"
        )
        return AUTHORITY.format(orport=orport, dirport=dirport)

    def _start(self, nick: str, body: str) -> None:
        place = self._place(nick)
        torrc, defaults = place / "torrc", place / "defaults"
        lines = "\n".join(self._authorities)
        torrc.write_text(COMMON.format(folder=place, nick=nick) + body + lines + "\n")
        defaults.write_text("")
        self._processes[nick] = subprocess.Popen(
            ["tor", "--quiet", "-f", torrc, "--defaults-torrc", defaults],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _hostname(self, path: Path) -> str:
        deadline = time.monotonic() + self.patience
        while not path.exists() or not path.read_text().strip():
            if time.monotonic() > deadline or self._processes["onion"].poll() is not None:
                raise TimeoutError("the onion service has no name")
            time.sleep(0.1)
        return path.read_text().strip()

    def _wait_for_all_of_it(self, nick: str, started: float) -> None:
        log = self.folder / nick / "notice.log"
        while not (log.exists() and "Bootstrapped 100%" in log.read_text(errors="replace")):
            late = time.monotonic() - started > self.patience
            if late or self._processes[nick].poll() is not None:
                raise TimeoutError(f"{nick} did not bootstrap")
            time.sleep(0.3)
