"""Conventions territoriales globales (CTG): every question that can be put to them, under one name.

Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01 du 16 janvier 2020). What counts as
covered is said in ``conventions``.
"""

from sdsf_analysis.indicators.conventions import covered_communes, ctg_at, ctg_states
from sdsf_analysis.indicators.counters import ctg_counters
from sdsf_analysis.indicators.coverage import ctg_coverage
from sdsf_analysis.indicators.differences import explain_difference
from sdsf_analysis.indicators.gaps import ctg_gaps
from sdsf_analysis.indicators.history import ctg_history
from sdsf_analysis.indicators.officers import network_meetings, officers_by
from sdsf_analysis.indicators.partners import ctg_partners_matrix
from sdsf_analysis.indicators.renewals import ctg_renewals

__all__ = [
    "covered_communes",
    "ctg_at",
    "ctg_counters",
    "ctg_coverage",
    "ctg_gaps",
    "ctg_history",
    "ctg_partners_matrix",
    "ctg_renewals",
    "ctg_states",
    "explain_difference",
    "network_meetings",
    "officers_by",
]
