"""The Lorenz curve says what the worst served half has."""

import pandas as pd

from sdsf_analysis.figures.lorenz import lorenz_curve


def curve(*points):
    frame = pd.DataFrame(points, columns=["population_share", "offer_share"])
    return lorenz_curve(frame, "des places", "des enfants")


def test_the_title_says_the_share_of_the_worst_served_half():
    page = curve((0, 0), (0.4, 0.1), (0.6, 0.3), (1, 1))
    assert page.texts[0].get_text().replace("\u202f", " ").endswith("dispose de 20,0 % des places")


def test_equality_is_a_half():
    assert "50,0" in curve((0, 0), (1, 1)).alt_text


def test_nothing_known_is_said():
    assert curve().alt_text.startswith("Courbe de Lorenz : rien à dessiner.")
