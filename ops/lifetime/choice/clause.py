"""A clause of a rationale: its template and what stands at each name, to be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Parameters
    ----------
    template
        English, with {names} for the values.
    values
        What stands at each name; numbers are written to 4 significant digits.

    Examples
    --------
    >>> Clause("Lognormal leads by {delta}", {"delta": 1.12544}).english()
    'Lognormal leads by 1.125'
    """

    template: str
    values: Mapping[str, float | str] = field(default_factory=dict[str, float | str])

    def english(self) -> str:
        """Say it in English."""
        said = {n: v if isinstance(v, str) else f"{v:.4g}" for n, v in self.values.items()}
        return self.template.format_map(said)
