"""Servers of this machine that receive what Jalon sends: mail by SMTP, a webhook by HTTP."""

from __future__ import annotations

import contextlib
import http.server
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast


class Mailbox:
    """What a mail server was given. `refuses`: so many next messages are turned away."""

    def __init__(self, url: str) -> None:
        self.url, self.refuses = url, 0
        self.messages: list[EmailMessage] = []
        self.told: list[str] = []  #: the commands, as they came


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self.say("220 here")
        while line := self.rfile.readline():
            said = line.decode().strip()
            box.told.append(said)
            match said.split(" ")[0].upper():
                case "EHLO":
                    self.say("250-here\r\n250 AUTH PLAIN")
                case "DATA":
                    self.data(box)
                case "QUIT":
                    self.say("221 bye")
                    return
                case "AUTH":
                    self.say("235 in")
                case _:
                    self.say("250 ok")

    def data(self, box: Mailbox) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if box.refuses:
            box.refuses -= 1
            self.say("451 later")
            return
        box.messages.append(cast(EmailMessage, message_from_bytes(b"".join(lines), policy=policy.default)))
        self.say("250 kept")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextlib.contextmanager
def mail_server(host: str = "127.0.0.1") -> Iterator[Mailbox]:
    with socketserver.ThreadingTCPServer((host, 0), _Smtp) as server:
        server.daemon_threads = True
        server.box = Mailbox(f"smtp://{host}:{server.server_address[1]}")  # type: ignore[attr-defined]
        with serving(server):
            yield server.box  # type: ignore[attr-defined]


class Hook:
    """What was posted: headers and body. `status`: what is answered. `held`: clear it, and answers wait."""

    def __init__(self, url: str) -> None:
        self.url, self.status = url, 204
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.held = threading.Event()
        self.held.set()


class _Http(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        hook: Hook = self.server.hook  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hook.posts.append((dict(self.headers.items()), body))
        hook.held.wait(60)
        with contextlib.suppress(OSError):  # the one who asked may be dead
            self.send_response(hook.status)
            if hook.status == 302:
                self.send_header("Location", f"{hook.url}elsewhere")
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def hook_server() -> Iterator[Hook]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Http) as server:
        server.daemon_threads = True
        server.hook = Hook(f"http://127.0.0.1:{server.server_address[1]}/")  # type: ignore[attr-defined]
        with serving(server):
            yield server.hook  # type: ignore[attr-defined]


@contextlib.contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
