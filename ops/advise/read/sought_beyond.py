"""Cases whose number is beyond a bound that a question asks about, counted and listed."""

from collections.abc import Mapping, Sequence

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.advise.question import Intent, Sought, SoughtKind
from ops.advise.read.sought_case import PAGES, counted_case, replaced, sought_evidence
from ops.page_value import Phrase

_MOVED: Mapping[Topic, tuple[str, ...]] = {
    "drift": ("shift", "step", "departure"), "capability": ("ppk", "cpk"),
}  # fmt: skip


def beyond(
    intent: Intent, asked: Sought, cases: Sequence[Case], now_us: int
) -> tuple[Case | None, tuple[Case, ...]]:
    """Count the cases whose number is beyond a bound, each thing once, by its newest case.

    Those cases come too; no case where none has such a number.
    """
    quantities = intent.quantities[:1] or _by_topic(intent, asked)
    held: dict[tuple[str, str], tuple[Case, Evidence]] = {}
    for case in cases:
        one = _number(case, quantities, asked.unit)
        if one is not None:
            site = "" if case.subject is None else case.subject.site or ""
            held.setdefault((case.title, site), (case, one))
    if not held or "of-place" in intent.quantities:  # a plan as a whole tells of no customer
        return None, ()
    in_order = sorted(held.values(), key=lambda e: (-abs(_shown(e[1])), e[0].id))
    those = [e for e in in_order if _is_beyond(e[1], asked)]
    if not asked.above:
        those.reverse()
    first = in_order[0][1]
    index = first.quantity in ("cpk", "ppk")
    label = Phrase.of("Cpk or Ppk") if index else first.label_phrase or Phrase.of(first.label)
    members = _titles([case for case, _ in those], [title for title, _ in held])
    kind: SoughtKind = "characteristic" if "capability" in intent.topics else "tool"
    counted = counted_case(kind, "bound", members, len(held), [case for case, _ in those], now_us)
    bound = sought_evidence("bound", label, now_us, PAGES[kind]).model_copy(
        update={"value": asked.value, "unit": asked.unit}
    )
    facts = {**counted.facts, "above": "yes" if asked.above else "no"}
    whole = replaced(counted, (*counted.evidence, bound), facts)
    return whole, tuple(case for case, _ in those)


def _titles(cases: Sequence[Case], known: Sequence[str]) -> list[str]:
    """Titles of cases, with their sites where several that are known have the same."""
    sites = ["" if case.subject is None else case.subject.site or "" for case in cases]
    return [
        f"{case.title} ({site})" if site and known.count(case.title) > 1 else case.title
        for case, site in zip(cases, sites, strict=True)
    ]


def _by_topic(intent: Intent, asked: Sought) -> tuple[str, ...]:
    if "/" in asked.unit:
        return ("slope",)
    return next((_MOVED[one] for one in intent.topics if one in _MOVED), ())


def _number(case: Case, quantities: Sequence[str], unit: str) -> Evidence | None:
    found = (case.stand_in(one) for one in quantities)
    one = next((e for e in found if e is not None and e.number is not None), None)
    if one is None or (unit and unit != ("%" if one.percent else one.unit)):
        return None
    return one


def _shown(one: Evidence) -> float:
    return (one.number or 0.0) * (100.0 if one.percent else 1.0)


def _is_beyond(one: Evidence, asked: Sought) -> bool:
    """Whether a number is beyond a bound; of what moves, however it moves."""
    moves = one.quantity in ("slope", "shift", "step", "departure", "offset")
    value = abs(_shown(one)) if moves and asked.value >= 0 else _shown(one)
    return value > asked.value if asked.above else value < asked.value
