"""Typed readers of environment variables. A wrong value stops the start with one clear sentence."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    found = _whole(value)
    if found is not None and least <= found <= most:
        return found
    raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def file(name: str) -> Path | None:
    """The path of a file that may be missing: what needs it says so and goes on without."""
    value = text(name).strip()
    return Path(value).expanduser() if value else None


def host_ports(name: str) -> frozenset[tuple[str, int]]:
    """Exact `host:port` pairs, comma-separated."""
    pairs = set()
    for pair in words(name):
        host, _, port = pair.rpartition(":")
        number = _whole(port)
        if not host or number is None or not 0 < number < 65536:
            raise ImproperlyConfigured(f"{name} takes host:port pairs, not {pair[:80]!r}.")
        pairs.add((host.strip("[]").lower(), number))
    return frozenset(pairs)


def database(url: str) -> dict[str, Any]:
    """Django's settings of a `postgresql://user:password@host:port/name?options` address.

    A socket's directory goes percent-encoded in the host's place or as `?host=/dir`.
    """
    parts, port = _address(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": port,
        "OPTIONS": options,
    }


def secret(name: str, file: Path) -> str:
    """The installation's key: from the environment, else made once and kept in `file` (0600)."""
    if value := os.environ.get(name):
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
        with os.fdopen(handle, "w") as written:
            written.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)  # the first of two starters wins; both then read its key
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return file.read_text().strip()


def _whole(text: str) -> int | None:
    """A whole number in plain digits, as long as any we take; else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _address(url: str) -> tuple[SplitResult, str]:
    """The parts of a database's address, and its port if one is named."""
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise _not_a_database() from error
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise _not_a_database()
    return parts, port


def _not_a_database() -> ImproperlyConfigured:
    return ImproperlyConfigured("DATABASE_URL must read postgresql://user@host:port/name.")
