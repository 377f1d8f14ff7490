"""Charts of several cards in one: only what all have, named for whose it is."""

from api.render.overlay import overlaid
from ops.page import Page, Section
from ops.page_chart import Axis, Chart, Layer


def _page(*marks: str, title: str = "ROC") -> Page:
    layers = [Layer(mark="line", label=role, x=(0.0,), y=(0.0,), role=role) for role in marks]  # type: ignore[arg-type]  # roles
    band = Layer(mark="band", label="95 %", x=(0.0,), y=(0.0,), y2=(1.0,))
    chart = Chart(title=title, x=Axis(label="x"), y=Axis(label="y"), layers=(*layers, band))
    return Page(title="t", verdicts=(), sections=(Section(title="s", blocks=(chart,)),))


def test_shared_lines_are_drawn_once_and_bands_not_at_all() -> None:
    (chart,) = overlaid({"1": _page("fit", "limit", "event"), "2": _page("fit", "limit", "event")})
    told = [(layer.label, layer.role) for layer in chart.layers]
    assert told == [
        ("1: fit", "data"),
        ("limit", "limit"),
        ("1: event", "event"),
        ("2: fit", "data"),
        ("2: event", "event"),
    ]


def test_chart_that_one_lacks_is_not_drawn() -> None:
    assert overlaid({"1": _page("fit"), "2": _page("fit", title="PR")}) == []
    assert overlaid({"1": _page("fit")}) == []
    (alone,) = overlaid({"1": _page("fit"), "2": _page("data")})
    assert [layer.label for layer in alone.layers] == ["1", "2"]
