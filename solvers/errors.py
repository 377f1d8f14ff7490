"""What can go wrong in a solver; an infeasible model is a result, not an error."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One wrong place of a scenario: where it stands (JSON pointer), the value, and the mend."""

    pointer: str
    detail: str


class SolverError(Exception):
    """The solver or its input is broken."""


class ScenarioError(SolverError):
    """A scenario, or an edit of one, that cannot be solved as it stands.

    Parameters
    ----------
    message
        One sentence.
    flaws
        The wrong places, each with its JSON pointer.
    """

    def __init__(self, message: str, flaws: tuple[Flaw, ...] = ()) -> None:
        super().__init__(message)
        self.flaws = flaws
