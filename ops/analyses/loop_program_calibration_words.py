"""The verdicts of a program calibration: corrections advised, refused, and hidden creeps."""

from collections.abc import Sequence

from ops.analyses.loop_program_calibration_result import CorrectionsMade, ProgramCorrection
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase


def verdicts_of(
    corrections: Sequence[ProgramCorrection],
    made: Sequence[CorrectionsMade],
    refusal: str,
    *,
    unit: str,
) -> tuple[Verdict, ...]:
    """Say which programs need a correction, and whose corrections hide a creep."""
    first = _refused(corrections, refusal) if refusal else _advised(corrections, unit)
    return (first, *(_hidden(m, unit) for m in made if m.hidden_drift))


def _refused(corrections: Sequence[ProgramCorrection], refusal: str) -> Verdict:
    subject = Subject(site=corrections[0].site)
    return Verdict.of(
        "bad",
        Phrase.of("no correction is advised: {reason}", reason=refusal),
        Phrase.of("mend the gauge, or measure more lots"),
        subject=subject,
    )


def _advised(corrections: Sequence[ProgramCorrection], unit: str) -> Verdict:
    wanted = [c for c in corrections if c.state == "correct"]
    few = sum(c.state == "few" for c in corrections)
    refused = sum(c.state == "refused" for c in corrections)
    said = [
        Phrase.of(
            "{n} of {all} bonder programs need a correction",
            n=Number(value=len(wanted)),
            all=Number(value=len(corrections)),
        )
    ]
    subject = Subject(site=corrections[0].site)
    if wanted:
        said.append(_largest(wanted[0], unit))
        subject = Subject(site=wanted[0].site, factors={"tool": wanted[0].tool})
    if few:
        said.append(Phrase.of("{n} have too few lots to tell", n=Number(value=few)))
    if refused:
        said.append(Phrase.of("{n} are refused for the gauge", n=Number(value=refused)))
    level: Level = "warn" if wanted else "info" if few + refused == len(corrections) else "good"
    return Verdict.of(level, *said, subject=subject)


def _largest(one: ProgramCorrection, unit: str) -> Phrase:
    error = one.error
    return Phrase.of(
        "{tool} {program} by {correction} {unit}: its error is {error} {unit} ({lower} to {upper}),"
        " the dead band {band} {unit}",
        tool=one.tool,
        program=one.program,
        unit=unit,
        correction=Number(value=one.correction, decimals=2),
        error=Number(value=error.value if error else None, decimals=2),
        lower=Number(value=error.lower if error else None, decimals=2),
        upper=Number(value=error.upper if error else None, decimals=2),
        band=Number(value=one.dead_band, decimals=2),
    )


def _hidden(made: CorrectionsMade, unit: str) -> Verdict:
    slope = made.slope
    said = Phrase.of(
        "{tool}: its corrections move by {slope} {unit} a day ({lower} to {upper}), now at {last}"
        " {unit}: they hide a creep that no chart of heights shows",
        tool=made.tool,
        unit=unit,
        slope=Number(value=slope.value if slope else None, decimals=3),
        lower=Number(value=slope.lower if slope else None, decimals=3),
        upper=Number(value=slope.upper if slope else None, decimals=3),
        last=Number(value=made.last, decimals=2),
    )
    subject = Subject(site=made.site, factors={"tool": made.tool})
    return Verdict.of("warn", said, subject=subject)
