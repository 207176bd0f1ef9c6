"""Tables of a small département, its births, children, places and assistants maternels given by the test."""

import pandas as pd
import pytest

from sdsf_analysis.model.tables import Tables, table

_OFFER = ("service", "kind", "commune", "capacity", "stage")


@pytest.fixture
def place():
    """Make tables from births by year, services, counts of assistants maternels, each by commune."""

    def make(births=None, services=(), minders=None, children=None, communes=("01001", "01002")):
        families = [
            {"commune": commune, "year": year, "measure": "births", "value": value}
            for year, values in (births or {}).items()
            for commune, value in zip(communes, values, strict=True)
        ]
        families += [
            {"commune": commune, "year": year, "measure": "children_0_2", "value": value}
            for year, values in (children or {}).items()
            for commune, value in zip(communes, values, strict=True)
        ]
        offer = [dict(zip(_OFFER, one, strict=False)) | one[-1] for one in services]
        counts = [
            {"service": service, "year": 2023, "nature": "actual", "measure": measure, "value": value}
            for service, said in (minders or {}).items()
            for measure, value in said.items()
        ]
        frames = {
            "territories": pd.DataFrame({"territory": communes, "name": communes}).assign(level="commune"),
            "membership": pd.DataFrame({"commune": communes, "territory": "E", "level": "epci"}),
            "families": _with_status(families).assign(regime="all"),
            "offer": pd.DataFrame(offer).assign(capacity_unit="places"),
            "activity": _with_status(counts),
        }
        if offer:
            frames["offer"]["capacity_status"] = (
                frames["offer"]["capacity"].notna().map({True: "known", False: "missing"})
            )
            frames["offer"]["valid_from"] = pd.Timestamp("2020-01-01")
        ready = {name: table(name).conform(frame) for name, frame in frames.items() if len(frame)}
        return Tables(lambda name: ready[name] if name in ready else table(name).empty())

    return make


def _with_status(rows):
    frame = pd.DataFrame(rows)
    if len(frame):
        frame["status"] = frame["value"].notna().map({True: "known", False: "missing"})
    return frame
