"""Several solves as stages of one: their fractions become parts of a whole."""

from collections.abc import Callable
from dataclasses import replace

from solvers.watch import News, Watch


def part_of(watch: Watch, begin: float, end: float, stage: str) -> Callable[[News], bool]:
    """Watch of one solve among several: its fractions lie between `begin` and `end`."""

    def tell(news: News) -> bool:
        fraction = begin + news.fraction * (end - begin)
        return watch(replace(news, fraction=fraction, message=f"{stage}: {news.message}"))

    return tell
