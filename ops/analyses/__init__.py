"""The analyses of the house: this list is all that registers them."""

from ops.analysis import AnyAnalysis

ANALYSES: tuple[AnyAnalysis, ...] = ()
