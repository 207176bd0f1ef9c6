"""Tables of a real département, its conventions given by the test."""

import pandas as pd
import pytest

from sdsf_analysis.build.geography import official_membership
from sdsf_analysis.build.populations import legal_populations
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.territories import reference


@pytest.fixture(scope="session")
def departement():
    """Make the tables of a département from the reference; ``conventions``: number → dates and communes.

    A commune may be a code, or a code with its entry (and exit).
    """

    def make(code, year, conventions, zones=(), **others):
        communes = reference.communes(year, code)
        columns = ["name", "departement", "population", "population_year"]
        rows, perimeters = [], list(zones)
        for number, said in conventions.items():
            perimeters += [_member(number, commune, said["starts_on"]) for commune in said["communes"]]
            dates = {name: value for name, value in said.items() if name != "communes"}
            rows.append({"ctg": number, "stage": "signed", **dates})
        frames = {
            "territories": communes[columns].assign(level="commune", territory=communes["code"]),
            "membership": pd.concat([official_membership(communes), pd.DataFrame(perimeters)]),
            "families": legal_populations(code, year),
            "ctg": pd.DataFrame(rows),
            **{name: pd.DataFrame(value) for name, value in others.items()},
        }
        ready = {name: table(name).conform(frame) for name, frame in frames.items()}
        return Tables(lambda name: ready[name] if name in ready else table(name).empty())

    return make


def _member(number, commune, starts_on):
    commune, *dates = [commune] if isinstance(commune, str) else commune
    entry, leaving = [*dates, None, None][:2]
    row = {"level": "ctg", "territory": number, "commune": commune, "starts_on": entry or starts_on}
    return row | {"ends_on": leaving}
