"""Becomes the program given, as one that ends with its parent and, if root, as someone lesser.

Run as a file, outside Django: `python -I -S launch.py PARENT SIGNAL UID:GID|- reach|- PROGRAM...`.
PARENT is the process that must be alive, SIGNAL what the kernel sends when it dies. PostgreSQL
refuses to run as root: with UID:GID it runs as that account, and with `reach` it keeps, of all of
root's powers, the one to pass directories closed to others (a checkout under /root).
"""

import contextlib
import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
NO_PERMISSION = 77  # sysexits.h


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def main(arguments: list[str]) -> None:
    parent, signal, account, reach, *program = arguments
    if account != "-":
        uid, gid = (int(number) for number in account.split(":"))
        become(uid, gid, keeps_reach=reach == "reach")
    end_with_parent(int(parent), int(signal))
    os.execv(program[0], program)


def become(uid: int, gid: int, *, keeps_reach: bool) -> None:
    if keeps_reach:
        _prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if keeps_reach:
        _keep(CAP_DAC_OVERRIDE)


def end_with_parent(parent: int, signal: int) -> None:
    if sys.platform == "linux":  # elsewhere a killed parent leaves its children to the next start
        _prctl(PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:
        sys.exit("the process that asked for this one is gone")


def _keep(capability: int) -> None:
    sets = (_Sets * 2)(_Sets(*[1 << capability] * 3), _Sets())
    header = _Header(CAPABILITY_VERSION_3, 0)
    if _libc().capset(ctypes.byref(header), sets) != 0:
        _refuse()
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(number) for number in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc().prctl(option, *padded) != 0:
        _refuse()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _refuse() -> None:
    reason = os.strerror(ctypes.get_errno())
    sys.stderr.write(f"root may not hand this process on to another account here: {reason}\n")
    sys.exit(NO_PERMISSION)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(sys.argv[1:])
