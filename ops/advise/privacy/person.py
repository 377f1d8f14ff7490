"""Where people stand in cases, memories and questions, by the schema of these."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.memory import Remembered
from ops.advise.personal import is_personal
from ops.advise.question import Intent

_LONGEST_NAME = 80


def people_of(
    intent: Intent | None, cases: Sequence[Case], memories: Sequence[Remembered]
) -> tuple[str, ...]:
    """Names of people that the schema tells: each once, in the order of their appearance.

    They are the levels of personal factors, the facts of such names, evidence that is marked
    `personal`, and whoever wrote a memory.
    """
    found: list[str] = [] if intent is None else list(_levels(intent.factors))
    for case in cases:
        found += _of_case(case)
    for memory in memories:
        found += _levels(memory.tags)
        found += [memory.origin] if memory.provenance == "person" else []
    return tuple(dict.fromkeys(name for name in found if 0 < len(name) <= _LONGEST_NAME))


def _of_case(case: Case) -> Iterator[str]:
    yield from _levels(case.facts)
    if is_personal(case.facts.get("stratum-factor", "")):
        yield case.facts.get("stratum-level", "")
    if case.subject is not None:
        yield from _levels(case.subject.factors)
    for one in case.evidence:
        if one.subject is not None:
            yield from _levels(one.subject.factors)
        if one.personal and isinstance(one.value, str):
            yield one.value


def _levels(factors: Mapping[str, str]) -> Iterator[str]:
    return (level for factor, level in factors.items() if is_personal(factor))
