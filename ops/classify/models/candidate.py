"""Candidates of a search: the defaults of each kind, then settings drawn from declared ranges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel

from ops.classify.models.settings import (
    BoostingSettings,
    DecisionTreeSettings,
    EbmSettings,
    ExtraTreesSettings,
    LightgbmSettings,
    LogisticSettings,
    MlpSettings,
    ModelSettings,
    RandomForestSettings,
    XgboostSettings,
)
from ops.errors import BadData, Problem

Draw = Callable[[np.random.Generator], Any]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from low to high, evenly in their logarithm; whole ones if `whole`."""

    low: float
    high: float
    whole: bool = False

    def __call__(self, rng: np.random.Generator) -> float | int:
        """Draw one number."""
        found = float(np.exp(rng.uniform(np.log(self.low), np.log(self.high))))
        return round(found) if self.whole else float(f"{found:.3g}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Values that are equally likely."""

    values: tuple[Any, ...]

    def __call__(self, rng: np.random.Generator) -> Any:
        """Draw one value."""
        return self.values[int(rng.integers(len(self.values)))]


_BOOSTING: dict[str, Draw] = {
    "rounds": Range(50, 600, whole=True),
    "learning_rate": Range(0.02, 0.3),
    "max_leaves": Range(4, 63, whole=True),
    "min_samples_leaf": Range(2, 60, whole=True),
    "l2": Range(1e-3, 10.0),
}
_SAMPLED: dict[str, Draw] = {
    **_BOOSTING,
    "rows_share": OneOf((0.6, 0.8, 1.0)),
    "columns_share": OneOf((0.5, 0.8, 1.0)),
}
_FOREST: dict[str, Draw] = {
    "max_depth": OneOf((None, 6, 10, 16)),
    "min_samples_leaf": Range(1, 20, whole=True),
    "features_per_split": OneOf(("sqrt", "log2", 0.3, 0.6, 1.0)),
}
RANGES: dict[str, tuple[type[BaseModel], dict[str, Draw]]] = {
    "logistic": (
        LogisticSettings,
        {
            "penalty": OneOf(("l2", "l1", "elastic-net")),
            "strength": Range(1e-3, 1e3),
            "l1_ratio": OneOf((0.1, 0.5, 0.9)),
        },
    ),
    "decision-tree": (
        DecisionTreeSettings,
        {
            "max_depth": Range(2, 16, whole=True),
            "min_samples_leaf": Range(2, 60, whole=True),
            "pruning": Range(1e-6, 1e-2),
        },
    ),
    "random-forest": (RandomForestSettings, _FOREST),
    "extra-trees": (ExtraTreesSettings, _FOREST),
    "gradient-boosting": (BoostingSettings, _BOOSTING),
    "mlp": (
        MlpSettings,
        {
            "layers": OneOf(((16,), (32,), (64,), (32, 16), (64, 32))),
            "l2": Range(1e-5, 1.0),
            "learning_rate": Range(3e-4, 1e-2),
        },
    ),
    "lightgbm": (LightgbmSettings, _SAMPLED),
    "xgboost": (XgboostSettings, _SAMPLED),
    "ebm": (
        EbmSettings,
        {"interactions": OneOf((0, 3, 10)), "learning_rate": Range(0.005, 0.1)},
    ),
}


def draw_candidates(kinds: Sequence[str], count: int, *, seed: int) -> tuple[ModelSettings, ...]:
    """Draw different settings: the defaults of each kind, then random ones, in turn by kind.

    Parameters
    ----------
    kinds
        Kinds of model, in the order of preference.
    count
        Number of candidates; at least one per kind is given.
    seed
        The same seed gives the same candidates; more of them begin with those of fewer.

    Raises
    ------
    BadData
        If a kind is unknown or none is given.
    """
    unknown = [kind for kind in kinds if kind not in RANGES]
    if unknown or not kinds:
        told = f"unknown kind {', '.join(unknown)}" if unknown else "no kind of model"
        raise BadData(f"{told}: take some of {', '.join(RANGES)}", (Problem("/kinds", told),))
    streams = [np.random.default_rng((seed, list(RANGES).index(kind))) for kind in kinds]
    found: list[Any] = [RANGES[kind][0]() for kind in kinds]
    tries = 0
    while len(found) < count and tries < 20 * count:
        turn = tries % len(kinds)
        drawn = _drawn(kinds[turn], streams[turn])
        tries += 1
        if drawn not in found:
            found.append(drawn)
    return tuple(found)


def _drawn(kind: str, rng: np.random.Generator) -> BaseModel:
    form, ranges = RANGES[kind]
    return form(**{name: draw(rng) for name, draw in ranges.items()})
