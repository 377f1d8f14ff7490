"""Cases built by hand, as readers build them, to ask the rules of."""

from typing import Any

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.page import Subject
from ops.page_value import Level

NOW = 1_796_000_000_000_000  # microseconds since 1970 UTC
DAY = 86_400_000_000
HOUR = DAY // 24


def case(
    topic: Topic,
    *told: dict[str, Any],
    id: str = "57ad12bd/one",
    level: Level = "bad",
    title: str = "Loop height WB-07",
    analysis: str = "",
    characteristic: str = "LOOP-QFN32-AU25",
    **facts: str,
) -> Case:
    """Case of some evidence; facts with underscores for hyphens."""
    codes = {name.replace("_", "-"): fact for name, fact in facts.items()}
    tool = codes.get("tool", "")
    subject = Subject(
        site="PG", characteristic=characteristic or None, factors={"tool": tool} if tool else {}
    )
    seen: dict[str, int] = {}
    evidence: list[Evidence] = []
    for one in told:
        n = seen[one["quantity"]] = seen.get(one["quantity"], 0) + 1
        suffix = "" if n == 1 else f".{n}"
        place = f"{id}.{one['quantity']}{suffix}"
        told_of = {
            "label": one["quantity"], "kind": "number", **one, "id": place, "case": id,
            "topic": topic, "link": "/runs/57ad12bd", "at": NOW,
        }  # fmt: skip
        evidence.append(Evidence.model_validate(told_of))
    return Case(
        id, topic, analysis, title, level, NOW, "/runs/57ad12bd", tuple(evidence), "57ad12bd",
        subject, codes,
    )  # fmt: skip


def number(quantity: str, value: float | None, lower: float | None = None,
           upper: float | None = None, **more: Any) -> dict[str, Any]:  # fmt: skip
    """Evidence that is a number; with bounds of 95 %."""
    sure = None if lower is None and upper is None else 0.95
    return {
        "quantity": quantity, "value": value, "lower": lower, "upper": upper,
        "confidence": sure, **more,
    }  # fmt: skip


def time(quantity: str, value: int) -> dict[str, Any]:
    """Evidence that is a time."""
    return {"quantity": quantity, "value": value, "kind": "time"}


def text(quantity: str, value: str) -> dict[str, Any]:
    """Evidence that people wrote."""
    return {"quantity": quantity, "value": value, "kind": "text", "quoted": True}


def name(quantity: str, value: str) -> dict[str, Any]:
    """Evidence that is a name."""
    return {"quantity": quantity, "value": value, "kind": "name"}


def creep(**facts: str) -> Case:
    """A tool that creeps upwards, with a policy that has weighed costs."""
    codes: dict[str, Any] = {
        "tool": "WB-07", "status": "drifts", "mechanism": "trend", "direction": "up",
        "crossing_side": "upper", "policy_action": "recalibrate", "costed": "yes",
        "alternatives": "keep clean replace-component", **facts,
    }  # fmt: skip
    return case(
        "drift",
        number("slope", 0.21, 0.14, 0.28, unit="µm/week", decimals=2),
        time("since", NOW - 30 * DAY),
        number("crossing-days", 9, 6, 15, unit="d", decimals=0),
        number("level-now", 158.0, 157.0, 159.0, unit="µm", reference=161.0),
        number("saving", 21_000, 9_000, 40_000, unit="EUR", decimals=0),
        text("action-title", "Recalibrate the bond head"),
        number("action-day", 2, 1, 4, unit="d", decimals=0),
        number("cost-acting", 1_900, unit="EUR"),
        number("cost-keeping", 22_900, unit="EUR"),
        number("cost-week", 4_700, unit="EUR"),
        number("alternative-cost", 11_000, unit="EUR", label="cost of replacing the component"),
        number(
            "recovered-share", 0.85, 0.7, 0.95, percent=True,
            label="share of the present offset that recalibrating takes off on average",
        ),
        number("tipping-slope", 0.05, unit="µm/week"),
        number("tipping-factor", 3.9, label="times the cost-of-going-on for keep to be better"),
        text("event-title", "Wire spool lot AU25-197"),
        number("event-lag", 1_380, unit="min"),
        analysis="drift",
        **codes,
    )  # fmt: skip


