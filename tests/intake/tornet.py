"""A private Tor network on 127.0.0.1: three authorities, two relays, onion services, clients.

For tests only, in a network namespace whose only device is its own loopback: nothing can leave.
Never copy these lines to a real host.

    with PrivateTor(folder, target="unix:/path/door.sock") as net:  # net.onion, net.socks

With `desk`, a second service that only the second client has a key for: net.desk_onion,
net.reader_socks. The first client is then the stranger.
"""

from __future__ import annotations

import re
import signal
import subprocess
import time
from base64 import b32encode
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

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
PORT, SOCKS, READER_SOCKS = 15_000, 19_050, 19_051


class PrivateTor:
    """The network, from `with` to the end of it. `lines` are further lines of a service."""

    def __init__(
        self,
        folder: Path,
        target: str,
        lines: str = "",
        *,
        desk: str = "",
        desk_lines: str = "",
        patience: float = 240,
    ) -> None:
        self.folder, self.patience = folder, patience
        self.target, self.lines, self.desk, self.desk_lines = target, lines, desk, desk_lines
        self.socks, self.reader_socks = SOCKS, READER_SOCKS
        self.onion = self.desk_onion = ""
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
            self.onion = self._serve("onion", self.target, self.lines)
            self._start("client", f"SocksPort 127.0.0.1:{self.socks}\n")
            if self.desk:
                self._start_desk()
            for nick in [nick for nick in self._processes if nick not in bodies]:
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

    def _serve(self, nick: str, target: str, lines: str) -> str:
        """Start a service; its name."""
        place = self._place(nick)
        self._start(nick, SERVICE.format(folder=place, target=target, lines=lines))
        return self._hostname(nick, place / "hs/hostname")

    def _start_desk(self) -> None:
        """The service with a list of clients, and the client who is on it (rend-spec-v3, G)."""
        key = X25519PrivateKey.generate()
        clients = self._place("desk") / "hs/authorized_clients"
        clients.mkdir(mode=0o700, parents=True)
        clients.parent.chmod(0o700)
        public = _base32(key.public_key().public_bytes_raw())
        (clients / "heron.auth").write_text(f"descriptor:x25519:{public}\n")
        self.desk_onion = self._serve("desk", self.desk, self.desk_lines)
        keys = self._place("reader") / "keys-of-onions"
        keys.mkdir(mode=0o700)
        name = self.desk_onion.removesuffix(".onion")
        secret = _base32(key.private_bytes_raw())
        (keys / "desk.auth_private").write_text(f"{name}:descriptor:x25519:{secret}\n")
        self._start(
            "reader", f"SocksPort 127.0.0.1:{self.reader_socks}\nClientOnionAuthDir {keys}\n"
        )

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

    def _hostname(self, nick: str, path: Path) -> str:
        deadline = time.monotonic() + self.patience
        while not path.exists() or not path.read_text().strip():
            if time.monotonic() > deadline or self._processes[nick].poll() is not None:
                raise TimeoutError(f"{nick} has no name")
            time.sleep(0.1)
        return path.read_text().strip()

    def _wait_for_all_of_it(self, nick: str, started: float) -> None:
        log = self.folder / nick / "notice.log"
        while not (log.exists() and "Bootstrapped 100%" in log.read_text(errors="replace")):
            late = time.monotonic() - started > self.patience
            if late or self._processes[nick].poll() is not None:
                raise TimeoutError(f"{nick} did not bootstrap")
            time.sleep(0.3)


def _base32(key: bytes) -> str:
    return b32encode(key).decode().rstrip("=")
