"""Which analyses speak of a topic, the most telling first."""

from collections.abc import Mapping

from ops.advise.catalogue import Topic

ANALYSES: Mapping[Topic, tuple[str, ...]] = {
    "drift": (
        "drift", "drift-screen", "stream-screen", "tool-matching", "capillary-health",
        "action-ranking", "control-chart",
    ),
    "capability": (
        "capability", "long-term-capability", "loop-clearance", "loop-program-calibration",
        "qualification-report", "phase-one", "control-chart",
    ),
    "lifetime": (
        "lifetime-fit", "lifetime-batch", "lifetime-compare", "accelerated-life",
        "degradation-life", "repairable-trend", "warranty-forecast", "system-reliability",
        "life-test-plan",
    ),
    "plan": (
        "network-plan", "network-stress", "network-baseline", "plan-comparison", "plan-monitor",
        "inventory-positioning", "route-plan", "greenfield",
    ),
    "classifier": (
        "classifier-monitor", "classifier-evaluate", "classifier-train", "classifier-adopt",
        "trace-classifier-train", "virtual-metrology",
    ),
    "forecast": ("demand-forecast", "honesty-ledger", "warranty-forecast"),
    "gauge": ("gauge-study", "metrology-agreement", "attribute-agreement"),
    "alert": ("drift-screen", "stream-screen"),
}  # fmt: skip


def topic_of(analysis: str) -> Topic | None:
    """Topic that an analysis belongs to first; None if it has none."""
    return next((topic for topic, known in ANALYSES.items() if analysis in known), None)
