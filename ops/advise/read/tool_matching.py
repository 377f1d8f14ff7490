"""Tool matching as cases: the fleet in each characteristic, and each tool that stands apart.

Further quantities: offset, ratio, fleet, matched, left, between.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.pace import add_pace
from ops.advise.read.stored import Stored, level_of
from ops.page import Subject, Verdict
from ops.page_value import Level, Phrase


class _Tool(Stored):
    tool: str
    offset: float
    offset_lower: float
    offset_upper: float
    slope: float
    slope_lower: float
    slope_upper: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    p_level: float
    standing: str
    apart: tuple[str, ...]


class _Fleet(Stored):
    code: str
    title: str
    site: str
    unit: str
    margin: float
    ratio: float
    fleet: int
    matched: int
    left: int
    between: float
    tools: tuple[_Tool, ...]
    confounded: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


class _Matching(Stored):
    factor: str
    golden: str
    confidence: float
    characteristics: tuple[_Fleet, ...]


def tool_matching_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a tool matching: each fleet, then its tools that stand apart."""
    result = _Matching.model_validate(run.result)
    for fleet in result.characteristics:
        yield _fleet(run, fleet)
        for tool in fleet.tools:
            if tool.apart or tool.standing == "left":
                yield _apart(run, result, fleet, tool)


def _fleet(run: StoredRun, fleet: _Fleet) -> Case:
    subject = Subject(site=fleet.site, characteristic=fleet.code)
    of = Dossier(run, f"{fleet.site}/{fleet.code}", "drift", subject)
    level = level_of(fleet.verdicts)
    of.number("fleet", "tools compared", fleet.fleet, decimals=0)
    of.number("matched", "tools surely within the margin", fleet.matched, decimals=0, level=level)
    of.number("left", "tools surely beyond the margin", fleet.left, decimals=0, level=level)
    of.number("margin", "difference that does not matter", fleet.margin, fleet.unit)
    of.number("between", "sigma of the levels of tools", fleet.between, fleet.unit)
    for verdict in fleet.verdicts:
        if verdict.subject is None or not verdict.subject.factors:
            of.verdict(verdict)
    facts = {
        "scope": "fleet", "site": fleet.site, "characteristic": fleet.code,
        "status": "apart" if fleet.left else "matched" if fleet.matched == fleet.fleet else "open",
        "confounded": " ".join(fleet.confounded),
    }  # fmt: skip
    return of.case(Phrase.of("{title}: fleet", title=fleet.title), level, facts)


def _apart(run: StoredRun, result: _Matching, fleet: _Fleet, tool: _Tool) -> Case:
    subject = Subject(
        site=fleet.site, characteristic=fleet.code, factors={result.factor: tool.tool}
    )
    of = Dossier(run, f"{fleet.site}/{fleet.code}/{tool.tool}", "drift", subject)
    said = [v for v in fleet.verdicts if v.subject and tool.tool in v.subject.factors.values()]
    level: Level = level_of(tuple(said)) if said else "warn"
    margin = fleet.margin if tool.offset >= 0 else -fleet.margin
    of.number(
        "offset", "distance from the fleet", tool.offset, fleet.unit, lower=tool.offset_lower,
        upper=tool.offset_upper, confidence=result.confidence, reference=margin,
        reference_label="what does not matter", level=level,
    )  # fmt: skip
    add_pace(
        of, "slope against the fleet", tool.slope, f"{fleet.unit}/d", nothing=fleet.margin,
        lower=tool.slope_lower, upper=tool.slope_upper, confidence=result.confidence,
    )  # fmt: skip
    of.number(
        "ratio", "sigma over that of the fleet", tool.ratio, lower=tool.ratio_lower,
        upper=tool.ratio_upper, confidence=result.confidence, reference=fleet.ratio,
        reference_label="what does not matter",
    )  # fmt: skip
    of.number("p-value", "p of no such distance", tool.p_level)
    for verdict in said:
        of.verdict(verdict)
    facts = {
        "site": fleet.site, "characteristic": fleet.code, "tool": tool.tool,
        "stream": result.factor, "status": "apart", "apart": " ".join(tool.apart),
        "direction": "up" if tool.offset > 0 else "down",
        "mechanism": "trend" if "slope" in tool.apart else "level",
    }  # fmt: skip
    return of.case(f"{fleet.title} {tool.tool}", level, facts)
