"""Six cases with the labels that the readers give, and claims that name evidence by quantity."""

import re
from functools import cache
from typing import Any

from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId, Topic
from ops.advise.evidence import Evidence
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.guard.said import SaidClaim
from ops.page import Subject
from tests.ops.advise.guard.plant import DAY, NOW, evidence

_PLACE = re.compile(r"\{([a-z0-9-]+)((?:\.\w+)?)\}")


def _case(name: str, topic: Topic, title: str, tool: str, *known: Evidence) -> Case:
    factors = {"tool": tool} if tool else {}
    return Case(
        id=name, topic=topic, analysis="x", title=title, level="warn", found=NOW, link="/",
        evidence=known, subject=Subject(characteristic=title, factors=factors),
        facts={"tool": tool} if tool else {},
    )  # fmt: skip


def _e(quantity: str, label: str, value: Any, *bounds: float, **more: Any) -> Evidence:
    low_high = dict(zip(("lower", "upper"), bounds, strict=False))
    confidence = {"confidence": 0.95} if bounds else {}
    return evidence("case", quantity, label, value, **low_high, **confidence, **more)


def _owned(name: str, *known: Evidence) -> tuple[Evidence, ...]:
    return tuple(
        one.model_copy(update={"id": f"{name}.{one.quantity}", "case": name}) for one in known
    )


_LIMIT = {"reference": 161.0, "reference_label": "upper limit"}
_WANTED = {"reference": 1.33, "reference_label": "requirement"}
DRIFT = _case(
    "drift", "drift", "Loop height WB-06", "WB-06", *_owned(
        "drift",
        _e("slope", "slope", 1.94, 1.5, 2.38, unit="um/week", reference=0.58,
           reference_label="what counts as nothing"),
        _e("level-now", "level now", 157.2, 155.7, 158.6, unit="um", **_LIMIT),
        _e("crossing-days", "days until the mean meets the upper limit", 14.0, 9.0, 21.0, unit="d"),
        _e("crossing-probability", "probability that the mean meets a limit within the horizon",
           0.8035, percent=True),
        _e("recovered-share",
           "share of the present offset that replacing the component takes off on average",
           0.24, 0.06, 0.42, percent=True),
        _e("cost-acting", "cost of replacing the component", 221.2, unit="EUR"),
        _e("cost-keeping", "cost of going on", 25468.0, unit="EUR"),
        _e("cost-week", "cost of waiting a week", 1407.6, unit="EUR"),
        _e("saving", "saving of replacing the component against going on", 25247.0, 9000.0,
           40000.0, unit="EUR"),
        _e("since", "begin", float(NOW - 30 * DAY), kind="time"),
        _e("limit", "upper limit", 161.0, unit="um"),
        _e("spread", "sigma of single values", 2.2, unit="um"),
    ),
)  # fmt: skip
QUIET = _case(
    "quiet", "drift", "Loop height WB-02", "WB-02", *_owned(
        "quiet",
        _e("level-now", "level now", 151.0, 150.3, 151.7, unit="um", **_LIMIT),
        _e("slope", "slope", 0.02, -0.3, 0.3, unit="um/week", reference=0.58,
           reference_label="what counts as nothing"),
        _e("drift-probability", "probability that it drifts", 0.01, percent=True),
    ),
)  # fmt: skip
SHEAR = _case(
    "shear", "capability", "Ball shear", "", *_owned(
        "shear",
        _e("ppk", "Ppk", 0.94, 0.86, 1.0, decimals=2, **_WANTED),
        _e("pp", "Pp", 1.9, decimals=2, **_WANTED),
        _e("ppm", "share outside that is expected", 2508.0, 1281.0, 4717.0, unit="ppm"),
        _e("mean", "mean", 48.1, unit="gf", reference=42.0, reference_label="target"),
        _e("off-centre", "part of it lost off centre", 0.51, percent=True),
        _e("limit", "upper limit", 54.0, unit="gf"),
    ),
)  # fmt: skip
TILT = _case(
    "tilt", "capability", "Die tilt", "", *_owned(
        "tilt",
        _e("cpk", "Cpk", 0.84, 0.78, 0.9, decimals=2, **_WANTED),
        _e("cp", "Cp", 0.86, decimals=2, **_WANTED),
        _e("ppm", "share outside that is expected", 10156.0, 6258.0, 16025.0, unit="ppm"),
        _e("sigma", "sigma", 3.89, 3.66, 4.11, unit="um"),
    ),
)  # fmt: skip
LIFE = _case(
    "life", "lifetime", "life test TC-HEEL", "", *_owned(
        "life",
        _e("b10", "B10 life", 8.4, 3.2, 18.3, unit="cycles"),
        _e("shape", "Weibull shape", 0.51, 0.42, 0.61, reference=1.0,
           reference_label="constant rate"),
        _e("failures", "units that failed", 87.0),
        _e("units", "units on test", 133.0),
        _e("eta", "characteristic life", 724.0, 484.0, 1148.0, unit="cycles"),
    ),
)  # fmt: skip
PLAN = _case(
    "plan", "plan", "plan of NET-US", "", *_owned(
        "plan",
        _e("total-cost", "landed cost", 45052.0, unit="USD"),
        _e("service-level", "share served", 0.93, percent=True, reference=0.98,
           reference_label="target"),
        _e("shadow-price", "saved by one unit more of supply P-PENANG/QFN", 26.0, unit="USD/kpcs"),
        _e("bottleneck-used", "used of the supply of P-PENANG/QFN", 102.0, unit="kpcs",
           reference=102.0, reference_label="capacity"),
        _e("cost-per-unit", "cost of a unit", 260.4, unit="USD"),
    ),
)  # fmt: skip
CASES = {"drift": DRIFT, "quiet": QUIET, "shear": SHEAR, "tilt": TILT, "life": LIFE, "plan": PLAN}
CHOSEN: dict[str, tuple[CauseId, ActionId]] = {
    "drift": ("creep", "replace-component"), "quiet": ("none", "keep"),
    "shear": ("off-centre", "recentre"), "tilt": ("spread", "reduce-spread"),
    "life": ("infant-mortality", "burn-in"), "plan": ("bottleneck", "add-capacity"),
}  # fmt: skip
NAMES = ("WB-02", "WB-06", "WB-09", "P-PENANG", "P-PENANG/QFN", "NET-US", "TC-HEEL")


