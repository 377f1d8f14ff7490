import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ops.ingest.chunk import Text
from ops.ingest.combination import combinations

LEVELS = ("A", "B", "C")


@given(codes=st.lists(st.tuples(*[st.integers(-1, 2)] * 3), max_size=30))
def test_every_row_finds_its_own_combination(codes: list[tuple[int, int, int]]) -> None:
    columns = np.array(codes, np.int64).reshape(-1, 3)
    factors = {n: Text(columns[:, i], LEVELS) for i, n in enumerate(("tool", "lot", "cap"))}
    found, index = combinations(factors, len(codes))
    assert len(set(found)) == len(found)
    for row, (tool, lot, cap) in enumerate(codes):
        named = {"cap": cap, "lot": lot, "tool": tool}
        assert found[index[row]] == tuple((n, LEVELS[c]) for n, c in named.items() if c >= 0)


def test_no_factors_are_one_empty_combination() -> None:
    found, index = combinations({}, 3)
    assert found == ((),)
    assert index.tolist() == [0, 0, 0]
