"""The planted causes: what is wrong in the demo plant, where, since when and by how much.

Every `since_days` and `until_days` counts back from the end of the record, in calendar days.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlowDrift:
    """A bonder whose loop height creeps away, linearly in calendar time."""

    bonder: str
    since_days: float
    um_per_day: float


@dataclass(frozen=True, slots=True)
class MaintenanceStep:
    """A bonder that came back from maintenance with another loop height."""

    bonder: str
    since_days: float
    um: float


@dataclass(frozen=True, slots=True)
class HiddenMixture:
    """A capillary lot in which a share of the devices gets another loop height.

    Each device is shifted or not by itself, with the probability `share`. The lot is one of the
    two that are mounted at a site for a product during the last `CapillaryLaw.box_days` days.
    """

    site: str
    product: str
    share: float
    um: float


@dataclass(frozen=True, slots=True)
class GrowingCorrections:
    """A bonder that creeps, while its corrections keep the height on target and grow with it."""

    bonder: str
    since_days: float
    um_per_day: float


@dataclass(frozen=True, slots=True)
class BadGauge:
    """A gauge that began to read low or high, and to scatter.

    Parameters
    ----------
    bias_um
        Added to its own bias.
    sigma_um
        Standard deviation of its readings from then on.
    """

    gauge: str
    since_days: float
    bias_um: float
    sigma_um: float


@dataclass(frozen=True, slots=True)
class PlantedCauses:
    """The five causes of a plant."""

    drift: SlowDrift = SlowDrift("WB-05", since_days=20.0, um_per_day=0.35)
    step: MaintenanceStep = MaintenanceStep("WB-10", since_days=9.0, um=-5.5)
    mixture: HiddenMixture = HiddenMixture("DEMO-PG", "BGA144-CU20", share=0.3, um=7.0)
    corrections: GrowingCorrections = GrowingCorrections("WB-20", since_days=24.0, um_per_day=0.25)
    gauge: BadGauge = BadGauge("OPT-2", since_days=12.0, bias_um=-3.0, sigma_um=2.8)
