"""Maps of a département, on a page of fixed size, with the finding as their title."""

from sdsf_analysis.figures.category_map import category_map
from sdsf_analysis.figures.choropleth import choropleth
from sdsf_analysis.figures.circles import circles
from sdsf_analysis.figures.ctg_map import ctg_map
from sdsf_analysis.figures.indicator_map import indicator_map
from sdsf_analysis.figures.service_map import service_map

__all__ = ["category_map", "choropleth", "circles", "ctg_map", "indicator_map", "service_map"]
