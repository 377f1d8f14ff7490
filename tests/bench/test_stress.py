"""Outcomes of a stress test, warm in one solver, beside a model built and solved for each."""

import time

import numpy as np
import pytest

from solvers.network.outcome import Options
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.recourse import Recourse, Terms
from tests.bench.networks import distribution

pytestmark = pytest.mark.benchmark

OUTCOMES, COLD = 100, 10


def test_outcomes_beside_models_built_anew() -> None:
    network = distribution(60, plants=4, centres=10, commodities=3, periods=6)
    open_ = {(c, p): True for c in network.sites.code for p in network.periods}
    case = Disruption(code="x", lost_sites=(network.sites.code[5],), duration_days=14.0)
    terms = Terms(penalty=100.0, options=Options(relaxed=True, duals=False))
    rng = np.random.default_rng(1)
    factors = rng.uniform(0.6, 1.4, (OUTCOMES, *network.demands.quantity.shape))
    top = factors.max(axis=0)
    begun = time.process_time()
    model = Recourse(network, Start(open=open_), case, terms, top)
    warm = [model.answer(factor).cost for factor in factors]
    warm_s = (time.process_time() - begun) / OUTCOMES
    begun = time.process_time()
    cold = [
        Recourse(network, Start(open=open_), case, terms, top).answer(factor).cost
        for factor in factors[:COLD]
    ]
    cold_s = (time.process_time() - begun) / COLD
    assert warm[:COLD] == pytest.approx(cold, rel=1e-7)
    columns = network.arcs.lane.size * network.horizon
    print(
        f"{columns} flows: {1 / warm_s:.1f} outcomes/s warm, {1 / cold_s:.1f} cold: "
        f"{cold_s / warm_s:.2f} x"
    )