def step(event_kind: str = "maintenance", lag: float = 33.0, **facts: str) -> Case:
    """A tool that jumped some minutes after an event."""
    codes: dict[str, Any] = {
        "tool": "WB-10", "status": "drifts", "mechanism": "step", "direction": "down",
        "event_kind": event_kind, **facts,
    }  # fmt: skip
    return case(
        "drift",
        number("step", -5.9, -6.4, -5.3, unit="µm"),
        time("since", NOW - 10 * DAY),
        number("event-lag", lag, unit="min", decimals=0),
        text("event-title", "Preventive maintenance"),
        id="57ad12bd/step", title="Loop height WB-10", characteristic="LOOP-BGA144-AU25", **codes,
    )  # fmt: skip


def index(cpk: float, *, cp: float | None = None, level: Level = "bad", **facts: str) -> Case:
    """A capability study that requires 1.33."""
    told = [number("cpk", cpk, cpk - 0.1, cpk + 0.1, decimals=2, reference=1.33)]
    if cp is not None:
        told.append(number("cp", cp, cp - 0.1, cp + 0.1, decimals=2, reference=1.33))
    if "stratum_level" in facts:
        told.append(name("stratum", facts["stratum_level"]))
    return case("capability", *told, id="c0ffee00/index", level=level, title="Loop height", **facts)


def life(*told: dict[str, Any], level: Level = "warn", **facts: str) -> Case:
    """A life test."""
    return case(
        "lifetime", *told, id="11fe0000/life", level=level, title="life test HTS",
        characteristic="", **facts,
    )  # fmt: skip


def plan(*told: dict[str, Any], level: Level = "warn", **facts: str) -> Case:
    """A plan of a network."""
    return case(
        "plan", *told, id="b1a00000/plan", level=level, title="plan of NET", characteristic="",
        **facts,
    )  # fmt: skip


def model(*told: dict[str, Any], level: Level = "bad", **facts: str) -> Case:
    """A watched classifier."""
    return case(
        "classifier", *told, id="c1a55000/model", level=level, title="lifted balls",
        characteristic="", **facts,
    )  # fmt: skip


def forecast(*told: dict[str, Any], level: Level = "warn", **facts: str) -> Case:
    """A forecast of demand."""
    return case(
        "forecast", *told, id="f0ca5700/demand", level=level, title="demand", characteristic="",
        **facts,
    )  # fmt: skip


def gauge(level: Level = "bad", grr: float = 0.35, **facts: str) -> Case:
    """A gauge study; at most 30 % of the tolerance are accepted."""
    return case(
        "gauge",
        number("grr", grr, grr - 0.02, grr + 0.02, percent=True, decimals=1, reference=0.3),
        number("ndc", 3, reference=5.0),
        id="6a06e000/study", level=level, title="Gauge study", **facts,
    )  # fmt: skip


def _open(facts: dict[str, str]) -> dict[str, Any]:
    return {"state": "open", **facts}


def alert(**facts: str) -> Case:
    """An open alert."""
    return case(
        "alert", text("title", "Loop height is off"), time("opened", NOW - DAY),
        id="alert/7", title="Alert seven", **_open(facts),
    )  # fmt: skip


ALL = (
    creep(), creep(hidden="yes"), step(), step("calibration"), step("material-change"),
    index(1.0, cp=1.6), index(0.9, cp=1.0), index(1.0, stable="no"),
    index(1.0, mixture="yes", stratum_factor="lot", stratum_level="CL"), index(1.6, level="good"),
    life(number("b10", 500, 400, 600, unit="h", reference=800.0), number("shape", 2, 1.5, 2.6)),
    life(number("shape", 0.6, 0.4, 0.8), number("failures", 12), number("units", 90)),
    life(number("failures", 2), number("units", 90)),
    life(number("hazard-ratio", 5.0, 3.0, 8.0), lot="L7", stands_out="worse"),
    plan(number("service-level", 0.9, percent=True), number("total-cost", 9e5, unit="USD"),
         number("bottleneck", 1.0), number("shadow-price", 3.0), bottleneck="PG>SHA"),
    plan(status="infeasible", reason="SHA"), plan(number("saving-by-replan", 4e3, unit="USD")),
    model(number("score-now", 0.5, 0.4, 0.6), number("score-promised", 0.8, 0.7, 0.9)),
    model(number("input-shift", 2.3, 2.1, 2.5), mechanism="input drift", column="current"),
    model(number("calibration-slope", 1.4, 1.2, 1.7, reference=1.0), mechanism="calibration"),
    model(number("challenger-gain", 0.1, 0.05, 0.15), level="good"),
    forecast(number("wape", 0.4, reference=0.2), number("coverage", 0.6, 0.55, 0.7,
                                                       reference=0.8)),
    forecast(number("demand-change", 0.3, reference=0.1, percent=True)),
    gauge(), gauge("good", 0.1), alert(), alert(state="closed"), alert(mechanism="step"),
)  # fmt: skip
