"""Plots that are judged once for all zooms."""

from api.recent_plots import RecentPlots
from ops.simulate.sample import sample_series
from ops.spc.plot import Plot, plot
from ops.values import Series


def test_a_plot_is_made_once_for_a_series_and_a_way_and_kept_by_its_points() -> None:
    made: list[str] = []
    recent = RecentPlots(most_points=250)
    first, second, third = (sample_series(100) for _ in range(3))

    def ask(series: Series, how: str) -> Plot:
        def make() -> Plot:
            made.append(how)
            return plot(series)

        return recent.plot(series, how, make)

    assert ask(first, "a") is ask(first, "a")
    ask(second, "b")
    assert made == ["a", "b"]
    ask(third, "c")
    ask(first, "a")
    assert made == ["a", "b", "c", "a"], "the first had gone: 300 points are above 250"
    assert ask(third, "c") is ask(third, "c")
    assert made == ["a", "b", "c", "a"]
