"""Steps: scores of found changes against published ones."""

from collections.abc import Iterator, Mapping
from functools import partial

from ops.drift.segment_score import covering, f1_score
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry


def cases() -> Iterator[Case]:
    """Cases of the scores of change points."""
    found = entry("drift_steps", "tcpd_metric_nile")
    given, expected = found["inputs"], found["expected"]
    yield Case(
        "drift_steps/tcpd_metric_nile",
        "Covering and F1 of change points against five annotators",
        found["source"],
        (*expected["f1"], *expected["cover"]),
        Tolerance("given to all digits of a double", found["tolerance"]),
        partial(_scores, given["annotations"], given["predictions"], given["n"]),
    )


def _scores(
    annotations: Mapping[str, list[int]], predictions: list[list[int]], n: int
) -> list[float]:
    return [
        *(f1_score(annotations, one) for one in predictions),
        *(covering(annotations, one, n) for one in predictions),
    ]
