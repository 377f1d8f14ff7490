"""Life tests of bonded devices: two competing failure modes, censored, at three temperatures.

A device fails by the mode that comes first. Ball lift (growth of the intermetallic layer) is
Weibull, heel crack lognormal; both are accelerated by temperature as Arrhenius says:
``scale(T) = scale(T0) exp(E / k (1/T - 1/T0))``.
"""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.values import BoolArray, FloatArray, IntArray

BOLTZMANN_EV = 8.617333262e-5  # eV/K, CODATA 2018
ZERO_C = 273.15
MODES = ("", "ball-lift", "heel-crack")


@dataclass(frozen=True, slots=True)
class LifeTestPlan:
    """The planted truth of the life tests.

    Parameters
    ----------
    temperatures_c
        Stress temperatures; `units` devices of each product in each.
    end_h, readout_h
        End of the test, and hours between electrical readouts: a failure is seen at the next one.
    withdrawn
        Share of the devices that are taken out at a random time, before they failed.
    lift_shape, lift_scale_h, lift_ev
        Weibull shape; scale at `reference_c`; activation energy.
    crack_sigma, crack_median_h, crack_ev
        Lognormal sigma of the natural logarithm; median at `reference_c`; activation energy.
    """

    temperatures_c: tuple[float, ...] = (150.0, 175.0, 200.0)
    products: tuple[str, ...] = ("QFN32-CU20", "QFN32-AU25")
    units: int = 77
    end_h: float = 2000.0
    readout_h: float = 168.0
    withdrawn: float = 0.05
    reference_c: float = 175.0
    lift_shape: float = 2.8
    lift_scale_h: float = 1900.0
    lift_ev: float = 0.9
    crack_sigma: float = 0.55
    crack_median_h: float = 3000.0
    crack_ev: float = 0.35


@dataclass(frozen=True, slots=True)
class LifeTests:
    """One row for each device on test.

    Parameters
    ----------
    product : shape (n,)
        Index into `LifeTestPlan.products`.
    temperature_c : shape (n,)
        Stress temperature.
    hours : shape (n,)
        Exact time to failure, or the time on test where it did not fail.
    failed : shape (n,)
        False: censored at `hours`, at the end or because it was withdrawn.
    mode : shape (n,)
        Index into `MODES`; 0 where it did not fail.
    last_good_h, seen_h : shape (n,)
        The readouts between which it failed; where it did not, the time on test and infinity.
    """

    product: IntArray
    temperature_c: FloatArray
    hours: FloatArray
    failed: BoolArray
    mode: IntArray
    last_good_h: FloatArray
    seen_h: FloatArray


def simulate_life_tests(plan: LifeTestPlan, *, seed: int) -> LifeTests:
    """Put every device on test."""
    rng = stream(seed, "life tests")
    per_cell = plan.units
    cells = len(plan.products) * len(plan.temperatures_c)
    product = np.repeat(np.arange(len(plan.products)), per_cell * len(plan.temperatures_c))
    each = np.repeat(np.array(plan.temperatures_c), per_cell)
    temperature = np.tile(each, len(plan.products))
    n = cells * per_cell
    lift = scale_h(plan.lift_scale_h, plan.lift_ev, temperature, plan) * rng.weibull(
        plan.lift_shape, n
    )
    crack = scale_h(plan.crack_median_h, plan.crack_ev, temperature, plan) * rng.lognormal(
        0.0, plan.crack_sigma, n
    )
    taken_out = np.where(
        rng.uniform(size=n) < plan.withdrawn, rng.uniform(0.0, plan.end_h, n), plan.end_h
    )
    life = np.minimum(lift, crack)
    failed = life <= taken_out
    hours: FloatArray = np.round(np.minimum(life, taken_out), 1).astype(np.float64)
    last_good = np.floor(hours / plan.readout_h) * plan.readout_h
    return LifeTests(
        product=product,
        temperature_c=temperature,
        hours=hours,
        failed=failed,
        mode=np.where(failed, np.where(lift <= crack, 1, 2), 0),
        last_good_h=np.where(failed, last_good, hours),
        seen_h=np.where(failed, np.minimum(last_good + plan.readout_h, plan.end_h), np.inf),
    )


def scale_h(
    at_reference: float, ev: float, temperature_c: FloatArray, plan: LifeTestPlan
) -> FloatArray:
    """Scale of a mode at temperatures, hours (Arrhenius)."""
    inverse = 1.0 / (temperature_c + ZERO_C) - 1.0 / (plan.reference_c + ZERO_C)
    scale: FloatArray = at_reference * np.exp(ev / BOLTZMANN_EV * inverse)
    return scale
