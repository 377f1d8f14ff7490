"""Shades of data layers: what belongs to a line has its colour."""

from api.render.shade import shades_of
from ops.page_chart import Layer


def test_points_without_a_label_go_with_the_line_after_them() -> None:
    groups = [
        Layer(mark=mark, label=label)
        for name in ("a", "b")
        for mark, label in (("points", ""), ("line", name))
    ]
    assert shades_of(tuple(groups)) == ["data", "data", "data-2", "data-2"]


def test_points_with_a_label_of_their_own_are_told_apart_from_the_line() -> None:
    layers = (Layer(mark="points", label="failures"), Layer(mark="line", label="fit"))
    assert shades_of(layers) == ["data", "data-2"]
