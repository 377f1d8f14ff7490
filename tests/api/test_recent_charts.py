"""Charts that are judged once for all zooms."""

from api.recent_charts import RecentCharts
from ops.simulate.sample import sample_series
from ops.spc.chart import Chart, own_chart
from ops.spc.design import ChartSettings
from ops.values import Series


def test_a_chart_is_made_once_for_a_series_and_a_way_and_kept_by_its_points() -> None:
    made: list[str] = []
    recent = RecentCharts(most_points=250)
    first, second, third = (sample_series(100) for _ in range(3))

    def ask(series: Series, how: str) -> Chart:
        def make() -> Chart:
            made.append(how)
            return own_chart(series, ChartSettings())

        return recent.chart(series, how, make)

    assert ask(first, "a") is ask(first, "a")
    ask(second, "b")
    assert made == ["a", "b"]
    ask(third, "c")
    ask(first, "a")
    assert made == ["a", "b", "c", "a"], "the first had gone: 300 points are above 250"
    assert ask(third, "c") is ask(third, "c")
    assert made == ["a", "b", "c", "a"]
