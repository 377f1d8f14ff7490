"""A ranking of actions as evidence.

Quantities: helps (chance that an item helps, against the average), uses, score, recall,
like-cases, verdict. Facts: alert, source, first, first-kind, method, tool, mechanism, known.
"""

from pydantic import Field

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase

MOST = 5


class _Item(Stored):
    name: str
    kind: str = ""
    helps: float | None = None
    helps_lower: float | None = None
    helps_upper: float | None = None
    uses: int | None = None
    like: float | None = None


class _Measure(Stored):
    name: str = ""
    order: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Ranking(Stored):
    alert: str | None = None
    context: dict[str, str] = Field(default_factory=dict[str, str])
    source: str = ""
    method: str = ""
    diversity: str = ""
    confidence: float | None = None
    cases: int | None = None
    overall: float | None = None
    ranked: tuple[_Item, ...] = ()
    measures: tuple[_Measure, ...] = ()


def read_action_ranking(run: StoredRun) -> tuple[Case, ...]:
    """Case of a ranking: what helped in like cases, and how far it may be trusted."""
    found = _Ranking.model_validate(run.result)
    tool = found.context.get("tool", "")
    subject = Subject(site=run.site, factors={"tool": tool} if tool else {})
    of = Dossier(run, f"ranking/{found.alert}" if found.alert else "ranking", "alert", subject)
    for item in found.ranked[:MOST]:
        of.name("item", "item", item.name, quoted=True)
        of.number(
            "helps", Phrase.of("chance that {item} helps", item=item.name),
            item.helps, percent=True,
            lower=item.helps_lower, upper=item.helps_upper, confidence=found.confidence,
            reference=found.overall,
            reference_label="" if found.overall is None else "on average",
        )  # fmt: skip
        of.number("uses", Phrase.of("cases with {item}", item=item.name), item.uses, decimals=0)
        of.number("like-cases", Phrase.of("like cases with {item}", item=item.name), item.like)
    of.number("cases", "past cases", found.cases, decimals=0)
    order = found.diversity if found.diversity not in ("", "none") else "scores"
    for one in found.measures:
        if one.name == "recall" and one.order in (order, "popularity"):
            of.number(
                "recall",
                Phrase.of("share of what helped that stood first, {order}", order=one.order),
                one.value,
                percent=True, lower=one.lower, upper=one.upper, confidence=0.95,
            )  # fmt: skip
    level = tell_verdicts(of, run, *(item.name for item in found.ranked[:MOST]))
    first = found.ranked[0] if found.ranked else _Item(name="")
    facts = {
        "alert": found.alert or "", "source": found.source, "method": found.method,
        "first": first.name, "first-kind": first.kind, "tool": tool,
        "mechanism": found.context.get("mechanism", ""),
    }  # fmt: skip
    return (of.case("ranking of actions", level, facts),)
