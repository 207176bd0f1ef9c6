"""How broken files are taken, each in a bounded process: ``python benchmarks/hostile.py N [SEED]``.

A file is read, or refused with one sentence; anything else (another error, the end of the process, more than
``TIME_LIMIT_S``, more memory than ``MEMORY_LIMIT``, a file written outside) is a failure, kept for a look.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from mutations import MUTATIONS, mutated, seeds

TIME_LIMIT_S = 15.0
MEMORY_LIMIT = 3_000_000_000
WORKERS = 2
OUTCOMES = ("read", "refused", "slow", "FAILED")


def read_one(path: Path) -> str:
    """Read one file: « read », « refused », or what went wrong."""
    from sdsf_analysis.errors import ReadingError
    from sdsf_analysis.recipes.inspection import read

    try:
        _ = read(path).problems
    except ReadingError as error:
        text = str(error)
        return "refused" if text and "\n" not in text and "Traceback" not in text else f"FAILED {text!r}"
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return f"FAILED {type(error).__name__}: {str(error)[:120]} ({place})"
    return "read"


def work(pipe: Connection) -> None:
    """Read the files whose paths arrive, within the limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        pipe.send(read_one(Path(pipe.recv())))


class Reader:
    """A process that reads, started again when a file ends it."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._pipe, child = multiprocessing.get_context("spawn").Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=work, args=(child,), daemon=True)
        self._process.start()
        child.close()

    def outcome(self, path: Path) -> str:
        """Outcome of one file."""
        self._pipe.send(str(path))
        try:
            if self._pipe.poll(TIME_LIMIT_S):
                return str(self._pipe.recv())
        except EOFError:
            self._restart()
            return "FAILED le processus s'est arrêté"
        self._restart()
        return "slow"

    def _restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def run(count: int, seed: int, folder: Path) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Read that many mutated files; count the outcomes and describe the failures."""
    counts: Counter[tuple[str, str]] = Counter()
    failures = []
    reader, rightful = Reader(), seeds()
    inside = folder / "ici"
    inside.mkdir()
    os.environ["TMPDIR"] = str(inside)
    try:
        for number in range(count):
            mutation, suffix, content = mutated(number, seed, rightful)
            path = inside / f"fichier{number}{suffix}"
            path.write_bytes(content)
            outcome = reader.outcome(path)
            if [*folder.iterdir()] != [inside]:
                outcome = "FAILED un fichier est écrit dehors"
            counts[mutation, outcome.split()[0]] += 1
            if outcome not in OUTCOMES[:2]:
                failures.append(f"{number} {mutation} {suffix} {outcome}")
            path.unlink()
    finally:
        reader.stop()
    return counts, failures


def main() -> None:
    """Run and print the table; the exit status is 1 when something failed."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    folder = Path(tempfile.mkdtemp())
    start = time.perf_counter()
    try:
        counts, failures = run(count, seed, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{count} fichiers, graine {seed}, {time.perf_counter() - start:.0f} s")
    print(f"{'':36}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES))
    for mutation in MUTATIONS:
        print(f"{mutation:36}" + "".join(f"{counts[mutation, outcome]:9}" for outcome in OUTCOMES))
    totals = [sum(n for (_, o), n in counts.items() if o == outcome) for outcome in OUTCOMES]
    print(f"{'total':36}" + "".join(f"{total:9}" for total in totals))
    print(*failures, sep="\n")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
