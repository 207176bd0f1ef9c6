"""Charts for a page or a slide: the coverage, the conventions that end, the plan and its indicators."""

from sdsf_analysis.figures.curve import coverage_curve
from sdsf_analysis.figures.plan_bars import actions_bars
from sdsf_analysis.figures.plan_paths import progress_paths
from sdsf_analysis.figures.timeline import ctg_timeline

__all__ = ["actions_bars", "coverage_curve", "ctg_timeline", "progress_paths"]
