"""What is wrong with a chart design beyond the types of its fields."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ops.errors import Problem
from ops.spc.design import ChartDesign

_INSTANTS = 4_000_000_000_000_000  # microseconds on either side of 1970


def design_flaws(design: ChartDesign, base: str = "") -> tuple[Problem, ...]:
    """Problems of a design, each with its pointer, value and mend; none if it can judge points.

    Parameters
    ----------
    base
        Pointer under which the design stands.
    """
    found = (*_names(design), *_settings(design), *_phase_one(design))
    return tuple(Problem(base + flaw.pointer, flaw.detail) for flaw in found)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _names(design: ChartDesign) -> Iterator[Problem]:
    for level in _twice(limits.level for limits in design.limits):
        yield Problem("/limits", f"the level {level!r} has limits twice; keep one of them")
    for name in _twice(rule.name for rule in design.rules):
        yield Problem("/rules", f"two rules are named {name!r}; name each once")
    known = [rule.name for rule in design.rules]
    for place, name in enumerate(design.holds):
        if name not in known:
            mend = f"name some of {', '.join(known) or 'the rules'}"
            yield Problem(f"/holds/{place}", f"no rule is named {name!r}; {mend}")


def _settings(design: ChartDesign) -> Iterator[Problem]:
    if design.kind == "cusum" and design.headstart >= design.h:
        mend = f"give less than h = {design.h:g}, usually half of it"
        yield Problem("/headstart", f"{design.headstart:g} would signal at once; {mend}")


def _phase_one(design: ChartDesign) -> Iterator[Problem]:
    found = design.phase_one
    if found is None:
        return
    for name, ts in (("start", found.start), ("end", found.end)):
        if abs(ts) > _INSTANTS:
            yield Problem(f"/phase_one/{name}", f"{ts} is no instant; give microseconds since 1970")
    if not found.start < found.end:
        yield Problem("/phase_one/end", f"{found.end} is not after start {found.start}")
    for place, point in enumerate(found.excluded):
        if not found.start <= point.ts < found.end:
            detail = f"{point.ts} is outside the window of phase I; leave it away"
            yield Problem(f"/phase_one/excluded/{place}/ts", detail)