@cache
def context() -> GuardContext:
    """All six cases, C1 to C6, each with the pair that is chosen."""
    allowed = {name: (pair,) for name, pair in CHOSEN.items()}
    return guard_context(tuple(CASES.values()), allowed, names=NAMES, now_us=NOW)


def alias(case: str, quantity: str) -> str:
    """Short name of the evidence of a case."""
    return next(
        a for a, e in context().evidence.items() if (e.case, e.quantity) == (case, quantity)
    )


def worded(case: str, role: str, text: str, *compared: str) -> SaidClaim:
    """A claim with true echoes; places and comparisons name quantities of the case."""
    known = context().evidence
    said = _PLACE.sub(lambda m: f"{{{alias(case, m[1])}{m[2]}}}", text)
    held = [
        {"left": alias(case, left), "relation": relation,
         "right": "reference" if right == "reference" else alias(case, right)}
        for left, relation, right in ((*one.split(), "reference")[:3] for one in compared)
    ]  # fmt: skip
    placed = dict.fromkeys(m[1] for m in _PLACE.finditer(text))
    ids = [alias(case, one) for one in placed]
    first = next(a for a, e in known.items() if e.case == case)
    return SaidClaim.model_validate(
        {"case": f"C{list(CASES).index(case) + 1}", "role": role, "text": said,
         "places": [{"id": a, "label": known[a].label, "unit": known[a].unit} for a in ids],
         "comparisons": held, "cites": ids or [first]}
    )  # fmt: skip
