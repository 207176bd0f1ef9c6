"""Charts for a page or a slide: what is ranked, what moved, what is shared, the conventions, the plan."""

from sdsf_analysis.figures.actions_calendar import actions_calendar
from sdsf_analysis.figures.bars import ranked_bars
from sdsf_analysis.figures.cascades import balance_chart, change_chart
from sdsf_analysis.figures.curve import coverage_curve
from sdsf_analysis.figures.heat import heat_table
from sdsf_analysis.figures.lorenz import lorenz_curve
from sdsf_analysis.figures.plan_bars import actions_bars
from sdsf_analysis.figures.plan_paths import progress_paths
from sdsf_analysis.figures.stacked import stacked_bars
from sdsf_analysis.figures.steps import Step, steps_chart
from sdsf_analysis.figures.strip import strip_chart
from sdsf_analysis.figures.timeline import ctg_timeline

__all__ = [
    "Step",
    "actions_bars",
    "actions_calendar",
    "balance_chart",
    "change_chart",
    "coverage_curve",
    "ctg_timeline",
    "heat_table",
    "lorenz_curve",
    "progress_paths",
    "ranked_bars",
    "stacked_bars",
    "steps_chart",
    "strip_chart",
]
