"""Where the embedded services of one checkout live. Pure: nothing is started or created here."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

OWNER = "patto"
DATABASE = "patto"
SOCKET = ".s.PGSQL.5432"
MAX_SOCKET_PATH = 100  # Linux takes 107 bytes, other systems 103


def data_dir(var: Path) -> Path:
    return var.resolve() / "postgres"


def socket_dir(var: Path) -> Path:
    """The private directory of the socket: under `var`, or in /tmp where that path is too long."""
    near = var.resolve() / "run"
    if len(os.fsencode(near / SOCKET)) <= MAX_SOCKET_PATH:
        return near
    mark = hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:16]
    return Path("/tmp") / f"patto-{os.getuid()}-{mark}"


def database_url(var: Path, database: str = DATABASE) -> str:
    """The address of the embedded PostgreSQL whose data lie under `var`."""
    return f"postgresql://{OWNER}@/{database}?host={quote(str(socket_dir(var)), safe='')}"
