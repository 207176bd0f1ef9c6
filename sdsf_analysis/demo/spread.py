"""How services are spread over communes: by weight, whole numbers that add up."""

from collections.abc import Sequence

from sdsf_analysis.demo.setting import Commune, Setting


def shares(weights: Sequence[float], total: int) -> list[int]:
    """Share a whole number by largest remainders.

    Examples
    --------
    >>> shares([1, 1, 2], 5)
    [1, 1, 3]
    """
    whole = sum(weights)
    if not whole:
        weights, whole = [1.0] * len(weights), float(len(weights))
    exact = [weight * total / whole for weight in weights]
    counts = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda index: (counts[index] - exact[index], index))
    for index in order[: total - sum(counts)]:
        counts[index] += 1
    return counts


def sites(setting: Setting, total: int, minimum: int, subject: str) -> list[Commune]:
    """Communes of each of ``total`` services, one item a service, by code.

    Parameters
    ----------
    setting : Setting
        The département.
    total : int
        How many services; at least one is placed.
    minimum : int
        Inhabitants below which a commune has none, unless all are that small.
    subject : str
        Key of the draw.

    Examples
    --------
    >>> len(sites(Setting("01"), 150, 1500, "eaje"))
    150
    """
    dice = setting.dice("sites", subject)
    hosts = [commune for commune in setting.communes if commune.population >= minimum]
    hosts = hosts or [max(setting.communes, key=lambda commune: commune.population)]
    counts = shares([commune.population * dice.around(1, 0.4) for commune in hosts], max(1, total))
    return [commune for commune, count in zip(hosts, counts, strict=True) for _ in range(count)]
