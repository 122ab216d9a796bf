"""Web sites on loopback that answer with exactly the bytes they are told to, or misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator

Answer = Callable[[socket.socket, bytes], None]

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Site:
    """Serves `answers` by path; what is asked is kept in `asked`, one raw request each."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {"/robots.txt": raw(NOT_FOUND)}
        self.asked: list[bytes] = []
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._is_open = True
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/") -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}{path}"

    @property
    def allow(self) -> frozenset[tuple[str, int]]:
        return frozenset({("127.0.0.1", self.port)})

    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode() for request in self.asked]

    def close(self) -> None:
        self._is_open = False
        for thread in self._threads:
            thread.join(timeout=5)
        self._listener.close()

    @property
    def is_open(self) -> bool:
        return self._is_open

    def _accept(self) -> None:
        while self._is_open:
            with contextlib.suppress(TimeoutError):
                conn, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(conn,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, conn: socket.socket) -> None:
        conn.settimeout(5)
        with contextlib.suppress(OSError):
            if self._tls:
                conn = self._tls.wrap_socket(conn, server_side=True)
            with conn:
                self._answer(conn)

    def _answer(self, conn: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request and (more := conn.recv(65536)):
            request += more
        if request:
            self.asked.append(request)
            path = request.split(b" ")[1].decode().partition("?")[0]
            self.answers.get(path, raw(NOT_FOUND))(conn, request)


def raw(*parts: bytes) -> Answer:
    """Sends these bytes and hangs up."""

    def answer(conn: socket.socket, _request: bytes) -> None:
        for part in parts:
            conn.sendall(part)

    return answer


def page(
    body: bytes = b"<p>Hello</p>",
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: Iterable[str] = (),
    length: int | None = None,
) -> Answer:
    """A whole answer; `length` lets it lie about its size."""
    lines = [f"HTTP/1.1 {status}", *headers]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"Content-Length: {len(body) if length is None else length}"]
    return raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def redirect(location: str, status: str = "302 Found") -> Answer:
    return page(b"", status=status, headers=[f"Location: {location}"])


def forever(head: bytes, chunk: bytes, pause: float = 0.0) -> Answer:
    """Begins well and never ends, until the reader has had enough."""

    def answer(conn: socket.socket, _request: bytes) -> None:
        conn.sendall(head)
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            conn.sendall(chunk)
            time.sleep(pause)

    return answer


@contextlib.contextmanager
def site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    served = Site(tls)
    try:
        yield served
    finally:
        served.close()
