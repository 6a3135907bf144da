"""A mailbox that speaks POP3, as much as a reader needs."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def pop_server(messages: Sequence[bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve messages; yield the address and the commands that came."""
    server = socket.create_server(("127.0.0.1", 0))
    port, over, commands = server.getsockname()[1], Event(), list[str]()

    def serve() -> None:
        while True:
            link, _ = server.accept()
            with link:
                if over.is_set():
                    return
                _talk(link, messages, commands)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"pop3://courrier:secret@127.0.0.1:{port}/", commands
    finally:
        over.set()
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join(10)
        server.close()


def _talk(link: socket.socket, messages: Sequence[bytes], commands: list[str]) -> None:
    link.sendall(b"+OK here\r\n")
    with link.makefile("rb") as lines:
        for line in lines:
            command = line.decode().strip()
            commands.append(command)
            verb, _, rest = command.partition(" ")
            answer = b"+OK\r\n"
            if verb.upper() == "UIDL":
                rows = "".join(f"{n} uid-{n}\r\n" for n in range(1, len(messages) + 1))
                answer += rows.encode() + b".\r\n"
            if verb.upper() == "RETR":
                raw = messages[int(rest) - 1]
                stuffed = b"".join(
                    b"." + each if each.startswith(b".") else each for each in raw.splitlines(True)
                )
                answer += stuffed + b".\r\n"
            link.sendall(answer)
            if verb.upper() == "QUIT":
                return
