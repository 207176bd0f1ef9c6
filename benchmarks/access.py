"""Places within reach on all of France, beside PySAL: ``python benchmarks/access.py``.

E2SFCA on the communes of the embedded geography that have an outline: each is an origin (its inhabitants)
and a site (places drawn from a seed), the pairs within 30 km given beforehand.
The peer is the function behind
PySAL's ``Access.enhanced_two_stage_fca``, which the project does not install: ``pip install access``. Each
side runs in a process of its own, for its peak of memory; the answers are compared. Nothing is asserted.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.catchment import decay_weights, floating_catchment
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.distances import Pairs, pairs_within, vectors
from sdsf_analysis.territories.outlines import places

YEAR, RADIUS_KM, SEED, TRIES = 2026, 30.0, 6, 3
STEPS = {10: 1.0, 20: 0.68, 30: 0.22}
AIM_RATIO, AIM_GAP, AIM_MB = 8, 1e-9, 1000


def france() -> tuple[Pairs, np.ndarray, np.ndarray]:
    """Pairs of communes within the radius, inhabitants, places."""
    communes = reference.communes(YEAR)[["code", "departement", "population"]].dropna()
    points = pd.concat([places(one) for one in sorted(communes["departement"].unique())])
    known = communes.merge(points, on="code", validate="one_to_one").dropna()
    where = vectors(known["longitude"].to_numpy("float64"), known["latitude"].to_numpy("float64"))
    demand = known["population"].to_numpy("float64")
    supply = np.random.default_rng(SEED).integers(0, 60, len(known)).astype("float64")
    return pairs_within(where, where, RADIUS_KM), demand, supply


def ours(pairs: Pairs, demand: np.ndarray, supply: np.ndarray) -> tuple[float, np.ndarray]:
    """Best time, weights included, and the answer."""
    decay = ",".join(f"{km}:{weight}" for km, weight in STEPS.items())
    taken = []
    for _ in range(TRIES):
        start = time.perf_counter()
        found = floating_catchment(pairs, decay_weights(pairs.km, RADIUS_KM, decay), supply, demand).access
        taken.append(time.perf_counter() - start)
    return min(taken), found


def peer(pairs: Pairs, demand: np.ndarray, supply: np.ndarray) -> tuple[float, np.ndarray]:
    """Best time of PySAL, its frames made beforehand, and the answer."""
    from access import weights
    from access.fca import two_stage_fca

    costs = pd.DataFrame({"origin": pairs.origin, "dest": pairs.site, "cost": pairs.km})
    people, offer = pd.DataFrame({"demand": demand}), pd.DataFrame({"supply": supply})
    taken = []
    for _ in range(TRIES):
        start = time.perf_counter()
        found = two_stage_fca(
            people,
            offer,
            costs,
            max_cost=RADIUS_KM,
            demand_index=True,
            supply_index=True,
            weight_fn=weights.step_fn(STEPS),
        )
        taken.append(time.perf_counter() - start)
    return min(taken), found.reindex(range(len(demand))).fillna(0).to_numpy().ravel()


def measured(side: str, folder: Path) -> dict[str, float]:
    """Time and peak of one side, in a process of its own that starts from the saved pairs."""
    # -P: this file bears the name of the peer
    command = [sys.executable, "-P", __file__, side, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr.strip().splitlines()[-1])
    told: dict[str, float] = json.loads(answer.stdout)
    return told


def one_side(side: str, folder: Path) -> None:
    """Run one side on the saved pairs; print its time and peak, keep its answer."""
    with np.load(folder / "pairs.npz") as saved:
        pairs = Pairs(saved["origin"], saved["site"], saved["km"])
        demand, supply = saved["demand"], saved["supply"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken, found = {"ours": ours, "peer": peer}[side](pairs, demand, supply)
    np.save(folder / f"{side}.npy", found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"s": taken, "peak_mb": peak * 1024 / 1e6, "before_mb": before * 1024 / 1e6}))


def main() -> None:
    """Measure both sides, compare and print."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        pairs, demand, supply = france()
        np.savez(folder / "pairs.npz", **pairs._asdict(), demand=demand, supply=supply)
        print(f"{len(demand)} communes, {len(pairs.km)} pairs within {RADIUS_KM:.0f} km")
        mine = measured("ours", folder)
        shared = np.load(folder / "ours.npy")
        print(f"ours        {mine['s']:7.3f} s   peak {mine['peak_mb']:6.0f} MB   (aim: under {AIM_MB} MB)")
        print(f"Σ P·A - Σ S {float(demand @ shared - supply.sum()):.1e} of {supply.sum():.0f} places")
        theirs = measured("peer", folder)
        gap = float(np.abs(shared - np.load(folder / "peer.npy")).max())
        print(f"access      {theirs['s']:7.3f} s   peak {theirs['peak_mb']:6.0f} MB")
        print(f"faster by   {theirs['s'] / mine['s']:7.1f}     (aim: at least {AIM_RATIO})")
        print(f"largest gap {gap:.1e}     (aim: at most {AIM_GAP:.0e})")


if __name__ == "__main__":
    one_side(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 1 else main()
