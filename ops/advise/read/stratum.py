"""The stratum that a verdict names as guilty, the same for every study of capability."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from ops.page import Verdict


class _Level(Protocol):
    @property
    def factor(self) -> str: ...
    @property
    def level(self) -> str: ...


S = TypeVar("S", bound=_Level)


def guilty_of(strata: Sequence[S], verdict: Verdict) -> S | None:
    """Return the stratum that a verdict names; None if it names none of them."""
    factors = {} if verdict.subject is None else verdict.subject.factors
    return next((s for s in strata if factors.get(s.factor) == s.level), None)
