"""The verdict of loop height charts: the guilty level, its shift, and its violations."""

from collections.abc import Sequence

from ops.analyses.loop_height_result import StratumOfLoop
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Characteristic

RARE = 0.001  # probability of a count of violations, divided by the number of strata


def verdict(
    about: Characteristic, tool: str, strata: Sequence[StratumOfLoop], arl0: float | None
) -> Verdict:
    """Name the stratum that surely stands off the most, and the one with most violations."""
    shifted = [s for s in strata if _is_shifted(s)]
    restless = sorted((s for s in strata if _is_restless(s, len(strata))), key=_chance)
    said: list[Phrase] = []
    if shifted:
        said.append(_shift(shifted[0], about.unit))
    if restless:
        said.append(_violations(restless[0], arl0))
    if not said:
        units = sum(s.units for s in strata if not s.capillary)
        said.append(
            Phrase.of(
                "No bonder or capillary stands off the others beyond doubt, and violations in"
                " {units} units are no more than chance gives",
                units=Number(value=units),
            )
        )
        return Verdict.of("good", *said, subject=_subject(about, tool, None))
    guilty = shifted[0] if shifted else restless[0]
    level: Level = "bad" if restless else "warn"
    return Verdict.of(level, *said, subject=_subject(about, tool, guilty))


def name_of(one: StratumOfLoop) -> str:
    """Name of a stratum: bonder, capillary, and what is charted if it is not clear."""
    parts = (one.tool, one.capillary, one.type, "" if one.part == "apex" else one.part)
    return " ".join(part for part in parts if part)


def _is_shifted(one: StratumOfLoop) -> bool:
    return one.lower is not None and one.upper is not None and (one.lower > 0 or one.upper < 0)


def _is_restless(one: StratumOfLoop, strata: int) -> bool:
    return one.chance is not None and one.chance < RARE / max(strata, 1)


def _chance(one: StratumOfLoop) -> float:
    return 1.0 if one.chance is None else one.chance


def _shift(one: StratumOfLoop, unit: str) -> Phrase:
    return Phrase.of(
        "{stratum} stands {shift} {unit} ({lower} to {upper}) off {others}",
        stratum=name_of(one),
        shift=Number(value=one.shift, decimals=2),
        lower=Number(value=one.lower, decimals=2),
        upper=Number(value=one.upper, decimals=2),
        unit=unit,
        others="the capillaries of its bonder" if one.capillary else "the bonders",
    )


def _violations(one: StratumOfLoop, arl0: float | None) -> Phrase:
    return Phrase.of(
        "{stratum} broke rules {violations} times in {units} units where chance gives {expected}"
        " (ARL0 {arl0})",
        stratum=name_of(one),
        violations=Number(value=one.violations),
        units=Number(value=one.judged),
        expected=Number(value=one.expected, decimals=1),
        arl0=Number(value=arl0, decimals=0),
    )


def _subject(about: Characteristic, tool: str, guilty: StratumOfLoop | None) -> Subject:
    factors = {} if guilty is None else {tool: guilty.tool}
    if guilty is not None and guilty.capillary:
        factors["capillary"] = guilty.capillary
    return Subject(site=about.site, characteristic=about.code, factors=factors)
