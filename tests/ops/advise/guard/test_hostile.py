"""What is false and well formed, in the words of somebody who wants it released, is refused."""

from pathlib import Path

import pytest

from ops.advise.guard.check import check_claim
from tests.ops.advise.guard.worded_plant import CASES, CHOSEN, context, worded

FILES = ("hostile.txt", "hostile_near.txt")


def _rows(case: str) -> list[tuple[str, ...]]:
    files = (Path(__file__).with_name(name) for name in FILES)
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    parts = (tuple(line.split(" | ")) for line in lines if not line.startswith("#"))
    return [row for row in parts if row[0] == case]


def _passes(row: tuple[str, ...]) -> bool:
    case, role, text, *compared = row
    said = worded(case, role, text, *compared)
    return check_claim(said, context(), chosen=(CHOSEN[case],))[0] is not None


@pytest.mark.parametrize("case", CASES)
def test_what_is_false_is_refused(case: str) -> None:
    assert [row for row in _rows(case) if _passes(row)] == []


def test_there_are_enough_of_each() -> None:
    assert sum(len(_rows(case)) for case in CASES) >= 300
    assert min(len(_rows(case)) for case in CASES) >= 5
