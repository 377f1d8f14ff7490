"""Past cases as arrays: which context each had, which items were used, whether they helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ops.values import FloatArray, IntArray

Feature = tuple[str, str]  # name of a feature of the context, its level


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case: context, items that were used (actions, parts), whether they helped.

    Parameters
    ----------
    id
        Breaks ties: cases of equal rank stand in the order of their ids.
    helped
        None: not known.
    opened, known
        When it was found, and when its outcome was known; any unit of time.
    """

    id: str
    context: Mapping[str, str]
    items: tuple[str, ...] = ()
    helped: bool | None = None
    opened: float = 0.0
    known: float = 0.0


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Cases as matrices of zeros and ones.

    Parameters
    ----------
    features, items
        Names of the columns, sorted.
    x : shape (n, f)
        Whether a case has a level of a feature.
    y : shape (n, a)
        Whether an item was used.
    helped : shape (n,)
        1 helped, 0 did not, NaN not known.
    """

    features: tuple[Feature, ...]
    items: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    helped: FloatArray
    _at: Mapping[Feature, int] = field(default_factory=dict[Feature, int])

    def row(self, context: Mapping[str, str]) -> FloatArray:
        """Zeros and ones of a context, shape (f,); a level that no case had is left out."""
        row = np.zeros(len(self.features))
        for feature in context.items():
            if feature in self._at:
                row[self._at[feature]] = 1.0
        return row

    @property
    def names(self) -> IntArray:
        """Number of the name of each feature, shape (f,): levels of one name share it."""
        known = sorted({name for name, _ in self.features})
        return np.array([known.index(name) for name, _ in self.features], dtype=np.int64)


def tabled(cases: Sequence[PastCase]) -> CaseTable:
    """Write cases as matrices."""
    features = tuple(sorted({pair for case in cases for pair in case.context.items()}))
    items = tuple(sorted({item for case in cases for item in case.items}))
    at = {feature: i for i, feature in enumerate(features)}
    of_item = {item: i for i, item in enumerate(items)}
    x, y = np.zeros((len(cases), len(features))), np.zeros((len(cases), len(items)))
    for i, case in enumerate(cases):
        x[i, [at[pair] for pair in case.context.items()]] = 1.0
        y[i, [of_item[item] for item in case.items]] = 1.0
    said = [np.nan if case.helped is None else float(case.helped) for case in cases]
    return CaseTable(features, items, x, y, np.array(said), at)


def head_of(uses: Mapping[str, float], share: float = 0.8) -> frozenset[str]:
    """Items that together make the upper `share` of all uses; the others are the tail.

    Items enter from the most used down, equal ones by name, until the share is reached.

    Examples
    --------
    >>> sorted(head_of({"a": 6, "b": 2, "c": 1, "d": 1}))
    ['a', 'b']
    """
    total, reached, head = sum(uses.values()), 0.0, set[str]()
    for item in sorted(uses, key=lambda name: (-uses[name], name)):
        if reached >= share * total - 1e-9 * total:
            break
        head.add(item)
        reached += uses[item]
    return frozenset(head)


def past_of(cases: Sequence[PastCase], at: float) -> list[PastCase]:
    """Cases whose outcome was known at an instant: what came later has not been seen."""
    return [case for case in cases if case.known <= at]
