"""Charts for a page or a slide: how the coverage moved, which conventions end and when."""

from sdsf_analysis.figures.curve import coverage_curve
from sdsf_analysis.figures.timeline import ctg_timeline

__all__ = ["coverage_curve", "ctg_timeline"]
