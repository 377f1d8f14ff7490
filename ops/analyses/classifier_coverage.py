"""Classes whose conformal sets miss the level that was asked for, as pages say it."""

from collections.abc import Iterator, Sequence

from ops.analyses.classifier_parts import CoverageLine
from ops.page import Verdict
from ops.page_value import Number, Phrase

MARGIN = 0.03  # of the level: what coverage may be off by


def off_level(covered: Sequence[CoverageLine], level: float) -> tuple[str, ...]:
    """Classes whose coverage lies more than 3 points off, with its whole interval on one side."""
    return tuple(c.name for c in covered if _is_off(c, level))


def _is_off(line: CoverageLine, level: float) -> bool:
    if line.conditional is None or line.lower is None or line.upper is None:
        return False
    return abs(line.conditional - level) > MARGIN and not line.lower <= level <= line.upper


def coverage_verdicts(
    covered: Sequence[CoverageLine], names: Sequence[str], level: float
) -> Iterator[Verdict]:
    """Say for each of some classes what its sets hold; sets that hold too much only cost size."""
    for line in covered:
        if line.name not in names or line.conditional is None:
            continue
        said = Phrase.of(
            "Conformal sets hold {share} ({lower} to {upper}) of the rows of {name}, {level} were"
            " asked for",
            share=Number(value=line.conditional, percent=True, decimals=1),
            lower=Number(value=line.lower, percent=True, decimals=1),
            upper=Number(value=line.upper, percent=True, decimals=1),
            name=line.name,
            level=Number(value=level, percent=True),
        )
        if line.conditional < level:
            yield Verdict.of("warn", said, Phrase.of("do not rule this class out by its set"))
        else:
            yield Verdict.of("warn", said, Phrase.of("its sets are wider than they need to be"))
