"""A site on loopback whose pages the tests write and change."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    length: int | None = None  # a lie, if it is not the body's
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unchanged: int = 0  # how often the answer was 304

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def allow(self) -> frozenset[tuple[str, int]]:
        return frozenset({("127.0.0.1", self.port)})

    def post(self, path: str, text: str, around: str = "") -> str:
        """Publish an article; returns its address."""
        html = f"<html><head><title>Il blog</title></head><body><article><p>{text}</p></article>"
        self.pages[path] = Page(f"{html}{around}</body></html>".encode())
        return self.url(path)


@contextlib.contextmanager
def serve() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    site = Site(port=server.server_address[1])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            page = site.pages.get(self.path, Page(b"nothing here", status=404))
            if page.headers.get("ETag", "") == self.headers.get("If-None-Match"):
                site.unchanged += 1
                page = Page(status=304, headers=page.headers)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", page.media_type)
            length = len(page.body) if page.length is None else page.length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: the tests read `asked`."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
