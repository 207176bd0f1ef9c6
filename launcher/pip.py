"""The pip of ``vendor/``, and what its failures mean."""

import os
import re
import subprocess
import sys
from pathlib import Path

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"

# Read in this order: without a network pip also says that it finds no distribution.
CAUSES = {
    r"No space left on device|not enough space|WinError 112|Errno 28\b": (
        "le disque est plein. Libérez environ 2 Go, puis relancez la même commande."
    ),
    r"ProxyError|Tunnel connection failed|407 Proxy": (
        "le proxy refuse la connexion. Demandez à votre service informatique le réglage de pip (variable "
        "HTTPS_PROXY ou fichier pip.conf), ou un fichier fait par « python3 run.py bundle »."
    ),
    r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError": (
        "le certificat du serveur est refusé. Demandez à votre service informatique le certificat à donner "
        "à pip (réglage « cert » de pip.conf), ou un fichier fait par « python3 run.py bundle »."
    ),
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|getaddrinfo failed|Read timed out|"
    r"Connection refused|Connection aborted|Network is unreachable": (
        "le serveur de paquets ne répond pas. Vérifiez la connexion à internet et le proxy, puis relancez ; "
        "ou demandez un fichier fait par « python3 run.py bundle » sur un poste connecté."
    ),
    r"Permission denied|WinError (5|32)\b|Access is denied": (
        "un fichier ne peut pas être écrit. Fermez les notebooks ouverts et vérifiez vos droits sur le "
        "dossier, puis relancez."
    ),
    r"No matching distribution found": (
        "un paquet n'existe pas tout prêt pour ce système et cette version de Python. Essayez Python 3.12, "
        "ou l'environnement conda (environment.yml)."
    ),
}
BUNDLE_MISFIT = (
    f"le dossier « wheels » ne convient pas à ce système avec Python {MINOR}, ou il est incomplet. Refaites "
    f"le paquet pour ce poste (« python3 run.py bundle --for linux|macos|windows --python {MINOR} »)."
)


class PreparationError(Exception):
    """What stands in the way of the command, in one French sentence that says what to do."""


def say(message: str) -> None:
    """Write to stderr: stdout holds the command's answer alone."""
    print(message, file=sys.stderr, flush=True)


def pip_variables(offline: bool) -> dict[str, str]:
    """Environment variables for pip: the user's own settings, less those that would misplace packages."""
    misplacing = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"}
    kept = {key: value for key, value in os.environ.items() if key not in misplacing}
    if offline:
        kept = {key: value for key, value in kept.items() if not key.startswith("PIP_")}
        kept["PIP_CONFIG_FILE"] = os.devnull
    return kept | {
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_PROGRESS_BAR": "off",
        "PYTHONIOENCODING": "utf-8",
    }


def pip_wheel(project: Path) -> Path:
    """Find the pip that travels with the project: a wheel can be run as it is."""
    return next((project / "vendor").glob("pip-*.whl"))


def run_pip(project: Path, python: Path, arguments: list[str], log: Path, offline: bool = False) -> None:
    """Run pip, its whole output in a log; a failure is told in one sentence."""
    command = [
        str(python),
        str(pip_wheel(project) / "pip"),
        *arguments,
        "--no-deps",
        "--only-binary",
        ":all:",
    ]
    with log.open("w", encoding="utf-8") as output:
        status = subprocess.call(command, stdout=output, stderr=output, env=pip_variables(offline))
    if status:
        told = log.read_text(encoding="utf-8", errors="replace")
        raise PreparationError(f"Préparation impossible : {cause_of(told, offline)} (Détail : {log})")


def cause_of(told: str, offline: bool) -> str:
    """Say in French what pip's output tells of its failure, and what to do."""
    for pattern, sentence in CAUSES.items():
        if re.search(pattern, told):
            return BUNDLE_MISFIT if offline and "No matching" in pattern else sentence
    return (
        "pip s'est arrêté. Relancez la même commande ; si cela se répète, transmettez le fichier de détail."
    )
