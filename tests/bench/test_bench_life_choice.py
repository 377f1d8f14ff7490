"""A comparison of all candidates beside `reliability`: as likely, and how much sooner."""

import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.data import LifeData, failures_and_suspensions
from ops.lifetime.families.candidate import DIRECT

mpl.use("Agg")  # the peer loads its plots with its fits
pytestmark = pytest.mark.benchmark

THEIRS = {  # ours -> the same family there, which knows no negative threshold either
    "weibull": "Weibull_2P",
    "lognormal": "Lognormal_2P",
    "loglogistic": "Loglogistic_2P",
    "exponential": "Exponential_1P",
    "gamma": "Gamma_2P",
    "normal": "Normal_2P",
    "gumbel": "Gumbel_2P",
}


def lives(seed: int, n: int, share: float) -> LifeData:
    times = 100 * np.random.default_rng(seed).weibull(2.0, n)
    end = float(np.quantile(times, share))
    return failures_and_suspensions(times[times <= end], np.full((times > end).sum(), end))


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


@pytest.mark.parametrize("share", [1.0, 0.5], ids=["complete", "half censored"])
def test_all_candidates_of_20_lives_beside_fit_everything(share: float) -> None:
    fitters = pytest.importorskip("reliability.Fitters")
    data = lives(1, 20, share)
    failed = data.lower[data.exact].tolist()
    lasted = data.lower[data.right].tolist() or None

    def everything() -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return fitters.Fit_Everything(
                failures=failed,
                right_censored=lasted,
                print_results=False,
                show_histogram_plot=False,
                show_PP_plot=False,
                show_probability_plot=False,
                show_best_distribution_probability_plot=False,
            )

    ours = compare_families(data, DIRECT)
    found = everything()
    for name, theirs in THEIRS.items():
        rival = ours.rival(name)
        assert rival is not None
        peer = float(found.results.set_index("Distribution").loc[theirs, "Log-likelihood"])
        assert rival.loglik >= peer - 1e-8 * abs(peer), name
    slow, fast = _seconds(everything, 1), _seconds(lambda: compare_families(data, DIRECT), 30)
    print(f"\n{1e3 * slow:.0f} ms against {1e3 * fast:.2f} ms, {slow / fast:.0f} times")
    assert slow / fast >= 50


def test_anderson_darling_ranks_as_reliability_does() -> None:
    fitters = pytest.importorskip("reliability.Fitters")
    data = lives(3, 25, 0.6)
    failed, lasted = data.lower[data.exact].tolist(), data.lower[data.right].tolist()
    ours = compare_families(data, ("weibull", "lognormal", "loglogistic"))
    for name in ("weibull", "lognormal", "loglogistic"):
        fitter = getattr(fitters, f"Fit_{THEIRS[name]}")
        peer = fitter(failed, lasted, show_probability_plot=False, print_results=False)
        rival = ours.rival(name)
        assert rival is not None
        assert rival.anderson_darling == pytest.approx(peer.AD, rel=2e-3)
