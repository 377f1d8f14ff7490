"""The analyses of the house: this list is all that registers them."""

from ops.analyses.capability import CAPABILITY
from ops.analysis import AnyAnalysis

ANALYSES: tuple[AnyAnalysis, ...] = (CAPABILITY,)
