"""Outlines drawn at once: rings, holes, and what is no surface."""

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.style import Page

HOLED = Polygon(box(0, 0, 9, 9).exterior, [box(3, 3, 6, 6).exterior.coords])
APART = MultiPolygon([box(10, 0, 12, 2), box(14, 0, 16, 2)])


def axes():
    return Page((100, 100)).add_axes((0, 0, 1, 1), xlim=(0, 20), ylim=(0, 20))


def test_each_ring_is_closed_and_holes_stay_empty():
    drawn = draw_shapes(axes(), gpd.GeoSeries([HOLED, APART]), "#000000")
    assert [int((path.codes == path.MOVETO).sum()) for path in drawn.get_paths()] == [2, 2]
    assert [int((path.codes == path.CLOSEPOLY).sum()) for path in drawn.get_paths()] == [2, 2]
    page = drawn.figure
    page.axes[0].axis("off")
    page.canvas.draw()
    grey = np.asarray(page.canvas.buffer_rgba())[::-1, :, 0]
    size = len(grey)
    assert grey[int(1 / 20 * size), int(1 / 20 * size)] == 0
    assert grey[int(4.5 / 20 * size), int(4.5 / 20 * size)] == 255


def test_what_is_no_surface_is_left_out_with_its_colour():
    mixed = gpd.GeoSeries([Point(0, 0), box(0, 0, 1, 1), None, LineString([(0, 0), (1, 1)]), Polygon()])
    drawn = draw_shapes(axes(), mixed, ["#111111", "#222222", "#333333", "#444444", "#555555"])
    assert len(drawn.get_paths()) == 1
    assert np.allclose(drawn.get_facecolor()[0][:3], 0x22 / 255)
    assert draw_shapes(axes(), gpd.GeoSeries([shapely.Polygon()]), "#000000").get_paths() == []
