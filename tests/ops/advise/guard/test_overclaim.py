"""What is in good form, cites what exists, and says more than the evidence holds is refused."""

from pathlib import Path

import pytest

from ops.advise.guard.check import check_claim
from ops.advise.guard.context import Pairs
from tests.ops.advise.guard.plant import claim, context

CHOSEN: dict[str, Pairs] = {
    "C1": (("creep", "recalibrate"),), "C3": (("off-centre", "recentre"),),
}  # fmt: skip
BESIDE: Pairs = (("creep", "clean"),)


def _rows() -> list[tuple[str, ...]]:
    lines = (Path(__file__).parent / "overclaimed.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in x.split(" | ", 3)) for x in lines if x[:1] != "#"]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[3])
def test_what_says_more_than_the_evidence_is_refused(row: tuple[str, ...]) -> None:
    role, case, compared, text = row
    more = {"cites": ["M1"]} if role == "memory" else {}
    comparisons = tuple(one for one in compared.split("; ") if one)
    said = claim(text, role, case, compared=comparisons, **more)
    pairs = (*CHOSEN[case], *BESIDE) if role == "alternative" else CHOSEN[case]
    released, verdicts = check_claim(said, context(), chosen=pairs)
    assert released is None
    assert verdicts


def test_what_a_memory_says_of_what_helped_passes() -> None:
    said = claim("A memory says that cleaning did not help.", "memory", "C1", cites=["M1"])
    assert check_claim(said, context(), chosen=CHOSEN["C1"])[1] == ()


def test_a_jump_may_be_told_with_its_moment_in_another_clause() -> None:
    said = claim("WB-07 moved, on {E5}, by {E1}.")
    verdicts = check_claim(said, context(), chosen=CHOSEN["C1"])[1]
    assert not [one for one in verdicts if "no time of anything else" in one.reason]
