"""What a training says of the champion that it was held against."""

from collections.abc import Sequence

from ops.analyses.classifier_parts import PairedLine
from ops.page import Verdict
from ops.page_value import Level, Number, Phrase

_NONE = 1e-12  # a difference of rounding


def champion_verdict(
    champion: int, lines: Sequence[PairedLine], headline: str, score: str
) -> Verdict:
    """Say how the kept model and the champion's recipe differ on the same tested rows.

    Parameters
    ----------
    champion
        Number of its version.
    lines
        Paired tests of the kept model against it; () where it cannot be fitted again.
    headline, score
        Name of the score that counts, and how it is shown.
    """
    version = Number(value=champion)
    line = next((p for p in lines if p.score == headline), None)
    if line is None or line.difference is None:
        said = Phrase.of("Champion, version {version}, cannot be fitted to these rows again",
                         version=version)  # fmt: skip
        return Verdict.of("info", said)
    if line.lower is None and abs(line.difference) <= _NONE:
        same = Phrase.of(
            "{score} is the same as that of the champion, version {version}, on the same tested"
            " rows",
            score=score,
            version=version,
        )
        return Verdict.of("info", same, Phrase.of("neither is better"))
    levels: dict[str, Level] = {"better": "good", "worse": "bad"}
    told = {
        "better": Phrase.of("better beyond chance"),
        "worse": Phrase.of("worse beyond chance"),
    }.get(line.verdict, Phrase.of("the two are not told apart"))
    return Verdict.of(levels.get(line.verdict, "info"), _differs(line, version, score), told)


def _differs(line: PairedLine, version: Number, score: str) -> Phrase:
    difference = Number(value=line.difference, decimals=4)
    if line.lower is None or line.upper is None:
        return Phrase.of(
            "{score} differs from that of the champion, version {version}, by {difference}, of"
            " which no interval can be told",
            score=score,
            version=version,
            difference=difference,
        )
    return Phrase.of(
        "{score} differs from that of the champion, version {version}, by {difference}"
        " ({lower} to {upper})",
        score=score,
        version=version,
        difference=difference,
        lower=Number(value=line.lower, decimals=4),
        upper=Number(value=line.upper, decimals=4),
    )
