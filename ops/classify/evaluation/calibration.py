"""Maps that make probabilities true: sigmoid, isotonic, temperature, or none."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import Any, Literal

import numpy as np
from scipy.special import expit, logit, softmax

from ops.values import BoolArray, FloatArray, IntArray

CalibrationKind = Literal["none", "sigmoid", "isotonic", "temperature"]
CLIP = 1e-6  # a probability counts as at least so much before its log-odds are taken
SHARPEST = 100.0  # bound of the inverse temperature, where classes are separated
_STEPS = 50


@dataclass(frozen=True)
class Calibration:
    """Frozen map of probabilities.

    Parameters
    ----------
    kind
        What `curves` holds.
    curves
        none: (). temperature: the inverse temperature. sigmoid: slope and intercept; isotonic:
        knots and their values, one curve after the other. Two classes have one curve, that of class
        1; more have one each, whose values are normalised.
    """

    kind: CalibrationKind = "none"
    curves: tuple[tuple[float, ...], ...] = ()

    @cached_property
    def _arrays(self) -> tuple[FloatArray, ...]:
        return tuple(np.array(c) for c in self.curves)

    def apply(self, probability: FloatArray) -> FloatArray:
        """Calibrate probabilities, shape (n, classes); rows sum to 1."""
        if self.kind == "none":
            return probability
        if self.kind == "temperature":
            sharpened: FloatArray = softmax(_logs(probability) * self.curves[0][0], axis=1)
            return sharpened
        if probability.shape[1] == 2:
            event = self._curve(0, probability[:, 1])
            return np.column_stack([1.0 - event, event])
        columns = [self._curve(k, probability[:, k]) for k in range(probability.shape[1])]
        raw: FloatArray = np.column_stack(columns)
        whole: FloatArray = raw.sum(axis=1, keepdims=True)
        return raw / whole

    def apply_row(self, probability: FloatArray) -> FloatArray:
        """Calibrate one row, shape (classes,), in a microsecond or two; as `apply` to rounding."""
        if self.kind == "none":
            return probability
        said: list[float] = probability.tolist()
        if self.kind == "temperature":
            power = self.curves[0][0]
            return _normalised([exp(power * log(min(max(p, CLIP), 1.0))) for p in said])
        if len(said) == 2:
            event = self._value(0, said[1])
            return np.array([1.0 - event, event])
        return _normalised([self._value(k, p) for k, p in enumerate(said)])

    def _value(self, place: int, p: float) -> float:
        if self.kind == "sigmoid":
            slope, intercept = self.curves[place]
            held = min(max(p, CLIP), 1.0 - CLIP)
            return _expit(slope * log(held / (1.0 - held)) + intercept)
        knots, values = self.curves[2 * place], self.curves[2 * place + 1]
        above = bisect_right(knots, p)
        if above in (0, len(knots)):
            return values[min(above, len(values) - 1)]
        share = (p - knots[above - 1]) / (knots[above] - knots[above - 1])
        return values[above - 1] + share * (values[above] - values[above - 1])

    def _curve(self, place: int, p: FloatArray) -> FloatArray:
        if self.kind == "sigmoid":
            slope, intercept = self.curves[place]
            return expit(slope * logit(np.clip(p, CLIP, 1.0 - CLIP)) + intercept)
        return np.interp(p, self._arrays[2 * place], self._arrays[2 * place + 1])

    def to_document(self) -> dict[str, Any]:
        """Write the map as JSON; exact."""
        return {"kind": self.kind, "curves": [list(c) for c in self.curves]}


def calibration_from(document: Mapping[str, Any]) -> Calibration:
    """Calibration of what `Calibration.to_document` gave, through JSON or not."""
    return Calibration(document["kind"], tuple(tuple(c) for c in document["curves"]))


def fit_calibration(kind: CalibrationKind, y: IntArray, probability: FloatArray) -> Calibration:
    """Fit a map on rows that the model has not learned from.

    Sigmoid: Platt's, on log-odds, with his smoothed targets. Isotonic: pooled adjacent violators,
    linear between knots, held within Platt's targets, so that nothing is said to be impossible.
    Both never fall; classes beyond two are fitted each against the rest. Temperature: one number
    that sharpens or dulls all classes and changes no rank of a row.

    Parameters
    ----------
    y : shape (n,)
        Class of each row.
    probability : shape (n, classes)

    References
    ----------
    Platt (1999), Advances in Large Margin Classifiers, 61-74; Zadrozny and Elkan (2002), KDD,
    694-699; Guo, Pleiss, Sun and Weinberger (2017), ICML, 1321-1330.
    """
    if kind == "none":
        return Calibration()
    if kind == "temperature":
        return Calibration(kind, ((_inverse_temperature(y, probability),),))
    columns = (1,) if probability.shape[1] == 2 else range(probability.shape[1])
    if kind == "sigmoid":
        return Calibration(kind, tuple(_sigmoid(y == k, probability[:, k]) for k in columns))
    curves = (_isotonic(y == k, probability[:, k]) for k in columns)
    return Calibration(kind, tuple(c for curve in curves for c in curve))


def smoothed_targets(event: BoolArray) -> tuple[float, float]:
    """Platt's targets of other rows and of events: 1/(N- + 2) and (N+ + 1)/(N+ + 2)."""
    events = int(event.sum())
    return 1.0 / (event.size - events + 2.0), (events + 1.0) / (events + 2.0)


