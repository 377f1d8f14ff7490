"""A small situation of a plant for tests of what a model gets to read."""

from typing import Any

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.question import Intent, Named, Question
from ops.page import Subject
from ops.page_value import Level

QUESTION = Question(text="Why does WB-02 drift, and what did Pat Quist do?")
INTENT = Intent(topics=("drift",), asks=("cause",), named=(Named(kind="tool", code="WB-02"),))


def evidence(case: str, quantity: str, value: float | str | None, **more: Any) -> Evidence:
    return Evidence(
        id=f"{case}.{quantity}", case=case, topic="drift", quantity=quantity, value=value,
        kind="text" if isinstance(value, str) else "number", label=quantity.replace("-", " "),
        unit="" if isinstance(value, str) else "µm", link="/runs/1", at=0, **more,
    )  # fmt: skip


def case(number: int, level: Level = "good", comment: str = "Cleaned by Eva Berg.") -> Case:
    one = f"57ad12bd/WB-{number:02}"
    return Case(
        id=one, topic="drift", analysis="drift", title=f"Loop height on WB-{number:02}",
        level=level, found=number, link="/runs/1",
        subject=Subject(factors={"operator": "Uwe Kranz"}),
        evidence=(
            evidence(one, "verdict", f"WB-{number:02} rises; Kranz set it up.", level=level),
            evidence(one, "slope", 0.21, lower=0.14, upper=0.28, confidence=0.95, level=level),
            evidence(one, "level-now", 182.0, lower=181.0, upper=183.0, reference=180.0,
                     reference_label="limit"),
            evidence(one, "spread", 3.0),
            evidence(one, "margin", None),
            evidence(one, "event-title", "New gold wire", personal=False),
            evidence(one, "comment", comment, quoted=True),
        ),
    )  # fmt: skip


def memories() -> tuple[Remembered, ...]:
    steps = "".join(
        f"# Step {i}\n\nTurn the clamp of WB-{i:02} by hand. Check the {i} screws.\n\n"
        for i in range(200)
    )
    return (
        Remembered(7, "knowledge", steps, "person", "Eva Berg", 0.8, 0, 0,
                   tags={"operator": "Ivo Lang", "tool": "WB-02"}),
        Remembered(8, "outcome", "Cleaning WB-02 helped, said Ivo.", "outcome", "a1", 0.6, 0, 0,
                   cause="creep", action="clean", helped=True, relevance=0.7),
        Remembered(9, "preference", "Prefer cleaning to recalibration.", "person", "Eva Berg", 0.9,
                   0, 0, valid_to=86_400_000_000),
    )  # fmt: skip
