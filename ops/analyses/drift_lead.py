"""Which piece of evidence leads: what a verdict claims, and when that began."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

MECHANISMS = ("trend", "step", "level", "corrections", "spread", "near-limit", "group", "shape")
_FIRST = ("bend", "cusum")  # methods that tell the begin


class Piece(Protocol):
    """What is asked of a piece of evidence."""

    @property
    def mechanism(self) -> str:
        """What is claimed."""
        ...

    @property
    def method(self) -> str:
        """Method that claims it."""
        ...

    @property
    def p_value(self) -> float | None:
        """Of the null."""
        ...

    @property
    def since(self) -> int | None:
        """When it began."""
        ...

    @property
    def present(self) -> bool | None:
        """Whether it counts."""
        ...


P = TypeVar("P", bound=Piece)


def leading(evidence: Iterable[P]) -> P | None:
    """Return the piece that leads: of the first mechanism that counts; None if none does.

    Of steps it is the last, of the others the method that tells the begin, else the smallest
    p-value.
    """
    present = [one for one in evidence if one.present]
    for mechanism in MECHANISMS:
        of = [one for one in present if one.mechanism == mechanism]
        if of and mechanism == "step":
            return max(of, key=lambda one: one.since or 0)
        if of:
            return min(of, key=lambda one: (one.method not in _FIRST, _p(one)))
    return None


def _p(one: Piece) -> float:
    return 1.0 if one.p_value is None else one.p_value
