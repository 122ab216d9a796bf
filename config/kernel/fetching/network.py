"""Connects to the address that was checked, and to no other, before one deadline.

The name is resolved here, every answer is checked, and the socket is opened to an answer that
passed: a name that changes between the check and the connection (DNS rebinding) changes nothing.
TLS and the Host header still use the name.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import certifi
import httpcore
import httpx

from .addresses import Address
from .targets import Target, check_addresses
from .values import FetchFailed, Limits

MAX_ADDRESSES = 4
CONNECT_SECONDS = 5.0


class Deadline:
    """One span of time that names, handshakes, headers, hops and bodies all draw from."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, above zero. Raises FetchFailed (deadline)."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchFailed("deadline", "the page took too long")
        return left


def resolve(target: Target, deadline: Deadline) -> list[Address]:
    """The addresses of a target, all of them public or excepted.

    Raises FetchFailed (dns, deadline) and FetchRefused (address_not_public).
    """
    if target.address is not None:
        return [target.address]
    addresses = _look_up(target, deadline)
    if not target.is_excepted:
        check_addresses(target.host, addresses)
    return addresses[:MAX_ADDRESSES]


def _look_up(target: Target, deadline: Deadline) -> list[Address]:
    """Asks the system's resolver from a thread, since it knows no deadline of its own."""
    # The dot at the end keeps the machine's own search domains out of it.
    name = target.host if target.is_excepted else f"{target.host}."
    answers: queue.SimpleQueue[list[Address]] = queue.SimpleQueue()
    asking = threading.Thread(
        target=lambda: answers.put(_ask_resolver(name, target.port)),
        name=f"resolve-{target.host[:40]}",
        daemon=True,
    )
    asking.start()
    try:
        found = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise FetchFailed("deadline", f"{target.host} was not resolved in time") from None
    if not found:
        raise FetchFailed("dns", f"{target.host} has no address")
    return found


def _ask_resolver(name: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    return [ipaddress.ip_address(number) for number in dict.fromkeys(numbers)]


class Wire(httpcore.NetworkStream):
    """A socket that knows the deadline, and how much may come before the body begins."""

    def __init__(self, sock: socket.socket, deadline: Deadline, header_bytes: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._header_bytes_left = header_bytes
        self.in_body = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self.in_body:
            if self._header_bytes_left <= 0:
                raise FetchFailed("headers_too_large", "too much came before the page began")
            max_bytes = min(max_bytes, self._header_bytes_left)
        self._sock.settimeout(self._deadline.left())
        try:
            received = self._sock.recv(max_bytes)
        except TimeoutError:
            raise FetchFailed("deadline", "the page took too long") from None
        except OSError as error:
            raise FetchFailed("cut", f"the connection broke: {error}") from error
        self._header_bytes_left -= len(received)
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sock.settimeout(self._deadline.left())
        try:
            self._sock.sendall(buffer)
        except TimeoutError:
            raise FetchFailed("deadline", "the page took too long") from None
        except OSError as error:  # the server may have answered already, and hung up
            raise httpcore.WriteError(str(error)) from error

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Wire:
        self._sock.settimeout(self._deadline.left())
        try:
            # An end without TLS's own goodbye may be a cut: let it show.
            self._sock = ssl_context.wrap_socket(
                self._sock, server_hostname=server_hostname, suppress_ragged_eofs=False
            )
        except TimeoutError:
            raise FetchFailed("deadline", "the handshake took too long") from None
        except OSError as error:
            raise FetchFailed("tls", f"no secure connection: {error}") from error
        return self

    def close(self) -> None:
        self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        return None


class PinnedBackend(httpcore.NetworkBackend):
    """Opens sockets to the checked addresses of one target."""

    def __init__(
        self, target: Target, addresses: list[Address], deadline: Deadline, limits: Limits
    ) -> None:
        self._target = target
        self._addresses = addresses
        self._deadline = deadline
        self._limits = limits
        self.wire: Wire | None = None
        self.address = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Wire:
        if (host, port) != (self._target.host, self._target.port):
            raise RuntimeError("asked to connect to another place than the one checked")
        failures = []
        for address in self._addresses:
            seconds = min(self._deadline.left(), CONNECT_SECONDS)
            try:
                sock = _open(address, port, seconds)
            except OSError as error:
                failures.append(f"{address}: {error}")
                continue
            self.address = str(address)
            self.wire = Wire(sock, self._deadline, self._limits.header_bytes)
            return self.wire
        self._deadline.left()
        raise FetchFailed("connect", "; ".join(failures))


def _open(address: Address, port: int, seconds: float) -> socket.socket:
    """A socket to a number: no name is looked up on this way."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect((str(address), port))
    except OSError:
        sock.close()
        raise
    return sock


@cache
def tls_context() -> ssl.SSLContext:
    """Trusts the public roots, or those of SSL_CERT_FILE where an operator sets it."""
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


class PinnedTransport(httpx.BaseTransport):
    """One request over one connection to one checked target; nothing is kept or decoded."""

    def __init__(self, target: Target, deadline: Deadline, limits: Limits) -> None:
        addresses = resolve(target, deadline)
        self.backend = PinnedBackend(target, addresses, deadline, limits)
        self._connection = httpcore.HTTPConnection(
            httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=tls_context() if target.scheme == "https" else None,
            network_backend=self.backend,
        )
        self._target = target

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises FetchFailed (connect, tls, cut, not_http, deadline, headers_too_large)."""
        asked = httpcore.Request(
            "GET",
            httpcore.URL(
                scheme=self._target.scheme.encode(),
                host=self._target.host.encode(),
                port=self._target.port,
                target=self._target.path_and_query.encode(),
            ),
            headers=request.headers.raw,
        )
        try:
            answer = self._connection.handle_request(asked)
        except httpcore.RemoteProtocolError as error:
            reason = "cut" if "disconnected" in str(error) else "not_http"
            raise FetchFailed(reason, str(error)) from error
        if self.backend.wire is not None:
            self.backend.wire.in_body = True
        return httpx.Response(answer.status, headers=answer.headers, stream=_Raw(answer))

    def close(self) -> None:
        self._connection.close()


class _Raw(httpx.SyncByteStream):
    """The body as sent. Raises FetchFailed (cut) when less comes than was promised."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except httpcore.RemoteProtocolError as error:
            raise FetchFailed("cut", str(error)) from error

    def close(self) -> None:
        self._answer.close()
