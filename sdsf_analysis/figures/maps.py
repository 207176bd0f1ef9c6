"""Maps of a département, on a page of fixed size, with the finding as their title."""

from sdsf_analysis.figures.before_after import before_after
from sdsf_analysis.figures.category_map import category_map
from sdsf_analysis.figures.choropleth import choropleth
from sdsf_analysis.figures.circles import circles
from sdsf_analysis.figures.ctg_map import ctg_map
from sdsf_analysis.figures.france_map import france_map
from sdsf_analysis.figures.indicator_map import indicator_map
from sdsf_analysis.figures.map_atlas import atlas, save_atlas
from sdsf_analysis.figures.service_map import service_map

__all__ = [
    "atlas",
    "before_after",
    "category_map",
    "choropleth",
    "circles",
    "ctg_map",
    "france_map",
    "indicator_map",
    "save_atlas",
    "service_map",
]
