"""The ground truth in words and numbers: what was planted, where, since when, how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from statistics import stdev

from ops.simulate.defects import DefectPlan
from ops.simulate.life import LifeTestPlan
from ops.simulate.measurand import CORRECTION_LIMIT_UM, code_of
from ops.simulate.network import NetworkPlan
from ops.simulate.plant import DAY_US, Plant
from ops.simulate.tooling import BAD_BOX, box_code

_BEYOND = "one point beyond 4.5 sigma"


@dataclass(frozen=True, slots=True)
class PlantedCause:
    """One planted cause.

    Parameters
    ----------
    name, kind
        Its name in `PlantedCauses`, and what it is.
    site, characteristic, factor, level
        Where: the stratum of the characteristic that shows it.
    since_us
        Microseconds since 1970 UTC; None where it has no beginning in the record.
    magnitude, unit
        How much.
    words
        One sentence.
    found
        What of the service finds it, with the words that appear.
    """

    name: str
    kind: str
    site: str
    characteristic: str
    factor: str
    level: str
    since_us: int | None
    magnitude: float
    unit: str
    words: str
    found: tuple[str, ...] = ()


def planted(plant: Plant, ends: Mapping[str, int]) -> tuple[PlantedCause, ...]:
    """Every cause that is planted in the measurements.

    Parameters
    ----------
    ends
        For each site code, the end of its record: microseconds since 1970 UTC.
    """
    return (
        _drift(plant, ends),
        _step(plant, ends),
        _mixture(plant, ends),
        _corrections(plant, ends),
        _gauge(plant, ends),
        _study(plant),
    )


def _drift(plant: Plant, ends: Mapping[str, int]) -> PlantedCause:
    cause = plant.causes.drift
    site, code = _of_bonder(plant, cause.bonder)
    total = cause.um_per_day * min(cause.since_days, plant.days)
    words = (
        f"The loop height of bonder {cause.bonder} creeps by {cause.um_per_day:+.3g} µm a day,"
        f" {total:+.3g} µm in the record."
    )
    since = ends[site] - round(cause.since_days * DAY_US)
    return PlantedCause(
        "drift", "slow drift", site, code, "tool", cause.bonder, since, cause.um_per_day, "µm/day",
        words,
        (
            _alert(f"{code}, tool {cause.bonder}", _BEYOND),
            "long-term-capability: falls by ... a month; the process is not stable",
            f"loop-program-calibration: {cause.bonder} {code} by ...: its error is ...",
            f"drift-screen: {cause.bonder}: the mean moves by ... since ...",
            f"drift: {cause.bonder}: it moves by ...; it began about ...; its mean meets a limit in"
            " ... days",
        ),
    )  # fmt: skip


def _step(plant: Plant, ends: Mapping[str, int]) -> PlantedCause:
    cause = plant.causes.step
    site, code = _of_bonder(plant, cause.bonder)
    words = (
        f"Bonder {cause.bonder} came back from maintenance with its loop height moved by"
        f" {cause.um:+.3g} µm."
    )
    since = ends[site] - round(cause.since_days * DAY_US)
    return PlantedCause(
        "step", "step after maintenance", site, code, "tool", cause.bonder, since, cause.um, "µm",
        words,
        (
            _alert(f"{code}, tool {cause.bonder}", _BEYOND)
            + ", with the maintenance among its last events",
            "long-term-capability: the process is not stable",
            f"drift-screen: {cause.bonder}: the mean moved at once by ...;"
            " about ... h after Preventive maintenance",
            f"drift: {cause.bonder}: it stepped by ... on ...; ... min after the maintenance",
        ),
    )  # fmt: skip


def _mixture(plant: Plant, ends: Mapping[str, int]) -> PlantedCause:
    cause = plant.causes.mixture
    index = [p.code for p in plant.products].index(cause.product)
    lot = box_code(index, BAD_BOX)
    words = (
        f"Of the devices bonded with capillaries of lot {lot}, {100 * cause.share:g} % have loops"
        f" {cause.um:+.3g} µm off: two populations in one lot. It was put in from the day given"
        " on, beside a sound lot."
    )
    since = ends[cause.site] - round(plant.capillary.box_days * DAY_US)
    return PlantedCause(
        "mixture", "mixture in a capillary lot", cause.site, code_of("loop", cause.product),
        "capillary_lot", lot, since, cause.um, "µm", words,
        (
            _alert(f"{code_of('loop', cause.product)}, tool ...", _BEYOND)
            + f", of each bonder that works with the lot, with capillary_lot {lot} in its evidence",
            f"capability: capillary_lot {lot} alone has ...",
            "long-term-capability: strata are surely below it: capillary ... reaches ... at most",
            f"tool-matching by capillary_lot: {lot} scatters ... times as much as the fleet",
        ),
    )  # fmt: skip


def _corrections(plant: Plant, ends: Mapping[str, int]) -> PlantedCause:
    cause = plant.causes.corrections
    site, _ = _of_bonder(plant, cause.bonder)
    limit = CORRECTION_LIMIT_UM
    words = (
        f"Bonder {cause.bonder} creeps by {cause.um_per_day:+.3g} µm a day, and its corrections"
        f" grow alike, towards the {limit:g} µm that its program may be moved by; its loop height"
        " stays on target."
    )
    since = ends[site] - round(cause.since_days * DAY_US)
    return PlantedCause(
        "corrections", "growing corrections", site, code_of("correction", ""), "tool",
        cause.bonder, since, cause.um_per_day, "µm/day", words,
        (
            _alert(
                f"{code_of('correction', '')}, tool {cause.bonder}",
                "the exponentially weighted average is beyond its limits",
            ),
            f"stream-screen: Loop height correction {cause.bonder}: the mean moved by ...",
            f"capability: two populations ... are mixed, told apart by tool; tool {cause.bonder}"
            " alone has ...",
            f"loop-program-calibration: {cause.bonder}: its corrections move by ... a day:"
            " they hide a creep that no chart of heights shows",
            f"drift-screen: Loop height correction {cause.bonder}: ...",
            f"drift: Loop height correction {cause.bonder}: it moves by ...",
            f"tool-matching: {cause.bonder} stands ... above the fleet",
        ),
    )  # fmt: skip


def _gauge(plant: Plant, ends: Mapping[str, int]) -> PlantedCause:
    cause = plant.causes.gauge
    found = ((s, g) for s in plant.sites for g in s.gauges if g.code == cause.gauge)
    site, gauge = next(found)
    words = (
        f"Gauge {cause.gauge} reads {cause.bias_um:+.3g} µm off, and scatters with"
        f" {cause.sigma_um:.3g} µm instead of {gauge.sigma_um:.3g} µm; the X-ray readings of the"
        " same wires, and the reference step, are sound."
    )
    since = ends[site.code] - round(cause.since_days * DAY_US)
    return PlantedCause(
        "gauge", "bad gauge", site.code, code_of("loop", gauge.products[0]), "gauge", cause.gauge,
        since, cause.bias_um, "µm", words,
        (
            _alert(f"{code_of('master', '')}, tool {cause.gauge}", _BEYOND)
            + f"; {code_of('loop', gauge.products[0])} is held too, of its bonders",
            f"metrology-agreement: {cause.gauge} stands apart with ...",
            f"capability: gauge {cause.gauge} alone has ...",
            f"stream-screen: Reference step {cause.gauge}: the mean moved by ...",
            f"drift-screen: Reference step {cause.gauge}: the mean moved at once by ...",
        ),
    )  # fmt: skip


def _study(plant: Plant) -> PlantedCause:
    """Name what the gauge study of the first site should find; the other has the same operators."""
    site, law = plant.sites[0], plant.study
    gauge = next(g for g in site.gauges if g.kind == "optical")
    tolerance = 2 * plant.product(site.products[0]).half_width_um
    share = 100 * 6 * hypot(gauge.sigma_um, stdev(law.operator_um)) / tolerance
    words = (
        f"The gauge study has a repeatability of {gauge.sigma_um:g} µm, operators that read"
        f" {', '.join(f'{um:+g}' for um in law.operator_um)} µm off, and devices that scatter with"
        f" {law.part_um:g} µm: its GRR takes {share:.3g} % of the tolerance."
    )
    return PlantedCause(
        "study", "gauge study", site.code, code_of("study", ""), "operator", "operator 1", None,
        share, "%", words,
        ("gauge-study: %GRR of tolerance ... lies between 10 % and 30 %",),
    )  # fmt: skip


def _alert(where: str, rule: str) -> str:
    return f"alert: {where}: {rule}"


def exported(
    life: LifeTestPlan, network: NetworkPlan, defects: DefectPlan
) -> tuple[PlantedCause, ...]:
    """Return what is planted in the tables that `longrun demo export` writes."""
    late, step = network.disruption, network.step
    return (
        PlantedCause(
            "life", "two failure modes", "", "life_tests", "mode", "ball-lift", None,
            life.lift_shape, "Weibull shape",
            f"Ball lift is Weibull with shape {life.lift_shape:g} and scale"
            f" {life.lift_scale_h:g} h at {life.reference_c:g} degC ({life.lift_ev:g} eV); heel"
            f" crack is lognormal with sigma {life.crack_sigma:g} and median"
            f" {life.crack_median_h:g} h ({life.crack_ev:g} eV).",
        ),
        PlantedCause(
            "disruption", "disrupted lane", "", "shipments", "lane", late.lane, None,
            late.factor, "ratio",
            f"Shipments of the days {late.first_day} to {late.last_day} on {late.lane} take"
            f" {late.factor:g} times as long.",
        ),
        PlantedCause(
            "demand", "step of demand", "", "demand", "customer", step.customer, None,
            step.factor, "ratio",
            f"{step.customer} asks for {step.factor:g} times as much from day {step.first_day} on.",
        ),
        PlantedCause(
            "labels", "confused labels", "", "defects", "label", "", None, defects.confused,
            "probability",
            f"{100 * defects.confused:g} % of the labels are wrong, and after"
            f" {100 * defects.drifted_from:g} % of the rows the ultrasonic current of every bond is"
            f" {defects.drift:+g} standard deviations off.",
        ),
    )  # fmt: skip


def _of_bonder(plant: Plant, code: str) -> tuple[str, str]:
    """Site of a bonder, and the characteristic of its loop heights."""
    pairs = ((s.code, b) for s in plant.sites for b in s.bonders)
    site, bonder = next(pair for pair in pairs if pair[1].code == code)
    return site, code_of("loop", bonder.product)
