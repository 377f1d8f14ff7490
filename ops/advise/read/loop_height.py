"""Charts of loop height as cases: all together, and the guiltiest bonders and capillaries.

Further quantities: shift, violations, mean, touch-downs.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored
from ops.page import Subject, Verdict
from ops.page_value import Phrase

MOST_STRATA = 5


class _Stratum(Stored):
    part: str
    type: str
    tool: str
    capillary: str
    mean: float
    shift: float | None
    lower: float | None
    upper: float | None
    violations: int
    judged: int
    expected: float | None
    chance: float | None
    touch_downs: float | None


class _Heights(Stored):
    site: str
    unit: str
    characteristics: dict[str, str]
    confidence: float
    strata: tuple[_Stratum, ...]
    verdict: Verdict


def loop_height_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of charts of loop height."""
    result = _Heights.model_validate(run.result)
    verdict = result.verdict
    of = Dossier(run, "", "drift", verdict.subject or Subject(site=result.site))
    of.verdict(verdict)
    facts = {"scope": "fleet", "site": result.site}
    yield of.case("Loop heights", verdict.level, facts)
    for stratum in result.strata[:MOST_STRATA]:
        yield _stratum(run, result, stratum)


def _stratum(run: StoredRun, result: _Heights, one: _Stratum) -> Case:
    code = result.characteristics.get(one.part, "")
    factors = {"tool": one.tool} | ({"capillary": one.capillary} if one.capillary else {})
    subject = Subject(site=result.site, characteristic=code or None, factors=factors)
    what = "/".join(p for p in (one.part, one.type, one.tool, one.capillary) if p)
    of = Dossier(run, what, "drift", subject)
    label = "shift from the other bonders"
    if one.capillary:
        label = "shift from the other capillaries of this bonder"
    of.number(
        "shift", label, one.shift, result.unit,
        lower=one.lower, upper=one.upper, confidence=result.confidence,
    )  # fmt: skip
    of.number(
        "violations", "units that broke a rule", one.violations, decimals=0,
        reference=one.expected, reference_label="" if one.expected is None else "by chance",
    )  # fmt: skip
    of.number("p-value", "p of as many by chance", one.chance)
    of.number("mean", "mean", one.mean, result.unit)
    of.number("touch-downs", "touch-downs at the last of them", one.touch_downs, decimals=0)
    stratum = f"{one.type} {one.tool} {one.capillary}".strip()
    facts = {
        "site": result.site, "characteristic": code, "tool": one.tool,
        "stratum-factor": "capillary" if one.capillary else "tool",
        "stratum-level": one.capillary or one.tool,
        "direction": "" if one.shift is None else "up" if one.shift > 0 else "down",
    }  # fmt: skip
    return of.case(Phrase.of("Loop height {stratum}", stratum=stratum), "info", facts)
