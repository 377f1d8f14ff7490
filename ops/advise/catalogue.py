"""What the advisor may name as a cause and recommend as an action, and which go together.

Both are closed lists: whoever answers, rules or a model, chooses from them, and a pair that does
not stand here is never said.
"""

from collections.abc import Mapping
from typing import Literal, get_args

Topic = Literal[
    "drift", "capability", "lifetime", "plan", "classifier", "forecast", "gauge", "alert"
]
CauseId = Literal[
    "creep", "hidden-creep", "material-change", "capillary-change", "maintenance", "calibration",
    "gauge", "common-cause", "off-centre", "spread", "mixture", "unstable", "capillary-wear",
    "early-failures", "infant-mortality", "short-life", "wear-out", "too-few-failures",
    "bottleneck", "infeasible", "shortage", "demand-moved", "plan-outdated", "disruption",
    "input-drift", "calibration-lost", "performance-lost", "better-challenger", "forecast-off",
    "none", "unknown",
]  # fmt: skip
ActionId = Literal[
    "keep", "recalibrate", "clean", "replace-component", "refurbish", "replace-tool",
    "verify-setup", "contain-lot", "requalify-gauge", "recentre", "reduce-spread",
    "isolate-stratum", "find-special-cause", "extend-test", "burn-in", "add-capacity",
    "relax-limit", "replan", "retrain", "recalibrate-model", "check-input", "promote-model",
    "reforecast", "measure-more",
]  # fmt: skip
TOPICS: tuple[Topic, ...] = get_args(Topic)
CAUSES: tuple[CauseId, ...] = get_args(CauseId)
ACTIONS: tuple[ActionId, ...] = get_args(ActionId)

_TOOL: tuple[ActionId, ...] = (
    "recalibrate", "clean", "replace-component", "refurbish", "replace-tool", "keep",
)  # fmt: skip
PAIRS: Mapping[CauseId, tuple[ActionId, ...]] = {  # the usual action first
    "creep": _TOOL,
    "hidden-creep": _TOOL,
    "material-change": ("contain-lot", *_TOOL),
    "capillary-change": ("contain-lot", "replace-component", *_TOOL),
    "maintenance": ("verify-setup", *_TOOL),
    "calibration": ("verify-setup", *_TOOL),
    "gauge": ("requalify-gauge", "keep"),
    "common-cause": ("find-special-cause", "contain-lot", "keep"),
    "off-centre": ("recentre", "recalibrate", "keep"),
    "spread": ("reduce-spread", "keep"),
    "mixture": ("isolate-stratum", "contain-lot", "requalify-gauge", "keep"),
    "unstable": ("find-special-cause", "keep"),
    "capillary-wear": ("replace-component", "keep"),
    "early-failures": ("contain-lot", "burn-in", "keep"),
    "infant-mortality": ("burn-in", "contain-lot", "keep"),
    "short-life": ("contain-lot", "extend-test", "keep"),
    "wear-out": ("keep", "replace-component", "extend-test"),
    "too-few-failures": ("extend-test", "keep"),
    "bottleneck": ("add-capacity", "replan", "keep"),
    "infeasible": ("relax-limit", "add-capacity"),
    "shortage": ("add-capacity", "replan", "relax-limit", "keep"),
    "demand-moved": ("replan", "reforecast", "keep"),
    "plan-outdated": ("replan", "keep"),
    "disruption": ("replan", "add-capacity", "keep"),
    "input-drift": ("check-input", "retrain", "keep"),
    "calibration-lost": ("recalibrate-model", "retrain", "keep"),
    "performance-lost": ("retrain", "check-input", "keep"),
    "better-challenger": ("promote-model", "keep"),
    "forecast-off": ("reforecast", "keep"),
    "none": ("keep",),
    "unknown": ("measure-more", "find-special-cause", *_TOOL),
}


def goes_with(cause: CauseId, action: ActionId) -> bool:
    """Whether an action may be recommended for a cause."""
    return action in PAIRS[cause]
