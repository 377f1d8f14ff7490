"""The characteristics of a site, as ingest needs them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_MOST = 20_000  # codes that are searched for a near one


@dataclass(frozen=True, slots=True)
class Known:
    """A characteristic: its id, its unit, what its gauge can measure (NaN: no bound)."""

    id: int
    unit: str
    gauge_lower: float = math.nan
    gauge_upper: float = math.nan


class Catalogue:
    """The characteristics of one site by code."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = dict(known)
        self._reasons: dict[str, str] = {}

    def find(self, code: str) -> Known | None:
        """Find the characteristic of a code."""
        return self._known.get(code)

    def reason(self, code: str) -> str:
        """Why an unknown code is refused, with the nearest one that is known."""
        if code in self._reasons:
            return self._reasons[code]
        near = []
        if len(self._reasons) < 1000 and len(self._known) <= _MOST and len(code) <= 100:
            near = get_close_matches(code, self._known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "define it first"
        reason = f"is no characteristic of this site; {hint}"
        if len(self._reasons) < 1000:
            self._reasons[code] = reason
        return reason
