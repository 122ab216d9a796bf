"""How far the demonstration has been loaded: a file while it is under way, nothing otherwise."""

from pathlib import Path

from django.conf import settings


def say(done: int, of: int) -> None:
    """`done` of `of` stories are played."""
    _file().write_text(f"{done} {of}")


def finish() -> None:
    _file().unlink(missing_ok=True)


def read() -> tuple[int, int] | None:
    """(done, of) while stories are being played, else None."""
    try:
        done, of = _file().read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return int(done), int(of)


def _file() -> Path:
    return Path(settings.VAR) / "demo-loading"
