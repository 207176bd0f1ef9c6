"""Prepare the environment if needed, then run a command: ``python3 run.py [COMMAND …]``.

Standard library only. This file must parse on an older Python, to tell its owner what is needed.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must get a sentence, not a traceback)
    sys.stderr.write(
        "Il faut Python 3.11 ou plus récent (ici : {}.{}). Installez-le depuis python.org ou avec conda, "
        "puis relancez « python3 run.py ».\n".format(*sys.version_info)
    )
    sys.exit(2)

PROJECT = Path(__file__).resolve().parent
sys.path.insert(0, str(PROJECT))

from launcher.environment import ON_WINDOWS, ready_python  # noqa: E402 (read by Python ≥ 3.11 alone)
from launcher.pip import PreparationError, say  # noqa: E402


def variables(project: Path, testing: bool) -> dict[str, str]:
    """Environment variables of the command: the project, the workspace failing any other, the way to call."""
    paths = [str(project), *filter(None, [os.environ.get("PYTHONPATH")])]
    own = {"PYTHONPATH": os.pathsep.join(paths), **({"PYTHONUTF8": "1"} if ON_WINDOWS else {})}
    caller = {key: value for key, value in os.environ.items() if not key.startswith("SDSF_")}
    called = {"SDSF_HOME": str(project), "SDSF_COMMAND": f"{'py' if ON_WINDOWS else 'python3'} run.py"}
    return {**caller, **own} if testing else {**caller, **own, **called}


def command_line(python: Path, arguments: list[str]) -> list[str]:
    """Choose what to execute: the tests, or a command of the project (``run`` without a word)."""
    if arguments[:1] == ["test"]:
        return [str(python), "-m", "pytest", "-n", "auto", *arguments[1:]]
    # -P: a file of the caller's folder must not pass for a library
    return [str(python), "-P", "-m", "sdsf_analysis.cli", *(arguments or ["run"])]


def launch(command: list[str], environment: dict[str, str]) -> int:
    """Become the command, or on Windows wait for it; its exit status is passed on."""
    if not ON_WINDOWS:
        os.execve(command[0], command, environment)  # noqa: S606 (our own interpreter, no shell)
    process = subprocess.Popen(command, env=environment)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the command hears Ctrl+C too, and answers it
            return process.wait()


def main(arguments: list[str]) -> int:
    """Run a command and return its exit status; 2 and one sentence when nothing could be done."""
    try:
        if arguments[:1] == ["bundle"]:
            from launcher import bundle

            return bundle.main(PROJECT, arguments[1:])
        python = ready_python(PROJECT)
    except PreparationError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("\nPréparation interrompue : relancez la même commande pour la reprendre.")
        return 130
    testing = arguments[:1] == ["test"]
    if testing:
        os.chdir(PROJECT)
    return launch(command_line(python, arguments), variables(PROJECT, testing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
