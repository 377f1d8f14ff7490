"""What a tool matching comes to: a sentence for each tool that left, or that all match."""

from math import floor, log10

from ops.drift.fleet_standing import FleetMatch, ToolStanding
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Characteristic

MOST = 5  # sentences for one characteristic
MECHANISM = {"level": "level", "slope": "trend", "spread": "spread"}


def verdicts(about: Characteristic, match: FleetMatch, factor: str) -> tuple[Verdict, ...]:
    """Say which tools stand apart, the farthest first; else how many match."""
    found = [
        Verdict.of(
            "bad" if kind == "level" else "warn",
            _apart(about, match, tool, kind),
            subject=Subject(
                site=about.site,
                characteristic=about.code,
                factors={factor: tool.tool},
                mechanism=MECHANISM[kind],
            ),
        )
        for kind in MECHANISM
        for tool in match.tools
        if kind in tool.apart
    ]
    return tuple(found[:MOST]) if found else (_together(about, match),)


def decimals(margin: float) -> int:
    """Decimals that show a hundredth of `margin`, 1 to 6.

    Examples
    --------
    >>> decimals(1.2), decimals(0.05)
    (2, 4)
    """
    return min(max(2 - floor(log10(margin)), 1), 6)


def _together(about: Characteristic, match: FleetMatch) -> Verdict:
    judged = [tool for tool in match.tools if not tool.golden]
    matched = sum(tool.standing == "matched" for tool in judged)
    values: dict[str, Number | str] = {
        "code": about.code,
        "n": Number(value=len(judged)),
        "m": Number(value=matched),
        "margin": Number(value=match.margin, decimals=decimals(match.margin)),
        "unit": about.unit,
        "golden": match.golden,
    }
    level: Level = "good" if matched == len(judged) else "info"
    if match.golden and level == "good":
        template = "{code}: all {n} tools match {golden} within {margin} {unit}"
    elif match.golden:
        template = (
            "{code}: no tool has left {golden}; {m} of {n} surely match within {margin} {unit}"
        )
    elif level == "good":
        template = "{code}: all {n} tools match the fleet within {margin} {unit}"
    else:
        template = (
            "{code}: no tool has left the fleet; {m} of {n} surely match within {margin} {unit}"
        )
    subject = Subject(site=about.site, characteristic=about.code)
    return Verdict.of(level, Phrase.of(template, **values), subject=subject)


def _apart(about: Characteristic, match: FleetMatch, tool: ToolStanding, kind: str) -> Phrase:
    digits = decimals(match.margin)
    values: dict[str, Number | str] = {
        "code": about.code,
        "tool": tool.tool,
        "n": Number(value=len(match.tools)),
        "unit": about.unit,
        "golden": match.golden,
    }
    if kind == "level":
        sign = 1.0 if tool.offset.value >= 0 else -1.0
        ends = sorted((abs(tool.offset.lower), abs(tool.offset.upper)))
        values |= _numbers(sign * tool.offset.value, ends, digits)
        values["margin"] = Number(value=match.margin, decimals=digits)
        return Phrase.of(_LEVEL[(sign > 0, bool(match.golden))], **values)
    if kind == "slope":
        values |= _numbers(tool.slope.value, [tool.slope.lower, tool.slope.upper], digits + 1)
        return Phrase.of(_SLOPE[bool(match.golden)], **values)
    values |= _numbers(tool.ratio, [tool.ratio_lower, tool.ratio_upper], 2)
    return Phrase.of(_SPREAD[bool(match.golden)], **values)


def _numbers(value: float, ends: list[float], digits: int) -> dict[str, Number | str]:
    parts = {"value": value, "lower": ends[0], "upper": ends[1]}
    return {name: Number(value=x, decimals=digits) for name, x in parts.items()}


_LEVEL = {
    (True, False): "{code}: {tool} stands {value} {unit} [{lower}, {upper}] above the fleet of {n}"
    " tools; {margin} {unit} would not matter",
    (False, False): "{code}: {tool} stands {value} {unit} [{lower}, {upper}] below the fleet of {n}"
    " tools; {margin} {unit} would not matter",
    (True, True): "{code}: {tool} stands {value} {unit} [{lower}, {upper}] above the golden tool"
    " {golden}; {margin} {unit} would not matter",
    (False, True): "{code}: {tool} stands {value} {unit} [{lower}, {upper}] below the golden tool"
    " {golden}; {margin} {unit} would not matter",
}
_SLOPE = {
    False: "{code}: {tool} moves by {value} {unit} a day [{lower}, {upper}] against the fleet of"
    " {n} tools",
    True: "{code}: {tool} moves by {value} {unit} a day [{lower}, {upper}] against the golden tool"
    " {golden}",
}
_SPREAD = {
    False: "{code}: {tool} scatters {value} times [{lower}, {upper}] as much as the fleet of {n}"
    " tools",
    True: "{code}: {tool} scatters {value} times [{lower}, {upper}] as much as the golden tool"
    " {golden}",
}
