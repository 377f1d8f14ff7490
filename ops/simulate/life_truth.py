"""What is planted in the life tests of the demo plant, in words and numbers."""

from ops.simulate.field_returns import FieldPlan
from ops.simulate.layer_growth import GrowthPlan
from ops.simulate.life_lots import LifeLotPlan
from ops.simulate.plant import Plant
from ops.simulate.repairs import RepairPlan
from ops.simulate.truth import PlantedCause


def planted_lives(plant: Plant) -> tuple[PlantedCause, ...]:
    """Return what is planted in the life tests of the first site, beside the storage."""
    site = plant.sites[0].code
    repairs = RepairPlan(worn=plant.causes.drift.bonder)
    return (
        _bad_lots(LifeLotPlan(), site),
        _worn_head(repairs, site),
        _field(FieldPlan(), site),
        _layer(GrowthPlan(), site),
    )


def _bad_lots(lots: LifeLotPlan, site: str) -> PlantedCause:
    names = " and ".join(lots.code_of(at) for at in lots.bad)
    words = (
        f"Lots {names} live {lots.bad_life:g} times as long as the other"
        f" {lots.lots - len(lots.bad)} lots, whose life is Weibull with shape {lots.shape:g} and"
        f" scale {lots.scale_h:g} h, the scale scattering by {100 * lots.spread:g} %."
    )
    return PlantedCause(
        "lots", "bad lots", site, f"OLT-{lots.product}", "lot", names, None, lots.bad_life,
        "ratio of lives", words,
        ("lifetime-batch: 2 of 24 populations fail sooner than the usual spread explains",),
    )  # fmt: skip


def _worn_head(repairs: RepairPlan, site: str) -> PlantedCause:
    words = (
        f"The bond head of {repairs.worn} wears at its bearing: repairs come as age to the power"
        f" {repairs.worn_beta:g}, {repairs.worn_repairs:g} expected in {repairs.hours:g} h; a sound"
        f" head has {repairs.repairs:g}, as often at every age."
    )
    return PlantedCause(
        "repairs", "worn bond head", site, "BOND-HEADS", "system", repairs.worn, None,
        repairs.worn_beta, "exponent of age", words,
        (f"repairable-trend: more often than chance explains, {repairs.worn} most",),
    )  # fmt: skip


def _field(field: FieldPlan, site: str) -> PlantedCause:
    words = (
        f"Life in service is Weibull with shape {field.shape:g} and scale {field.scale_d:g} d;"
        f" failures are reported {field.delay_d:g} d later on average;"
        f" {100 * field.leakage:g} % are leakage."
    )
    return PlantedCause(
        "field", "returns", site, f"FIELD-{field.product}", "mode", "all", None, field.shape,
        "Weibull shape", words, ("warranty-forecast: ... returns are expected over the next ...",),
    )  # fmt: skip


def _layer(growth: GrowthPlan, site: str) -> PlantedCause:
    words = (
        f"The layer grows with the root of time, {growth.speed:g} um per root of an hour (median;"
        f" {100 * growth.speed_spread:g} % between bonds) from {growth.start_um:g} um on."
    )
    return PlantedCause(
        "layer", "growing layer", site, f"IMC-{growth.product}", "unit", "all", None, growth.speed,
        "um/sqrt(h)", words, ("degradation-life: of the units meet the limit not before ...",),
    )  # fmt: skip
