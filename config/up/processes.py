"""Programs that end with us: their groups, what becomes of their children, and how they stop."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

LAUNCH = Path(__file__).with_name("launch.py")
PR_SET_CHILD_SUBREAPER = 36

#: Signals to send, each with the seconds to wait for its effect.
Steps = tuple[tuple[signal.Signals, float], ...]


@dataclass(frozen=True)
class Account:
    """Who a program runs as, where root may not; reach: passes directories closed to others."""

    uid: int
    gid: int
    reach: bool = False


def launched(
    command: Sequence[str | Path], *, farewell: signal.Signals, account: Account | None = None
) -> list[str]:
    """The command, wrapped so that it gets `farewell` when this process dies."""
    who = f"{account.uid}:{account.gid}" if account else "-"
    reach = "reach" if account and account.reach else "-"
    wrapper = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), str(int(farewell))]
    return [*wrapper, who, reach, *(str(part) for part in command)]


def begin(
    command: Sequence[str | Path],
    *,
    farewell: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """The program, in a session of its own, its two outputs joined in one pipe.

    Call it from the main thread: the kernel counts the death of the thread that forked.
    """
    return subprocess.Popen(
        launched(command, farewell=farewell, account=account),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=env,
        cwd=cwd,
    )


def end(*ending: tuple[subprocess.Popen[bytes], Steps]) -> None:
    """Stop programs side by side: each gets its signals in turn, then what is left is killed."""
    for process, steps in ending:
        for number, _ in steps[:1]:
            _tell(process, number)
    for process, steps in ending:
        for step, (number, seconds) in enumerate(steps):
            if step:
                _tell(process, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=seconds)
        end_group(process)


def _tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program's group, whether or not its leader still lives."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            break
        process.poll()
        _reap_group(process.pid)
        time.sleep(0.02)
    process.wait(timeout=5)


def _reap_group(group: int) -> None:
    """Orphans of a dead leader are ours (see adopt_orphans); unreaped they would fill the group."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass


def adopt_orphans() -> None:
    """Children of our children become ours when those die, so that none escapes the end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_descendants() -> None:
    """Kill whatever this process still has below it."""
    left = psutil.Process().children(recursive=True)
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=5)


@contextlib.contextmanager
def sole_owner(file: Path) -> Iterator[int | None]:
    """Yields None while we hold the lock on `file`, else the number of the process that does."""
    import fcntl

    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            yield int(lock.read().strip() or 0)
            return
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield None
