"""A small house to supervise, run as a program: `python -m tests.up.toy FOLDER SERVICE...`.

A service is a name of TOYS; each writes its process number to FOLDER/<name> when it starts.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from config.up import processes
from config.up.errors import CantStart
from config.up.services import Service
from config.up.supervisor import Supervisor
from config.up.voices import Voices

NOTE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n');"
TOYS = {
    "steady": NOTE + "print('I am steady', flush=True); time.sleep(60)",
    "deaf": NOTE + "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
    "parent": NOTE
    + "import subprocess as s;"
    + "c = s.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    + "d = s.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True);"
    + "open(sys.argv[1] + '.children', 'a').write(f'{c.pid}\\n{d.pid}\\n'); time.sleep(60)",
    "frail": NOTE + "print('I can not go on', flush=True); sys.exit(3)",
    "noisy": NOTE + "print('half', end='', flush=True); time.sleep(.1); print(' a line');"
    "sys.stderr.write('caf\\xe9\\n'); sys.stdout.buffer.write(b'\\xff\\n'); time.sleep(60)",
}


def service(folder: Path, name: str) -> Service:
    command = [sys.executable, "-c", TOYS[name], str(folder / name)]
    steps = ((signal.SIGTERM, 0.5),)
    return Service(name, lambda: processes.begin(command), stop=steps)


def main(folder: Path, names: list[str]) -> None:
    supervisor = Supervisor(Voices(names))
    with supervisor.running():
        for name in names:
            supervisor.start(service(folder, name))
        try:
            supervisor.keep()
        except CantStart as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
