import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from ops.ingest.seq import hashed_seq
from ops.values import IntArray

LABEL = st.none() | st.text(st.characters(codec="utf-8"), max_size=12)


def sequences(rows: list[tuple[str | None, str | None, str | None]]) -> IntArray:
    columns = [pa.array(list(c), pa.string()) for c in zip(*rows, strict=True)]
    return hashed_seq(*columns)


def one_by_one(*labels: str | None) -> int:
    state, wrap = 0xCBF29CE484222325, 2**64 - 1
    for octet in b"\xff".join((label or "").encode() for label in labels):
        state = ((state ^ octet) * 0x100000001B3) & wrap
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        state = ((state ^ (state >> 33)) * factor) & wrap
    return (state ^ (state >> 33)) & (2**63 - 1)


def test_known_values_never_change() -> None:
    rows = [
        ("U1", "W1", None),
        (None, None, None),
        (None, "é12", "3"),
        ("SUBSTRATE-0001", "x", None),
    ]
    assert sequences(rows).tolist() == [
        2840527915300811145,
        689861552466052133,
        3139645179733592817,
        4381927922134210746,
    ]


@given(rows=st.lists(st.tuples(LABEL, LABEL, LABEL), min_size=1, max_size=20))
@example(rows=[("a", "", None), ("", "a", None), (None, None, "a")])
def test_all_rows_at_once_equal_one_by_one(
    rows: list[tuple[str | None, str | None, str | None]],
) -> None:
    assert sequences(rows).tolist() == [one_by_one(*row) for row in rows]


def test_labels_in_other_places_give_other_numbers() -> None:
    found = sequences([("ab", "c", None), ("a", "bc", None), ("abc", None, None)])
    assert len(set(found.tolist())) == 3


def test_a_slice_hashes_like_its_rows() -> None:
    unit = pa.array(["long label", "b", "c", "d"])
    nothing = pa.nulls(4, pa.string())
    whole = hashed_seq(unit, nothing, nothing)
    part = hashed_seq(unit.slice(2), nothing.slice(2), nothing.slice(2))
    assert part.tolist() == whole[2:].tolist()
