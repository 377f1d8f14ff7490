"""The switches of Pyomo that turn rules into templates, and the state they are left in."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC
from pyomo.core.base import constraint, objective


@contextmanager
def templating() -> Generator[None]:
    """Template rules while the block runs; the switches of the process are put back after it.

    A rule that cannot be templated is expanded index by index, silently. The garbage collector
    rests meanwhile: a model is made of many small objects that all stay.
    """
    before = (constraint.TEMPLATIZE_CONSTRAINTS, objective.TEMPLATIZE_OBJECTIVES)
    constraint.TEMPLATIZE_CONSTRAINTS = True
    objective.TEMPLATIZE_OBJECTIVES = True
    try:
        with PauseGC():
            yield
    finally:
        constraint.TEMPLATIZE_CONSTRAINTS, objective.TEMPLATIZE_OBJECTIVES = before


def templated(*sets: Any, rule: Any) -> Any:
    """Constraint by `rule` over `sets`; Pyomo cannot template a rule whose index is empty."""
    return pyo.Constraint(*sets, rule=rule) if all(map(len, sets)) else pyo.Constraint(*sets)
