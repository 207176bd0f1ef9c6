"""Charts for a page or a slide: what is ranked, what moved, what is shared, when the conventions end."""

from sdsf_analysis.figures.bars import ranked_bars
from sdsf_analysis.figures.curve import coverage_curve
from sdsf_analysis.figures.lorenz import lorenz_curve
from sdsf_analysis.figures.steps import Step, steps_chart
from sdsf_analysis.figures.timeline import ctg_timeline

__all__ = ["Step", "coverage_curve", "ctg_timeline", "lorenz_curve", "ranked_bars", "steps_chart"]
