"""Names beside points: none covers another, none leaves the picture."""

from hypothesis import given
from hypothesis import strategies as st

from api.render.labels import _box, _overlap, spots

POINTS = st.lists(st.tuples(st.floats(0, 900), st.floats(0, 500)), max_size=25)


@given(POINTS)
def test_no_name_covers_another(points: list[tuple[float, float]]) -> None:
    names = [f"Place {i}" for i in range(len(points))]
    found = spots(points, names, width=900, height=500)
    boxes = [_box(s, n) for s, n in zip(found, names, strict=True) if s is not None]
    for i, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 900
        assert not any(_overlap(box, other) for other in boxes[:i])


def test_a_point_alone_has_its_name_to_the_right() -> None:
    assert spots([(100, 100)], ["Penang"], width=900, height=500) == [(108, 94, "start")]


def test_of_two_at_one_place_the_first_is_named() -> None:
    crowd = [(100.0, 100.0)] * 30
    found = spots(crowd, ["A long name"] * 30, width=900, height=500)
    assert found[0] is not None
    assert None in found
