"""Evidence against the honesty of probabilities that may be looked at every night.

If the probabilities are true, the likelihood ratio of any other forecast against them is a fair
game: its mean stays 1, and it ever exceeds 1 / a with a chance of at most a (Ville 1939), however
often one looks. Here the other forecasts are the same log-odds moved up or down, drawn together or
apart; the evidence is the mean of their ratios.

References
----------
Arnold, Henzi and Ziegel (2023), Int. J. Forecasting 39(3), 1175-1194 (sequentially valid tests of
calibration); Shafer (2021), J. R. Statist. Soc. A 184(2), 407-431 (likelihood ratios as bets).
"""

import numpy as np
from scipy.special import log_expit, logit, logsumexp

from ops.values import BoolArray, FloatArray

CLIP = 1e-6
BETS = (
    (0.4, 1.0), (-0.4, 1.0), (0.8, 1.0), (-0.8, 1.0), (1.6, 1.0), (-1.6, 1.0),
    (0.0, 0.5), (0.0, 0.75), (0.0, 1.4),
)  # fmt: skip


def evidence(event: BoolArray, probability: FloatArray) -> FloatArray:
    """Logarithm of the evidence after each row, shape (n,); above log(1 / a) at level a.

    Parameters
    ----------
    event, probability : shape (n,)
        In the order in which rows happened; each row's chance, given those before, is what is
        judged.
    """
    if event.size == 0:
        return np.zeros(0)
    said = logit(np.clip(probability, CLIP, 1.0 - CLIP))
    middle = float(np.mean(said[: max(1, said.size // 10)]))
    told = _log_chance(event, said)
    bets = [
        np.cumsum(_log_chance(event, middle + slope * (said - middle) + move) - told)
        for move, slope in BETS
    ]
    return np.asarray(logsumexp(np.array(bets), axis=0) - np.log(len(BETS)))


def _log_chance(event: BoolArray, score: FloatArray) -> FloatArray:
    return np.asarray(log_expit(np.where(event, score, -score)))
