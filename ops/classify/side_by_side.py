"""Versions of a model side by side: their scores, and where what made them differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

LOW = frozenset({"brier", "log_loss", "ece", "rmse", "mae", "cost"})  # scores where less is better


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """A score of one version with its interval; `split` says how it was tested."""

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    split: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score of all versions; `best` is the place of the best one, None if they are equal."""

    name: str
    high: bool
    cells: tuple[ScoreCell, ...]

    @property
    def best(self) -> int | None:
        """Place of the version with the best value, where there is just one."""
        known = [c.value for c in self.cells if c.value is not None]
        if len(known) < 2:
            return None
        top = max(known) if self.high else min(known)
        places = [i for i, c in enumerate(self.cells) if c.value == top]
        return places[0] if len(places) == 1 else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A place (JSON pointer) where documents differ, and what stands there in each."""

    pointer: str
    values: tuple[Any, ...]


def scores_of(metrics: Mapping[str, Any]) -> dict[str, ScoreCell]:
    """Scores of a version by name, the headline first; what names no split is no score.

    Examples
    --------
    >>> told = {name: {"value": 0.9, "split": "time-ordered"} for name in ("auc", "f1")}
    >>> told["headline"] = "f1"
    >>> list(scores_of(told))
    ['f1', 'auc']
    """
    found = {
        name: ScoreCell(
            _number(told.get("value")),
            _number(told.get("lower")),
            _number(told.get("upper")),
            str(told.get("split") or ""),
        )
        for name, told in metrics.items()
        if isinstance(told, Mapping) and "value" in told and "split" in told
    }
    head = metrics.get("headline")
    return dict(sorted(found.items(), key=lambda one: one[0] != head))


def side_by_side(versions: Sequence[Mapping[str, Any]]) -> tuple[ScoreRow, ...]:
    """Scores of several versions, each a row; those that only some have too."""
    scores = [scores_of(metrics) for metrics in versions]
    names = dict.fromkeys(name for told in scores for name in told)
    return tuple(
        ScoreRow(name, _is_high(name, versions), tuple(s.get(name, ScoreCell()) for s in scores))
        for name in names
    )


def differences(documents: Sequence[Mapping[str, Any]]) -> tuple[Difference, ...]:
    """Places where documents differ, in the order of the first; a missing place is None.

    Examples
    --------
    >>> differences([{"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}])
    (Difference(pointer='/b/c', values=(2, 3)),)
    """
    flat = [_flat("", document) for document in documents]
    places = dict.fromkeys(place for told in flat for place in told)
    rows = (Difference(p, tuple(told.get(p) for told in flat)) for p in places)
    return tuple(row for row in rows if any(v != row.values[0] for v in row.values[1:]))


def _flat(place: str, value: Any) -> dict[str, Any]:
    """Values at the leaves; a list of plain values is one."""
    if isinstance(value, Mapping) and value:
        inside = [(f"{place}/{key}", inner) for key, inner in value.items()]
    elif isinstance(value, list) and any(isinstance(v, Mapping | list) for v in value):
        inside = [(f"{place}/{i}", inner) for i, inner in enumerate(value)]
    else:
        return {place: value}
    return {p: v for where, inner in inside for p, v in _flat(where, inner).items()}


def _is_high(name: str, versions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether more is better: as a version says of the score or its headline, else by the name."""
    for metrics in versions:
        told = metrics.get(name)
        better = told.get("better") if isinstance(told, Mapping) else None
        if better is None and metrics.get("headline") == name:
            better = metrics.get("better")
        if better is not None:
            return bool(better == "high")
    return name not in LOW


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)
