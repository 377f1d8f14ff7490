"""One row through the features in microseconds: plain numbers, no array until the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, NoReturn

import numpy as np

from ops.classify.features.cell import Maker, Values, is_beyond, maker_of, number_of, text_of
from ops.classify.features.derive import History, sources
from ops.classify.features.part import HUGE, CategoryPart, InputColumn, NumberPart, Part
from ops.classify.features.refusal import refuse_lacking, refuse_level, refuse_missing
from ops.classify.spec import DerivedFeature
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class _CategoryStep:
    """Which feature each level sets to 1; -1: none, as for a reference."""

    column: str
    places: dict[str | None, int]
    unknown: int
    refuse: bool


class RowPlan:
    """Steps of one row, laid out once.

    Parameters
    ----------
    inputs
        Columns that are read; the numbers among them fill the first slots.
    derived
        Each, but those that are sent, fills the slot after the ones before it.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        derived: Sequence[DerivedFeature],
        inputs: Sequence[InputColumn],
    ) -> None:
        self._inputs = tuple(inputs)
        self._numbers = [c.name for c in inputs if c.type == "number"]
        slots = {name: i for i, name in enumerate(self._numbers)}
        self._turned = [(slots[c.name], c.factor, c.offset) for c in inputs if c.is_turned]
        self._makers: list[Maker] = []
        wanted = _wanted(parts, derived)
        for made in derived:
            if made.name in wanted and not isinstance(made, History):
                slots[made.name] = len(slots)
                self._makers.append(maker_of(made, slots))
        self._plain: list[tuple[int, int, float, float, float, int]] = []
        self._refused: list[tuple[int, str]] = []
        self._texts: list[_CategoryStep] = []
        width = 0
        for part in parts:
            if isinstance(part, NumberPart):
                flag = width + 1 if part.flag else -1
                step = (slots[part.column], width, part.fill, part.center, part.scale, flag)
                self._plain.append(step)
                if part.missing == "refuse":
                    self._refused.append((slots[part.column], part.column))
            else:
                self._texts.append(
                    _CategoryStep(part.column, *level_places(part, width), part.unknown == "refuse")
                )
            width += len(part.names)
        self._blank = [0.0] * width

    def __call__(self, values: Values) -> FloatArray:
        """Standardised features of one row, shape (k,)."""
        slots = self._sent(values)
        self._make(slots, values)
        cells = self._blank.copy()
        for slot, at, fill, center, scale, flag in self._plain:
            x = slots[slot]
            if x != x:  # NaN: missing
                x = fill
                if flag >= 0:
                    cells[flag] = 1.0
            cells[at] = (x - center) / scale
        for slot, name in self._refused:
            if slots[slot] != slots[slot]:
                refuse_missing(name)
        for step in self._texts:
            place = _place(step, values)
            if place >= 0:
                cells[place] = 1.0
        return np.array(cells)

    def remarks(self, values: Values) -> Iterator[str]:
        """Say what of a row training has not seen, a sentence each."""
        slots = self._sent(values)
        for column, x in zip((c for c in self._inputs if c.type == "number"), slots, strict=False):
            low, high = column.limits
            if x != x:
                if not column.seen_missing:
                    said = (
                        "beyond 1e100 and counts as missing"
                        if is_beyond(values[column.name])
                        else "missing"
                    )
                    yield f"{column.name} is {said}; no training row lacked it"
            elif not low <= x <= high:
                yield (
                    f"{column.name} is {x:.6g}, training has seen"
                    f" {column.low or 0.0:.6g} to {column.high or 0.0:.6g}"
                )
        for column in self._inputs:
            if column.type == "category":
                yield from _strange(column, values)

    def _sent(self, values: Values) -> list[float]:
        """Numbers of a row, as they are sent."""
        try:
            slots: list[Any] = [values[name] for name in self._numbers]
        except KeyError:
            self._refuse_lacking(values)
        for i, x in enumerate(slots):
            if type(x) is not float or not -HUGE <= x <= HUGE:
                slots[i] = number_of(x, self._numbers[i])
        return slots

    def _make(self, slots: list[float], values: Values) -> None:
        """Turn numbers into the units of the features and add the derived ones."""
        for slot, factor, offset in self._turned:
            x = factor * slots[slot] + offset
            slots[slot] = x if -HUGE <= x <= HUGE else nan
        for make in self._makers:
            x = make(slots, values)
            slots.append(x if -HUGE <= x <= HUGE else nan)

    def _refuse_lacking(self, values: Values) -> NoReturn:
        lacking = [c for c in self._inputs if c.name not in values]
        refuse_lacking(lacking)


def _wanted(parts: Sequence[Part], derived: Sequence[DerivedFeature]) -> set[str]:
    """Columns that the parts are made of; what only a lag is made of is not among them."""
    wanted = {part.column for part in parts}
    for made in reversed(derived):  # each is made of earlier ones
        if made.name in wanted and not isinstance(made, History):
            wanted.update(sources(made))
    return wanted


def level_places(part: CategoryPart, start: int) -> tuple[dict[str | None, int], int]:
    """Feature that each level sets to 1 (-1: none), None for a missing text; that of new levels.

    Parameters
    ----------
    start
        Index of the first feature of the part.
    """
    places: dict[str | None, int] = {level: start + i for i, level in enumerate(part.kept)}
    rare = start + len(part.kept) if part.rare else -1
    places |= dict.fromkeys(part.rare, rare)
    places |= {} if part.reference is None else {part.reference: -1}
    places[None] = start + len(part.names) - 1 if part.flag else rare
    return places, rare


def _place(step: _CategoryStep, values: Values) -> int:
    level = text_of(values, step.column)
    if level in step.places:
        return step.places[level]
    if step.refuse:
        known = sorted(known for known in step.places if known is not None)
        refuse_level(step.column, level or "", known)
    return step.unknown


def _strange(column: InputColumn, values: Values) -> Iterator[str]:
    level = text_of(values, column.name)
    if level is None:
        if not column.seen_missing:
            yield f"{column.name} is missing; no training row lacked it"
    elif level not in column.levels:
        yield f"{column.name} is {level!r}, which training has not seen"
