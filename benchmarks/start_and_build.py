"""How long a start, a help and a build take, as ratios of one run: ``python benchmarks/start_and_build.py``.

Each figure is the best of several fresh processes; the ratio is to a bare start of the same Python.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TRIES = 7
BUILDS = 3
LIMITS = {"import sdsf_analysis": 3.0, "sdsf --help": 8.0}
BUILD_LIMIT_S = 5.0


def best(command: list[str], tries: int = TRIES) -> float:
    """Shortest of several runs, in seconds."""
    durations = []
    for _ in range(tries):
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        durations.append(time.perf_counter() - start)
    return min(durations)


def main() -> None:
    """Measure and print; nothing is asserted."""
    sdsf = [sys.executable, "-m", "sdsf_analysis.cli"]
    bare = best([sys.executable, "-c", "pass"])
    print(f"bare Python start          {bare:6.3f} s   1.0")
    for name, command in (
        ("import sdsf_analysis", [sys.executable, "-c", "import sdsf_analysis"]),
        ("sdsf --help", [*sdsf, "--help"]),
    ):
        duration = best(command)
        print(f"{name:26} {duration:6.3f} s {duration / bare:5.1f}  (at most {LIMITS[name]:.0f})")
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "démo de l'Ain"
        subprocess.run([*sdsf, "demo", "01", str(demo)], check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
        duration = best([*sdsf, "--workspace", str(demo), "build"], BUILDS)
    print(f"sdsf build, demo           {duration:6.3f} s {duration / bare:5.1f}  (at most {BUILD_LIMIT_S} s)")


if __name__ == "__main__":
    main()
