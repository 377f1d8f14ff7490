"""What is planted for models and rankings to find, in words and numbers."""

from collections.abc import Mapping

from ops.simulate.action_cases import ActionPlan
from ops.simulate.defects import SIGNALS
from ops.simulate.head_signals import TracePlan
from ops.simulate.inspected_bonds import EVENT, InspectionPlan, inspection_of
from ops.simulate.plant import DAY_US, Plant
from ops.simulate.truth import PlantedCause


def planted_learning(
    plant: Plant, ends: Mapping[str, int], cases: ActionPlan
) -> tuple[PlantedCause, ...]:
    """Return what is planted in the datasets of the first site and the alerts of the last."""
    plan, traces = inspection_of(plant), TracePlan()
    first, last = plant.sites[0].code, plant.sites[-1].code
    start, end = (100 * share for share in traces.sagging)
    return (
        _lifted(plan, first),
        _moved_current(plan, plant, ends[first]),
        PlantedCause(
            "sag", "sag of a trace", first, "bond-traces", "pull test", "lifted", None,
            traces.sag_ma, "mA",
            f"The ultrasonic current of a bond that lifts sags by {traces.sag_ma:g} mA between"
            f" {start:g} and {end:g} % of the bond time; its force is sound.",
            ("trace-classifier-train: The stretch from ... of us_current matters most",),
        ),
        PlantedCause(
            "remedies", "remedies by context", last, "alerts", "actions", "what helped", None,
            cases.right, "probability",
            f"Of {cases.cases} past alerts each context has one remedy of {cases.items}, which"
            f" helps with probability {cases.right:g}; any other helps with {cases.wrong:g}, and"
            " people reach for three habitual actions first.",
            ("action-ranking: ... % stood among the first 5; by popularity alone ... %",),
        ),
    )  # fmt: skip


def _lifted(plan: InspectionPlan, site: str) -> PlantedCause:
    shifts = plan.defects.shifts[EVENT]
    at = max(range(len(shifts)), key=lambda i: abs(shifts[i]))
    told = ", ".join(
        f"{s.name} {shift:+g}" for s, shift in zip(SIGNALS, shifts, strict=True) if shift
    )
    return PlantedCause(
        "lifted", "cause of lifted balls", site, "bond-defects", "signal", SIGNALS[at].name, None,
        shifts[at], "standard deviations",
        f"A lifted ball moves {told} standard deviations of good bonds;"
        f" {100 * plan.defects.confused:g} % of the labels are wrong.",
        ("classifier-train: ultrasonic_current is the first of what matters",),
    )  # fmt: skip


def _moved_current(plan: InspectionPlan, plant: Plant, end_us: int) -> PlantedCause:
    signal = next(s for s in SIGNALS if s.name == "ultrasonic_current")
    amount = plan.defects.drift * signal.sigma
    since = end_us - round((1 - plan.defects.drifted_from) * plant.days * DAY_US)
    return PlantedCause(
        "current", "drift of a signal", plant.sites[0].code, "bond-defects", "signal", signal.name,
        since, amount, signal.unit,
        f"From then on the ultrasonic current of every bond is {amount:+g} {signal.unit} off; the"
        " champion was trained before.",
        ("classifier-monitor: ultrasonic_current moved by ..., 1 of 7 columns moved",),
    )  # fmt: skip
