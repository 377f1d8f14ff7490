"""How a network plan is reported while it is made, and left for `salvage`."""

from dataclasses import replace
from math import inf

from ops.analysis import Progress
from solvers.network.plan import Plan
from solvers.network.saved import saved, saved_plan
from solvers.values import FloatArray
from solvers.watch import News

FRONT_ENDS = 0.75  # of the progress; reasons follow
BETTER = 0.8  # of the gap: a plan that is known so much better is left again


class Teller:
    """A watch that reports to `Progress`, and leaves the best plan with it.

    Parameters
    ----------
    progress
        Where to.
    share
        Share of the whole that the main plan takes.
    """

    def __init__(self, progress: Progress, share: float) -> None:
        self.stopped = False
        self._progress, self._share, self._fraction = progress, share, 0.0
        self._best: FloatArray | None = None
        self._gap = inf  # of the plan that was left last

    def __call__(self, news: News) -> bool:
        """Tell of the main plan."""
        left: bytes | None = None
        gap = _gap(news)
        if news.solution is not None:
            self._best = news.solution
        if news.solution is not None or (self._best is not None and gap < BETTER * self._gap):
            left, self._gap = saved(replace(news, solution=self._best)), gap
        return self._tell(self._share * news.fraction, news, left)

    def settle(self, plan: Plan) -> None:
        """Leave the finished plan, so that what follows cannot lose it."""
        self._progress(self._at(self._share), "plan found", checkpoint=saved_plan(plan))

    def front(self, news: News) -> bool:
        """Tell of the trade-off, whose plans are not the answer."""
        fraction = self._share + (FRONT_ENDS - self._share) * news.fraction
        return self._tell(fraction, replace(news, incumbent=None), None)

    def reasons(self, news: News) -> bool:
        """Tell of the reasons, whose plans are not the answer either."""
        fraction = FRONT_ENDS + (0.99 - FRONT_ENDS) * news.fraction
        return self._tell(fraction, replace(news, incumbent=None), None)

    def _tell(self, fraction: float, news: News, left: bytes | None) -> bool:
        asked = self._progress(
            self._at(fraction), news.message, incumbent=news.incumbent, checkpoint=left
        )
        self.stopped = self.stopped or bool(asked)
        return self.stopped

    def _at(self, fraction: float) -> float:
        self._fraction = max(self._fraction, fraction)
        return self._fraction


def _gap(news: News) -> float:
    gap = None if news.incumbent is None else news.incumbent.gap
    return inf if gap is None else gap
