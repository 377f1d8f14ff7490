"""The charts that were judged last, so that looking closer does not judge them again."""

from collections.abc import Callable, Hashable

from ops.once import Once
from ops.spc.plot import Plot
from ops.values import Series

MOST_POINTS = 4_000_000  # each with its series some 150 bytes


class RecentPlots:
    """Plots by series and by how they were made.

    A series is told by its identity: the cache of series gives out the same one for the same data.

    Parameters
    ----------
    most_points
        Points kept in all: a plot keeps its series, also when the cache of series has let it go.
    """

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self._kept = Once[tuple[Series, Plot]](most_points, lambda kept: kept[0].ts.size)

    def plot(self, series: Series, how: Hashable, make: Callable[[], Plot]) -> Plot:
        """Answer what was made for the series in the same way, or make it."""
        # the series is kept with it, so that its id is not given to another one meanwhile
        return self._kept.get((id(series), how), lambda: (series, make()))[1]
