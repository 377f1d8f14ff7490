"""MiniRocket through aeon: fitted parameters as plain arrays, one thread, no warning.

References
----------
Dempster, Schmidt and Webb (2021), MiniRocket: a very fast (almost) deterministic transform for
time series classification, KDD 27, 248-257.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.errors import NotReady
from ops.values import FloatArray

SHORTEST = 9  # points: the length of a kernel
_NAMES = ("channels_of", "channel", "dilation", "features_of", "threshold")
_WHOLE = frozenset(_NAMES[:4])


@dataclass(frozen=True)
class Kernels:
    """Dilations, channels and thresholds that a transform of traces of one length has learned.

    Parameters
    ----------
    channels, points
        Size of the traces.
    arrays
        Five arrays in aeon's order: channels of each combination, their indices, dilations,
        features of each dilation, thresholds.
    """

    channels: int
    points: int
    arrays: tuple[NDArray[Any], ...]

    @property
    def features(self) -> int:
        """Number of features."""
        return int(self.arrays[4].size)

    def apply(self, trace: FloatArray) -> FloatArray:
        """Share of positive values of each convolution, shape (n, features).

        Parameters
        ----------
        trace : shape (n, channels, points)
            Finite.

        Raises
        ------
        NotReady
            If aeon is not installed.
        """
        return np.asarray(self._ready.transform(trace), dtype=np.float64)

    @cached_property
    def _ready(self) -> Any:
        """Give aeon's transform our parameters; a fit on nothing tells it the size of traces."""
        transform = _transform(self.features)
        transform.fit(np.zeros((2, self.channels, self.points)))
        transform.parameters = self.arrays
        return transform

    def __getstate__(self) -> dict[str, Any]:
        """Fields alone: the transform is made anew where it is needed."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def to_document(self) -> dict[str, Any]:
        """Kernels as JSON; exact."""
        return {"channels": self.channels, "points": self.points} | {
            name: array.tolist() for name, array in zip(_NAMES, self.arrays, strict=True)
        }


def kernels_from(document: Mapping[str, Any]) -> Kernels:
    """Kernels of what `Kernels.to_document` gave."""
    arrays = tuple(
        np.array(document[name], dtype=np.int32 if name in _WHOLE else np.float32)
        for name in _NAMES
    )
    return Kernels(int(document["channels"]), int(document["points"]), arrays)


def fit_kernels(trace: FloatArray, count: int, seed: int) -> Kernels:
    """Kernels whose thresholds are quantiles of convolutions of training traces.

    Parameters
    ----------
    trace : shape (n, channels, points)
        Finite, at least `SHORTEST` points.
    count
        Features, rounded down to a multiple of 84 kernels.

    Raises
    ------
    NotReady
        If aeon is not installed.
    """
    transform = _transform(count, seed)
    transform.fit(trace)
    return Kernels(
        trace.shape[1], trace.shape[2], tuple(np.asarray(a) for a in transform.parameters)
    )


def _transform(count: int, seed: int | None = None) -> Any:
    try:
        from aeon.transformations.collection.convolution_based import (  # noqa: PLC0415  (numba)
            MiniRocket,
        )
    except ImportError as error:
        raise NotReady(
            "MiniRocket needs aeon, which is not installed:"
            ' pip install "longrun-ops[traces]", or use the method summary'
        ) from error
    return MiniRocket(n_kernels=max(84, count), n_jobs=1, random_state=seed)
