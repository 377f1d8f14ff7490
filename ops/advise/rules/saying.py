"""Sentences that are chosen by what is known: the richest whose numbers all exist and hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from ops.advise.claim import Claim, Comparison, Part, Relation, Role, Slot
from ops.advise.comparison import holds
from ops.advise.evidence import Evidence, by_id
from ops.advise.rules.view import View

Held = tuple[str, Relation, str | None]  # quantity, relation, quantity; None: its own reference
_PARTS: Mapping[str, Part] = {
    "": "full", "value": "value", "lower": "lower", "upper": "upper", "interval": "interval",
    "reference": "reference", "label": "label",
}  # fmt: skip


def _always(_: View) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence with places that name what stands there.

    A place `{crossing_days}` is the quantity `crossing-days` in full, `{limit__value}` its value
    alone, `{cpk__reference}` what it is held against. `{what}` and `{tool}` are the names of the
    case and of its tool, `{where}` its bottleneck, `{rule}` what has to bend, `{column}` an input;
    further ones are given by whoever says it.

    Parameters
    ----------
    held
        Comparisons that its words make; it is only said where they are true.
    when
        What else must be so.
    rests
        Quantities that it rests on without naming their value, as far as they are known. What
        neither names nor rests on anything rests on the most telling evidence of the case.
    """

    template: str
    held: tuple[Held, ...] = ()
    when: Callable[[View], bool] = _always
    rests: tuple[str, ...] = ()


Ladder = tuple[Saying, ...]  # the richest first


def said(
    role: Role, ladder: Sequence[Saying], view: View, names: Mapping[str, str | Slot] | None = None
) -> Claim | None:
    """First sentence of a ladder that the evidence of a case fills; None if there is none."""
    known: dict[str, str | Slot] = {
        "what": view.case.named(), "tool": view.tool, "where": view.fact("bottleneck"),
        "rule": view.fact("reason"), "column": view.fact("column"), **(names or {}),
    }  # fmt: skip
    return next(
        (claim for one in ladder if (claim := _filled(role, one, view, known)) is not None), None
    )


def _filled(
    role: Role, saying: Saying, view: View, names: Mapping[str, str | Slot]
) -> Claim | None:
    slots = _slots(saying.template, view, names)
    compared = _compared(saying.held, view)
    if slots is None or compared is None or not saying.when(view):
        return None
    cited = [slot.evidence for slot in slots.values() if slot.evidence is not None]
    cited += [one for c in compared for one in (c.left, c.right) if one is not None]
    cited += [e.id for q in saying.rests if (e := view.case.get(q)) is not None]
    cited = cited or ground(view)
    return Claim(
        role=role,
        template=saying.template,
        slots=slots,
        evidence=tuple(dict.fromkeys(cited)),
        comparisons=compared,
        case=view.case.id,
    )


def ground(view: View) -> list[str]:
    """Id of the most telling evidence of a case: what its judgement rests on first."""
    known = (e for e in view.case.evidence if e.value is not None and not e.quoted)
    return [e.id for e in known][:1]


def _slots(template: str, view: View, names: Mapping[str, str | Slot]) -> dict[str, Slot] | None:
    slots: dict[str, Slot] = {}
    for place in places(template):
        slot = _named(names[place]) if place in names else _cited(place, view)
        if slot is None:
            return None
        slots[place] = slot
    return slots


@lru_cache(maxsize=1024)
def places(template: str) -> tuple[str, ...]:
    """Names of the places of a template, in its order."""
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _named(name: str | Slot) -> Slot | None:
    if isinstance(name, Slot):
        return name
    return Slot(name=name[:300]) if name else None


def _cited(place: str, view: View) -> Slot | None:
    quantity, _, part = place.partition("__")
    found = view.case.get(quantity.replace("_", "-"))
    if found is None or not _is_there(found, _PARTS[part]):
        return None
    return Slot(evidence=found.id, part=_PARTS[part])


def _is_there(one: Evidence, part: Part) -> bool:
    if part == "reference":
        return one.reference is not None
    if part == "interval":
        return one.lower is not None and one.upper is not None
    return part not in ("lower", "upper") or getattr(one, part) is not None


def _compared(held: Sequence[Held], view: View) -> tuple[Comparison, ...] | None:
    if not held:
        return ()
    evidence = by_id(view.case.evidence)
    found: list[Comparison] = []
    for quantity, relation, against in held:
        left = view.case.get(quantity)
        right = None if against is None else view.case.get(against)
        if left is None or (against is not None and right is None):
            return None
        one = Comparison(left=left.id, relation=relation, right=None if right is None else right.id)
        if holds(one, evidence) is not True:
            return None
        found.append(one)
    return tuple(found)
