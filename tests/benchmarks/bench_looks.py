"""How many registered pages one worker process reads again in an hour, at one request a second for
each site, and how many verdicts a second one core gives on pages of 5 kB.

The sites are addresses of loopback, served by a process of their own that notes each request.
"""

import json
import os
import resource
import selectors
import socket
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, process_time

from tests.benchmarks.figures import Figures

HOSTS = 150
POSTS = 900  # on all hosts together
CHANGED = 0.3  # of the pages between the two looks
JUDGED = 2_000
PAGE = 5_000  # bytes
SEED = 20261122
ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def post(path: str, edition: str) -> bytes:
    """A page of PAGE bytes, labelled; its words depend on its address and edition."""
    label = f"Pubblicità Mulino dell'Alba. Edizione {edition} di {path}."
    words = "Ho provato la farina di farro per una settimana, ogni mattina, con mia sorella. "
    head = f"<html><head><title>Il blog</title></head><body><nav>Menu</nav><article><p>{label}</p>"
    tail = "</article><footer>Il blog</footer></body></html>"
    part = f"<p>{words}<a href='https://mulino.example/farro'>La farina</a> <b>buona</b>.</p>"
    count = (PAGE - len(head) - len(tail)) // len(part)
    return (head + part * count + tail).encode()


def serve(port: int, editions: Path, log: Path) -> None:
    """Answers at every address of the benchmark until it is ended; one line a request."""
    listening = selectors.DefaultSelector()
    for nth in range(HOSTS):
        listener = socket.create_server((host(nth), port), backlog=64)
        listening.register(listener, selectors.EVENT_READ, host(nth))
    with log.open("w", buffering=1) as noted:
        noted.write("ready\n")
        while True:
            for key, _ in listening.select():
                conn, _ = key.fileobj.accept()  # type: ignore[union-attr]
                with conn:
                    request = conn.recv(8192)
                    noted.write(json.dumps([key.data, monotonic()]) + "\n")
                    conn.sendall(answer(request, editions))


def answer(request: bytes, editions: Path) -> bytes:
    path = request.split(b" ")[1].decode()
    if path == "/robots.txt":
        return ROBOTS
    edition = "2" if (editions / path.strip("/")).exists() else "1"
    if f'"{edition}"'.encode() in request:
        return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    body = post(path, edition)
    head = f'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "{edition}"\r\n'
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


def host(nth: int) -> str:
    return f"127.0.{1 + nth // 200}.{1 + nth % 200}"


@contextmanager
def sites(folder: Path) -> Iterator[tuple[int, Path]]:
    """The sites' port, and the file their requests are noted in."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "requests"
    command = [sys.executable, "-m", __spec__.name, "serve", str(port), str(folder), str(log)]
    process = subprocess.Popen(command)
    try:
        ends = monotonic() + 30
        while not (log.exists() and log.read_text().startswith("ready")):
            if process.poll() is not None or monotonic() > ends:
                raise RuntimeError("the sites did not open")
        yield port, log
    finally:
        process.kill()
        process.wait()


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """A throw-away PostgreSQL with all tables, used by this process."""
    from config.up import postgres

    server = postgres.start(folder, throwaway=True)
    os.environ |= {"DATABASE_URL": server.url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from config.celery import app

        app.conf.update(broker_url="memory://")
        call_command("migrate", verbosity=0)
        yield
        connection.close()
    finally:
        server.stop()


def register(port: int) -> None:
    from config.identity.models import User
    from disclosures import actions

    ada = User.objects.create_user("ada@blog.example", "Ada Conti")
    for nth in range(POSTS):
        actions.register(
            url=f"http://{host(nth % HOSTS)}:{port}/{nth}",
            platform="blog",
            relationship="paid",
            jurisdictions=["IT"],
            language="it",
            brand_name="Mulino dell'Alba",
            published_on=date(2026, 3, 12),
            by=ada,
        )


def take_all() -> tuple[float, int]:
    """Takes every queued look as the worker does; seconds, and how many did not end."""
    from disclosures import actions
    from disclosures.models import Look

    began = perf_counter()
    for pk in list(
        Look.objects.filter(status="queued").order_by("pk").values_list("pk", flat=True)
    ):
        actions.take_look(look_id=pk)
    return perf_counter() - began, Look.objects.exclude(status="done").count()


def shortest_gap(log: Path, since: float) -> float:
    """Seconds between the two requests of one site that came closest; `since`: of the clock."""
    times: dict[str, list[float]] = defaultdict(list)
    for line in log.read_text().splitlines()[1:]:
        name, at = json.loads(line)
        times[name] += [at] if at > since else []
    gaps = [b - a for each in times.values() for a, b in pairwise(each)]
    return min(gaps)


def looks(figures: Figures) -> None:
    from django.conf import settings
    from django.utils import timezone

    from config.kernel.fetching import fetcher, pace
    from disclosures import actions
    from disclosures.models import Finding, Look, Publication

    class Paced(pace.Sites):
        """Addresses an installation excepts are not kept waiting; here they stand for strangers."""

        seconds = 0.0

        def wait_turn(self, origin: str, pace_seconds: float) -> None:
            super().wait_turn(origin, self.seconds)

    fetcher.sites = asked_sites = Paced()
    with (
        tempfile.TemporaryDirectory(prefix="patto-bench-") as name,
        sites(Path(name)) as (port, log),
    ):
        settings.FETCH_ALLOW = frozenset((host(nth), port) for nth in range(HOSTS))
        register(port)
        take_all()
        for nth in Random(SEED).sample(range(POSTS), int(POSTS * CHANGED)):
            (Path(name) / str(nth)).touch()
        Publication.objects.update(next_look_at=timezone.now())
        asked_sites.seconds = 1.0
        since, began = monotonic(), perf_counter()
        queued = actions.queue_due_looks()
        asked = perf_counter() - began
        seconds, open_ones = take_all()
        figures.at_least("pages looked at again in an hour", POSTS / seconds * 3600, 10_000)
        figures.at_least("looks queued in an hour", queued / asked * 3600, 10_000)
        figures.at_most("looks that did not end", open_ones, 0)
        unchanged = Look.objects.filter(unchanged_since__isnull=False).count()
        figures.told("of them unchanged, sent without a page", unchanged)
        edited = Finding.objects.filter(kind="text_edited").count()
        figures.at_least("of the changed pages, noticed", edited / int(POSTS * CHANGED), 1)
        figures.at_least("seconds between two requests of one site", shortest_gap(log, since), 0.99)


def verdicts(figures: Figures) -> None:
    from config.kernel.fetching import Fetched
    from disclosures.channels.web import read_fetched
    from disclosures.looking import Post, judge_page

    about = Post(
        url="https://blog.example/farro",
        platform="blog",
        format="post",
        relationship="paid",
        jurisdictions=("IT",),
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 12),
    )
    pages = [post(f"/{nth}", "1") for nth in range(JUDGED)]
    began = process_time()
    for body in pages:
        fetched = Fetched(
            about.url, (), 200, (), body, "text/html", body.decode(), datetime.now(UTC)
        )
        judge_page(about, read_fetched(fetched))
    took = process_time() - began
    figures.at_least("verdicts a second on pages of 5 kB, one core", JUDGED / took, 1_000)


def main() -> None:
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="patto-bench-") as name, database(Path(name)):
        looks(figures)
        verdicts(figures)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.at_most("memory at its peak", peak, 300, "MB")
    figures.done()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
