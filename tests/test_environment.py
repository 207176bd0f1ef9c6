"""``pyproject.toml``, ``environment.yml`` and ``constraints.txt`` ask for the same things."""

import asyncio
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
TABLE = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [line for extra in TABLE["optional-dependencies"].values() for line in extra]
REQUIREMENTS = {canonicalize_name(r.name): r for r in map(Requirement, [*TABLE["dependencies"], *EXTRAS])}
CONDA = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))
SPECS = [entry for entry in CONDA["dependencies"] if isinstance(entry, str)]
FROM_PIP = [line for entry in CONDA["dependencies"] if isinstance(entry, dict) for line in entry["pip"]]
LOCK = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
# conda-forge's own name for a project of PyPI
CONDA_NAMES = {"python-duckdb": "duckdb"}
PINS = [Requirement(line) for line in LOCK if line and not line.startswith("#")]


def bounds(text):
    """Clauses of a version specification, in any order and without spaces."""
    return frozenset(clause.strip() for clause in str(text).split(",") if clause.strip())


def rattler():
    return pytest.importorskip("rattler", reason="py-rattler, which reads conda's files, is absent")


def conda_bounds():
    specs = [rattler().MatchSpec(spec) for spec in SPECS]
    return {spec.name.normalized: bounds(spec.version or "") for spec in specs}


def test_conda_and_pyproject_have_the_same_names_and_bounds():
    found = conda_bounds()
    assert found.pop("python") == bounds(TABLE["requires-python"])
    assert found.pop("pip", frozenset()) == frozenset()
    found = {CONDA_NAMES.get(name, name): asked for name, asked in found.items()}
    found |= {Requirement(line).name: bounds(Requirement(line).specifier) for line in FROM_PIP}
    assert found == {name: bounds(requirement.specifier) for name, requirement in REQUIREMENTS.items()}


def test_conda_takes_everything_from_conda_forge():
    assert CONDA["channels"] == ["conda-forge"]


def test_bounds_use_operators_that_the_launcher_compares():
    operators = {spec.operator for requirement in REQUIREMENTS.values() for spec in requirement.specifier}
    assert operators <= {">=", "<=", "<", ">", "==", "!="}


@pytest.mark.parametrize("name", sorted(REQUIREMENTS))
def test_pins_lie_inside_the_bounds(name):
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == name]
    assert pins
    for pin in pins:
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert exact.version in REQUIREMENTS[name].specifier


@pytest.mark.parametrize("python", ["3.11.0", "3.11.9", "3.12.0", "3.13.5", "3.14.1"])
@pytest.mark.parametrize("system", [("linux", "posix"), ("win32", "nt"), ("darwin", "posix")])
def test_one_pin_applies_on_each_system_and_python(python, system):
    target = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    target |= {"sys_platform": system[0], "os_name": system[1], "implementation_name": "cpython"}
    names = [pin.name for pin in PINS if pin.marker is None or pin.marker.evaluate(target)]
    assert len(names) == len(set(names))
    assert set(REQUIREMENTS) <= {canonicalize_name(name) for name in names}


def test_the_lock_names_no_index():
    assert not [line for line in LOCK if re.search(r"://|--|@", line) and not line.startswith("#")]


async def solve(specs, seconds):
    """Package names that conda-forge's solver answers with."""
    records = await asyncio.wait_for(rattler().solve(CONDA["channels"], specs), timeout=seconds)
    return {record.name.normalized for record in records}


def test_conda_solves_where_a_channel_answers():
    expected = set(conda_bounds())
    try:
        asyncio.run(solve(["tzdata"], 10))
    except (pytest.importorskip("rattler.exceptions").GatewayError, TimeoutError) as error:
        pytest.skip(f"no conda channel answers here ({type(error).__name__})")
    assert expected <= asyncio.run(solve(SPECS, 120))
