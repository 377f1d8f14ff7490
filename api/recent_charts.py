"""The charts that were judged last, so that looking closer does not judge them again."""

from collections.abc import Callable, Hashable

from ops.once import Once
from ops.spc.chart import Chart
from ops.values import Series

MOST_POINTS = 4_000_000  # each with its series some 200 bytes


class RecentCharts:
    """Charts by series and by how they were made.

    A series is told by its identity: the cache of series gives out the same one for the same data.

    Parameters
    ----------
    most_points
        Points kept in all: a chart keeps its series, also when the cache of series has let it go.
    """

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self._kept = Once[tuple[Series, Chart]](most_points, lambda kept: kept[0].ts.size)

    def chart(self, series: Series, how: Hashable, make: Callable[[], Chart]) -> Chart:
        """Answer what was made for the series in the same way, or make it."""
        # the series is kept with it, so that its id is not given to another one meanwhile
        return self._kept.get((id(series), how), lambda: (series, make()))[1]
