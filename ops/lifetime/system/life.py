"""Lives of parts: survival over times, also of copies that follow each other (cold standby)."""

from collections.abc import Mapping
from math import log

import numpy as np
from scipy.special import ndtr, ndtri

from ops.lifetime.system.diagram import (
    Diagram,
    ExponentialPart,
    FixedPart,
    LognormalPart,
    Part,
    Standby,
    WeibullPart,
)
from ops.values import FloatArray

CELLS = 2048  # of a life's time, up to the longest asked one, when lives are added


def survival(part: Part, t: FloatArray, scale: float = 1.0) -> FloatArray:
    """Probability that a part lasts beyond `t`, its times being `scale` as long; shape as `t`."""
    at = np.asarray(t, dtype=np.float64) / scale
    match part:
        case WeibullPart():
            return np.exp(-((at / part.eta) ** part.beta))
        case ExponentialPart():
            return np.exp(-at / part.mtbf)
        case LognormalPart():
            line = np.log(np.maximum(at, 1e-300) / part.median) / part.sigma
            return np.asarray(ndtr(-line))
        case FixedPart():
            return np.full(at.shape, part.reliability)


def typical_life(diagram: Diagram, scales: Mapping[str, float]) -> float:
    """Shortest scale of a part's life, in the diagram's unit; 1 where no part has a life."""
    lives: list[float] = []
    for name, part in diagram.parts.items():
        match part:
            case WeibullPart():
                lives.append(part.eta * scales.get(name, 1.0))
            case LognormalPart():
                lives.append(part.median * scales.get(name, 1.0))
            case ExponentialPart():
                lives.append(part.mtbf * scales.get(name, 1.0))
            case FixedPart():
                pass
    return min(lives, default=1.0)


def scale_draws(part: Part, confidence: float, z: FloatArray) -> FloatArray:
    """Factors on a part's times that its interval stands for, from standard normal draws `z`."""
    if isinstance(part, FixedPart) or part.factor == 1.0:
        return np.ones_like(z)
    sd = log(part.factor) / float(ndtri(0.5 + confidence / 2.0))
    return np.exp(sd * z)


def standby_survival(block: Standby, part: Part, t: FloatArray, scale: float = 1.0) -> FloatArray:
    """Probability that a part and the copies that wait for it last beyond `t`, shape as `t`.

    Exponential lives have a closed form (Poisson); else lives are added on a grid by the Fourier
    transform, each cell's share at its middle; the first life, which needs no sum, is exact.
    """
    at = np.asarray(t, dtype=np.float64)
    if isinstance(part, ExponentialPart):
        rate = at / (part.mtbf * scale)
        term, total = np.exp(-rate), np.zeros_like(at)
        for spare in range(block.spares + 1):
            total = total + block.switch**spare * term
            term = term * rate / (spare + 1)
        return total
    return _added(block, part, at, scale)


def _added(block: Standby, part: Part, at: FloatArray, scale: float) -> FloatArray:
    longest = float(at.max())
    if longest <= 0.0:
        return np.ones_like(at)
    edges = np.linspace(0.0, longest, CELLS + 1)
    share = -np.diff(survival(part, edges, scale))
    size = 2 * CELLS
    turned = np.fft.rfft(share, size)
    total, each = np.zeros(CELLS + 1), share
    for spare in range(1, block.spares + 1):
        # cut at the longest time before the next life is added: what wraps round would come back
        each = np.fft.irfft(np.fft.rfft(each, size) * turned, size)[:CELLS]
        sums = np.cumsum(each)
        # a sum of j lives on middles lies j / 2 cells beyond the sum of their cells
        place = (np.arange(CELLS) + 0.5 + (spare + 1) / 2.0) * edges[1]
        by = np.interp(edges, np.concatenate([[0.0], place]), np.concatenate([[0.0], sums]))
        last = spare == block.spares
        weight = block.switch**spare * (1.0 if last else 1.0 - block.switch)
        total = total + weight * by
    alone = (1.0 - block.switch) * (1.0 - survival(part, at, scale))
    found: FloatArray = 1.0 - alone - np.interp(at, edges, total)
    return np.clip(found, 0.0, 1.0)
