"""What is false of lives, plans, models, forecasts and gauges is refused in good form, too."""

import re
from pathlib import Path

import pytest

from ops.advise.case import Case
from ops.advise.guard.check import check_claim
from ops.advise.guard.context import Pairs
from ops.advise.guard.said import SaidClaim
from tests.ops.advise.asked import asked_of
from tests.ops.advise.case_samples import forecast, gauge, life, model, number, plan

SAMPLES: dict[str, Case] = {
    "life": life(
        number(
            "b10",
            500,
            400,
            600,
            unit="h",
            reference=800.0,
            label="B10 life",
            reference_label="required life",
        ),
        number("shape", 2, 1.5, 2.6, label="Weibull shape"),
        number("failures", 12, label="failures"),
        number("units", 90, label="units on test"),
    ),
    "haz": life(
        number("hazard-ratio", 5.0, 3.0, 8.0, label="hazard ratio"),
        number("failures", 21, label="failures"),
        number("expected-failures", 5.8, label="failures to be expected"),
        lot="L7",
        stands_out="worse",
    ),
    "plan": plan(
        number("service-level", 0.9, percent=True, label="share served"),
        number("total-cost", 9e5, unit="USD", label="total cost"),
        number("bottleneck", 1.0, label="use of the tightest capacity", percent=True),
        number("shadow-price", 3.0, unit="USD/piece", label="worth of one unit more"),
        bottleneck="PG>SHA",
    ),
    "model": model(
        number("input-shift", 2.3, 2.1, 2.5, unit="mA", label="shift of current"),
        mechanism="input drift",
        column="current",
    ),
    "cal": model(
        number("calibration-slope", 1.4, 1.2, 1.7, reference=1.0, label="calibration slope"),
        number("seen-events", 14, label="events seen"),
        number("expected-events", 8.4, label="events promised"),
        mechanism="calibration",
    ),
    "fc": forecast(
        number("wape", 0.106, percent=True, label="WAPE"),
        number("coverage", 0.824, percent=True, label="coverage", reference=0.8),
        level="good",
    ),
    "gauge": gauge(),
}
_PLACE = re.compile(r"\{([a-z0-9-]+)(\.\w+)?\}")


def _rows() -> list[tuple[str, ...]]:
    path = Path(__file__).parent / "overclaimed_topics.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in x.split(" | ", 3)) for x in lines if x[:1] != "#"]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[3])
def test_what_is_false_is_refused(row: tuple[str, ...]) -> None:
    sample, role, compared, text = row
    asked = asked_of([SAMPLES[sample]])
    known = asked.context.evidence
    alias = {one.quantity: name for name, one in known.items()}
    words = _PLACE.sub(lambda m: f"{{{alias[m[1]]}{m[2] or ''}}}", text)
    placed = dict.fromkeys(re.findall(r"\{(E\d+)", words))
    told = [(*one.split(), "reference")[:3] for one in compared.split("; ") if one]
    said = SaidClaim.model_validate(
        {
            "case": "C1", "role": role, "text": words, "cites": ["E1"],
            "places": [{"id": e, "label": known[e].label, "unit": known[e].unit} for e in placed],
            "comparisons": [
                {"left": alias[a], "relation": how, "right": alias.get(b, b)} for a, how, b in told
            ],
        }
    )  # fmt: skip
    chosen = asked.answer.judged[0]
    pair: Pairs = ((chosen.cause, chosen.action),)
    released, verdicts = check_claim(said, asked.context, chosen=pair)
    assert released is None
    assert verdicts


@pytest.mark.parametrize(
    "label",
    ["returns over the next 90 days", "demand of the next week", "failures in the next 8 h"],
)
def test_a_label_of_what_is_ahead_says_so_itself(label: str) -> None:
    asked = asked_of([life(number("expected-returns", 12.0, label=label))])
    said = SaidClaim.model_validate(
        {
            "case": "C1", "role": "finding", "text": f"The {label} is {{E1}}.", "cites": ["E1"],
            "places": [{"id": "E1", "label": label, "unit": ""}], "comparisons": [],
        }
    )  # fmt: skip
    chosen = asked.answer.judged[0]
    released, verdicts = check_claim(said, asked.context, chosen=((chosen.cause, chosen.action),))
    assert released is not None, verdicts
