"""The embedded PostgreSQL: where it lives, what it keeps, what it survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from config.up import postgres, where
from config.up.errors import CantStart


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Short enough for a socket, and closed to other accounts."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        yield Path(folder) / "var"


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_the_socket_has_a_short_path_wherever_the_checkout_is() -> None:
    short, long = Path("/srv/patto/var"), Path("/srv") / ("x" * 150) / "var"
    assert where.socket_dir(short) == Path("/srv/patto/var/run")
    assert where.socket_dir(long).parent == Path("/tmp")
    assert where.socket_dir(long) != where.socket_dir(long / "other")
    assert len(str(where.socket_dir(long) / where.SOCKET)) < where.MAX_SOCKET_PATH
    assert where.database_url(short).endswith("@/patto?host=%2Fsrv%2Fpatto%2Fvar%2Frun")


@pytest.mark.slow
def test_data_outlive_the_server_even_when_it_is_killed(own_folder: Path) -> None:
    server = postgres.start(own_folder)
    run(server.url, "CREATE TABLE kept AS SELECT 'yes' AS word")
    assert run(server.url, "SHOW fsync") == [("on",)]
    assert run(server.url, "SELECT current_setting('server_version_num')::int / 10000") == [(18,)]
    assert run(server.url, "SHOW listen_addresses") == [("",)]
    server.stop()
    assert not psutil.pid_exists(server.process.pid)

    server = postgres.start(own_folder)
    assert run(server.url, "SELECT word FROM kept") == [("yes",)]
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    time.sleep(0.5)

    again = postgres.start(own_folder)
    assert run(again.url, "SELECT word FROM kept") == [("yes",)]
    again.stop()
    server.stop()


@pytest.mark.slow
def test_a_stale_note_that_names_another_program_is_no_obstacle(own_folder: Path) -> None:
    postgres.start(own_folder, throwaway=True).stop()
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    data = where.data_dir(own_folder)
    try:
        (data / "postmaster.pid").write_text(f"{bystander.pid}\n{data}\n1\n5432\n\n\n")
        server = postgres.start(own_folder, throwaway=True)
        assert run(server.url, "SELECT 1") == [(1,)]
        server.stop()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.slow
def test_a_long_path_will_do() -> None:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / ("a" * 80) / ("b" * 80) / "var"
        server = postgres.start(var, throwaway=True)
        try:
            assert run(server.url, "SELECT current_user, current_database()") == [
                (where.OWNER, where.DATABASE)
            ]
        finally:
            server.stop()
            where.socket_dir(var).rmdir()


@pytest.mark.slow
def test_the_server_ends_with_the_process_that_started_it(own_folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from config.up import postgres;"
        "server = postgres.start(Path(sys.argv[1]), throwaway=True);"
        "print(server.process.pid, flush=True); time.sleep(30)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(own_folder)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout
    server = psutil.Process(int(starter.stdout.readline()))
    starter.kill()
    starter.communicate()
    _, left = psutil.wait_procs([server], timeout=10)
    assert not left


def test_a_socket_directory_of_someone_else_is_not_used(own_folder: Path) -> None:
    own_folder.mkdir()
    (own_folder / "run").symlink_to("/tmp")
    with pytest.raises(CantStart, match="belongs to someone else"):
        postgres.prepare(own_folder)


def test_data_of_another_version_are_left_alone(own_folder: Path) -> None:
    data = where.data_dir(own_folder)
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(CantStart, match="PostgreSQL 16"):
        postgres.prepare(own_folder)
