"""The bloggers' sites, on loopback: a folder of pages that a story writes and corrects."""

import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><header><a href="/">{blog}</a></header>
<main><article><h1>{title}</h1>
{paragraphs}
</article></main>
<footer><p>© {blog}</p></footer></body></html>
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves the folder and keeps no log; a page is never taken from a cache."""

    def log_message(self, format: str, *args: Any) -> None:
        return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Site:
    """Pages under one address. `write` replaces a page whole."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, *, blog: str, title: str, text: str, language: str) -> str:
        """The page's address, once it can be fetched."""
        paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
        page = PAGE.format(
            language=language,
            title=html.escape(title),
            blog=html.escape(blog),
            paragraphs=paragraphs,
        )
        draft = self.folder / f".{name}.draft"
        draft.write_text(page, encoding="utf-8")
        draft.replace(self.folder / f"{name}.html")
        return f"http://{HOST}:{self.port}/{name}.html"


def serve(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder on loopback, for the caller to run; port 0 takes a free one."""
    folder.mkdir(parents=True, exist_ok=True)
    return ThreadingHTTPServer((HOST, port), partial(Quiet, directory=str(folder)))


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """The sites while a story is played."""
    server = serve(folder, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(folder, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
