"""Where the embedded services of one checkout live. Pure: nothing is started or created here."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

OWNER = "patto"
DATABASE = "patto"


def socket_dir(var: Path) -> Path:
    """A short private directory for the socket: its path may have 107 bytes, a checkout's more."""
    mark = hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"patto-{os.getuid()}-{mark}"


def database_url(var: Path) -> str:
    """The address of the embedded PostgreSQL whose data lie under `var`."""
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(socket_dir(var)), safe='')}"