def _sigmoid(event: BoolArray, p: FloatArray) -> tuple[float, float]:
    """Slope (at least 0) and intercept by Newton's method with halved steps."""
    if event.all() or not event.any():
        return 1.0, 0.0
    low, high = smoothed_targets(event)
    target = np.where(event, high, low)
    x = np.column_stack([logit(np.clip(p, CLIP, 1.0 - CLIP)), np.ones(p.size)])
    found = np.array([0.0, float(logit(target.mean()))])
    flat = found.copy()
    loss = _cross_entropy(target, x @ found)
    for _ in range(_STEPS):
        fitted = expit(x @ found)
        curvature = (x * (fitted * (1.0 - fitted))[:, None]).T @ x + 1e-12 * np.eye(2)
        step = np.linalg.solve(curvature, x.T @ (target - fitted))
        size = 1.0
        while (new := _cross_entropy(target, x @ (found + size * step))) > loss and size > 1e-8:
            size /= 2.0
        found = found + size * step if new <= loss else found
        if loss - new <= 1e-13 * abs(loss):
            break
        loss = new
    slope, intercept = found if found[0] > 0 else flat
    return float(slope), float(intercept)


def _cross_entropy(target: FloatArray, score: FloatArray) -> float:
    return float(np.sum(np.logaddexp(0.0, score) - target * score))


def _isotonic(event: BoolArray, p: FloatArray) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Knots and values: the two ends of each level of the fit."""
    if event.all() or not event.any():
        return (0.0, 1.0), (0.0, 1.0)
    from scipy.optimize import isotonic_regression  # noqa: PLC0415  (loads an optimiser)

    knots, place = np.unique(p, return_inverse=True)
    count = np.bincount(place)
    share = np.bincount(place, weights=event) / count
    fitted = np.clip(isotonic_regression(share, weights=count).x, *smoothed_targets(event))
    change = np.flatnonzero(np.diff(fitted) != 0)
    ends = np.unique(np.r_[0, change, change + 1, knots.size - 1])
    return tuple(knots[ends].tolist()), tuple(fitted[ends].tolist())


def _expit(score: float) -> float:
    return 1.0 / (1.0 + exp(-score)) if score > 0 else exp(score) / (1.0 + exp(score))


def _normalised(values: list[float]) -> FloatArray:
    whole = sum(values)
    return np.array([v / whole for v in values])


def _logs(probability: FloatArray) -> FloatArray:
    return np.log(np.clip(probability, CLIP, 1.0))


def _inverse_temperature(y: IntArray, probability: FloatArray) -> float:
    """Minimum of the log-loss, convex in the inverse temperature: bisection of its slope."""
    logs = _logs(probability)
    true = float(np.take_along_axis(logs, y[:, None], axis=1).sum())
    low, high = 0.0, SHARPEST
    for _ in range(2 * _STEPS):
        middle = (low + high) / 2.0
        slope = float((softmax(logs * middle, axis=1) * logs).sum()) - true
        low, high = (low, middle) if slope > 0 else (middle, high)
        if high - low < 1e-10 * high:
            break
    return (low + high) / 2.0
