"""What differs between two scenarios, part by part; the order of a list is no difference."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from solvers.scenario.document import Scenario
from solvers.scenario.identity import KEYS, ORDERED, name_of, named
from solvers.scenario.part import Part

ChangeKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Parameters
    ----------
    pointer
        Where: a JSON pointer in which list members are named by what they are, as in
        ``/lanes/A>B~1road/capacity`` (``~1`` stands for a slash).
    kind
        What happened on the way from the first to the second.
    before, after
        JSON of the value; None where it is absent (or null).
    """

    pointer: str
    kind: ChangeKind
    before: Any = None
    after: Any = None

    def sentence(self) -> str:
        """Say it for readers: ``lanes A>B/road capacity: 500 → 250``."""
        steps = [s.replace("~1", "/").replace("~0", "~") for s in self.pointer.split("/")[1:]]
        what = " ".join(s.replace("_", " ") if i != 1 else s for i, s in enumerate(steps))
        if self.kind == "changed":
            return f"{what}: {_short(self.before)} → {_short(self.after)}"
        return f"{what}: {self.kind}"


def diff(a: Scenario, b: Scenario) -> tuple[Change, ...]:
    """Find the changes that lead from one scenario to another, in the order of the document.

    Lists are compared by what their members are (`identity.KEYS`), so that order is no difference
    where it says nothing; periods, tariff breaks, labour tiers and points of a safety cost have
    an order that counts. Amounts are compared as they are written: 420 t is not 420000 kg here.
    It is empty if and only if the two are equal in this sense.
    """
    return tuple(_of_parts(a, b, ""))


def _of_parts(a: Part, b: Part, pointer: str) -> Iterator[Change]:
    for field, info in type(a).model_fields.items():
        before, after = getattr(a, field), getattr(b, field)
        if before != after:
            yield from _of_values(before, after, f"{pointer}/{info.alias or field}", field)


def _of_values(before: Any, after: Any, pointer: str, field: str) -> Iterator[Change]:
    if isinstance(before, Part) and isinstance(after, Part):
        yield from _of_parts(before, after, pointer)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        if _holds_parts(before) or _holds_parts(after):
            yield from _of_lists(before, after, pointer, field)
        elif sorted(before) != sorted(after):  # tags, codes: a set of words
            yield Change(pointer, "changed", _json(before), _json(after))
    else:
        yield Change(pointer, "changed", _json(before), _json(after))


def _holds_parts(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(v, Part) for v in value)


def _of_lists(
    before: tuple[Part, ...], after: tuple[Part, ...], pointer: str, field: str
) -> Iterator[Change]:
    old, new = dict(_named(before, field)), dict(_named(after, field))
    common = [name for name in old if name in new]
    if field in ORDERED and common != [name for name in new if name in old]:
        yield Change(pointer, "changed", list(old), list(new))
    for name, part in old.items():
        place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in new:
            yield Change(place, "removed", before=_json(part))
        elif new[name] != part:
            yield from _of_parts(part, new[name], place)
    for name, part in new.items():
        if name not in old:
            place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            yield Change(place, "added", after=_json(part))


def _named(parts: tuple[Part, ...], field: str) -> Iterable[tuple[str, Part]]:
    """Members that share a name are ordered by what they say, so that their order is none."""
    keys = KEYS.get(field)
    if keys is not None and field not in ORDERED:
        seen = Counter(name_of(p, keys) for p in parts)
        if len(seen) < len(parts):
            parts = tuple(sorted(parts, key=lambda p: repr(canonical(p))))
    return named(parts, field)


def canonical(value: Any, field: str = "") -> Any:
    """Value in which all that has no order has a fixed one: equal parts, equal canonical forms."""
    if isinstance(value, Part):
        return tuple(
            (name, canonical(getattr(value, name), name)) for name in type(value).model_fields
        )
    if isinstance(value, tuple):
        inner = [canonical(v) for v in value]
        return tuple(inner if field in ORDERED else sorted(inner, key=repr))
    return value + 0.0 if isinstance(value, float) else value  # -0.0 is 0.0


def _json(value: Any) -> Any:
    if isinstance(value, Part):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_json(v) for v in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _short(value: Any) -> str:
    text = "none" if value is None or value == "" else f"{value}"
    return text if len(text) <= 80 else f"{text[:77]}..."
