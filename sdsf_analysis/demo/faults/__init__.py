"""The fault generator: clean tables of any département, dirtied as institutions dirty theirs.

A fault is an entry of ``faults.toml`` and a small function that plants it in a draft. What it plants travels
with the cell, so that any combination keeps its addresses true; `judge` compares what a reader understood
with what each cell should give.
"""

from sdsf_analysis.demo.faults.judging import Verdict
from sdsf_analysis.demo.faults.registry import dirtied, faults
from sdsf_analysis.demo.faults.trial import draw, is_refusal, try_out
from sdsf_analysis.demo.faults.writing import write_draft

__all__ = ["Verdict", "dirtied", "draw", "faults", "is_refusal", "try_out", "write_draft"]
