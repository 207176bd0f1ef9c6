"""Whether an interpreter already holds what the project requires (conda, uv, SSP Cloud)."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def release(version: str) -> tuple[int, ...]:
    """Numbers of a version, without trailing zeros: ``"3.10.0"`` → ``(3, 10)``."""
    numbers = [int(number) for number in re.match(r"\d+(?:\.\d+)*", version).group().split(".")]  # type: ignore[union-attr]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def requirements(project: Path) -> list[str]:
    """Every requirement of ``pyproject.toml``, the extras' included."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        *table["dependencies"],
        *(line for extra in table["optional-dependencies"].values() for line in extra),
    ]


def is_satisfied(requirement: str) -> bool:
    """Whether the running interpreter holds a version inside the requirement's bounds."""
    name = re.match(r"[\w.-]+", requirement).group()  # type: ignore[union-attr]
    try:
        found = release(version(name))
    except PackageNotFoundError:
        return False
    bounds = re.findall(r"(>=|<=|==|!=|<|>)\s*([\w.]+)", requirement.partition(";")[0])
    tests = {">=": found.__ge__, "<=": found.__le__, "<": found.__lt__, ">": found.__gt__}
    tests |= {"==": found.__eq__, "!=": found.__ne__}
    return all(tests[operator](release(bound)) for operator, bound in bounds)
