"""What can go wrong in a solver; an infeasible model is a result, not an error."""


class SolverError(Exception):
    """The solver or its input is broken."""
