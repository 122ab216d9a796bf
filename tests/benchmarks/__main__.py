"""Run every benchmark in a process of its own; exit 1 where a figure is past its limit.

python -m tests.benchmarks [NAME ...]      only those with NAME in their file's name
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    files = sorted(HERE.glob("bench_*.py"))
    chosen = [path for path in files if not names or any(name in path.stem for name in names)]
    if not chosen:
        print(f"No benchmark is named so. There are: {', '.join(path.stem for path in files)}")
        return 2
    failed = 0
    for path in chosen:
        print(f"\n{path.stem}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.{path.stem}"]
        failed |= subprocess.run(command, env={**os.environ, "POLARS_MAX_THREADS": "1"}).returncode
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
