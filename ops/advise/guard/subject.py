"""Every number about the thing that its clause names, and about the case of its claim."""

import re
from collections.abc import Iterator

from ops.advise.case import Case
from ops.advise.guard.citation import GROUNDED
from ops.advise.guard.known import case_names
from ops.advise.guard.reading import Look

_AT_A_PLACE = frozenset(["bottleneck", "shortage"])
_OF_A_PLACE = ("cause", "action", "alternative")
_PLACED = re.compile(r"\b(?:at|in|on|bottleneck is|shortage is|bottleneck:|shortage of)\s+$")
_IS_TIGHT = re.compile(r"\s+is (?:the|a) (?:\w+ )?(?:bottleneck|shortage)\b")


def subjects(look: Look) -> Iterator[str]:
    """Find numbers of one thing in words about another."""
    reading, context = look.reading, look.context
    owners = {alias: _owned(case, context.names) for alias, case in context.cases.items()}
    telling = set(context.names).union(*owners.values())
    yield from _uncited(look, owners, telling)
    rests = _rests(look)
    if look.claim.case and rests and look.claim.case not in rests:
        yield f"nothing of {_title(look, look.claim.case)!r} is cited, which the claim is about"
    yield from _elsewhere(look)
    last = 0
    for place in reading.places:
        one = context.evidence.get(place.id)
        if one is None:
            continue
        own = context.case_of(one)
        clause = reading.clause_at(place.start)
        since = max(clause.start, last)
        named = [n for at, n in reading.names if n in telling and since <= at < place.start]
        last = place.end
        if not named:
            named = _around(look, clause.start, clause.end, place.start, telling)
        if any(name not in owners.get(own, ()) for name in named):
            yield f"{place.id} is of {_title(look, own)!r}, the words name {named[-1]!r}"
        elif not named and look.claim.case and own != look.claim.case:
            yield f"{place.id} is of {_title(look, own)!r}, the claim is about another case"
        elif not named and not look.claim.case and _is_ambiguous(look):
            yield f"{place.id}: neither the claim nor its words name the case that it is about"


def _elsewhere(look: Look) -> Iterator[str]:
    """Names of a place that a bottleneck is said of, and which the evidence does not name."""
    case = look.context.cases.get(look.claim.case)
    causes = {cause for cause, _ in look.chosen}
    if case is None or not causes & _AT_A_PLACE or look.claim.role not in _OF_A_PLACE:
        return
    tight = [e.label for e in case.evidence if e.quantity.startswith(("bottleneck", "shadow"))]
    known = "\n".join((case.facts.get("bottleneck", ""), *tight))
    for at, name in look.reading.names:
        before, behind = look.reading.shadow[:at], look.reading.shadow[at + len(name) :]
        said = _PLACED.search(before) or _IS_TIGHT.match(behind)
        if said and name not in known:
            yield f"{name!r} is not where the evidence finds it"
            return


def _owned(case: Case, names: tuple[str, ...]) -> set[str]:
    """Names of the case, and names that its own evidence mentions."""
    texts = [e.value for e in case.evidence if isinstance(e.value, str) and not e.quoted]
    said = "\n".join((*texts, *case.facts.values(), *(e.label for e in case.evidence)))
    return {*case_names(case), *(name for name in names if name in said)}


def _rests(look: Look) -> set[str]:
    """Cases of all evidence that a claim rests on."""
    ids = (*look.claim.cites, *(p.id for p in look.reading.places))
    known = look.context.evidence
    return {look.context.case_of(known[one]) for one in ids if one in known}


def _uncited(look: Look, owners: dict[str, set[str]], telling: set[str]) -> Iterator[str]:
    """Names of things of which the claim cites nothing."""
    if look.claim.role not in (*GROUNDED, "alternative"):
        return
    rests = {look.claim.case, *_rests(look)}
    for _, name in look.reading.names:
        if name in telling and not any(name in owners.get(alias, ()) for alias in rests):
            yield f"{name!r} is named, but nothing of it is cited"
            return


def _around(look: Look, start: int, end: int, at: int, telling: set[str]) -> list[str]:
    """Names of the clause: those before the place if there are any, else those behind it."""
    names = [(n_at, n) for n_at, n in look.reading.names if n in telling and start <= n_at < end]
    before = [n for n_at, n in names if n_at < at]
    return before or [n for n_at, n in names if n_at > at][:1]


def _is_ambiguous(look: Look) -> bool:
    return len({look.context.evidence[p.id].case for p in look.reading.places
                if p.id in look.context.evidence}) > 1  # fmt: skip


def _title(look: Look, alias: str) -> str:
    case = look.context.cases.get(alias)
    return case.title if case else "no case"
