"""Life data of the tests of accelerated life."""

from dataclasses import replace

import numpy as np

from ops.lifetime.accelerated.term import BOLTZMANN_EV
from ops.lifetime.data import LifeData, life_data
from ops.validation.life_acceleration import device_a, insulating_fluid
from ops.validation.published import entry
from ops.values import FloatArray

DEGREES = {"temperature": "degC"}


def device() -> LifeData:
    """Device A of Meeker and Escobar."""
    return device_a(entry("life_acceleration", "device_a_cells")["inputs"])


def fluid() -> LifeData:
    """Insulating fluid of Nelson."""
    return insulating_fluid(entry("life_acceleration", "insulating_fluid_power")["inputs"])


def hot(
    times: FloatArray, degrees: FloatArray, *, end: float = np.inf, readout: float = 0.0
) -> LifeData:
    """Life data at temperatures, censored at `end` or read out every `readout`."""
    failed = times <= end
    lower = np.where(failed, times, end)
    upper = np.where(failed, times, np.inf)
    if readout:
        lower = np.where(failed, np.floor(times / readout) * readout, end)
        upper = np.where(failed, lower + readout, np.inf)
    stresses = {"temperature": np.asarray(degrees, dtype=np.float64)}
    return replace(life_data(lower, upper), stresses=stresses, stress_units=DEGREES)


def arrhenius_lives(
    rng: np.random.Generator,
    degrees: FloatArray,
    *,
    ea: float = 0.7,
    b0: float = -12.0,
    sigma: float = 0.5,
) -> FloatArray:
    """Weibull lives whose scale follows Arrhenius."""
    location = b0 + ea / (BOLTZMANN_EV * (degrees + 273.15))
    lives: FloatArray = np.exp(location + sigma * np.log(rng.exponential(size=degrees.size)))
    return lives
