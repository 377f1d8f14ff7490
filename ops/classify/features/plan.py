"""A spec against a table: which columns become features, what is made of which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ops.classify.document import DatasetDocument
from ops.classify.features.derive import History, sources, texts
from ops.classify.spec import (
    CategoryFeature,
    DerivedFeature,
    FeatureSpec,
    Lag,
    LimitByCategory,
    NumberFeature,
    RawFeature,
    Rolling,
    TimeSince,
)
from ops.classify.table import DataTable
from ops.errors import BadData, Problem

_LEARNED = frozenset({"feature", "group", "stratum"})  # roles that may be learned from
_KEYS = _LEARNED | {"unit"}  # roles that lags may stay within
_CLOCKS = frozenset({"feature", "time"})


@dataclass(frozen=True, slots=True)
class Plan:
    """Features of a spec, and the columns that they are made of.

    Parameters
    ----------
    features
        In the order of the matrix.
    derived
        Those that are needed, in the order of the spec.
    numbers, categories
        Columns to send of a row, lags and the like among the numbers.
    past_numbers, past_categories
        Columns that only lags and rolling statistics are made of.
    """

    features: tuple[RawFeature, ...]
    derived: tuple[DerivedFeature, ...]
    numbers: tuple[str, ...]
    categories: tuple[str, ...]
    past_numbers: tuple[str, ...]
    past_categories: tuple[str, ...]


def plan_of(table: DataTable, spec: FeatureSpec, document: DatasetDocument) -> Plan:
    """Resolve a spec.

    Raises
    ------
    BadData
        With a problem for each name that the table has not, or that must not be learned from.
    """
    problems = [*_wrong_features(table, spec, document), *_wrong_derived(table, spec, document)]
    if problems:
        raise BadData(f"the feature spec does not fit the rows: {problems[0].detail}", (*problems,))
    features = _features(table, spec, document)
    if not features:
        text = "no column is left to learn from: name features, or give columns the role 'feature'"
        raise BadData(text, (Problem("/features", text),))
    made = {d.name: d for d in spec.derived}
    numbers, categories = _needed(
        [f.column for f in features if isinstance(f, NumberFeature)], made, through=False
    )
    categories = _once([f.column for f in features if isinstance(f, CategoryFeature)], categories)
    all_numbers, all_categories = _needed(numbers, made, through=True)
    return Plan(
        features,
        tuple(d for d in spec.derived if d.name in _made_for(features, made)),
        numbers,
        categories,
        tuple(n for n in all_numbers if n not in numbers and n not in made),
        tuple(n for n in all_categories if n not in categories),
    )


def _features(
    table: DataTable, spec: FeatureSpec, document: DatasetDocument
) -> tuple[RawFeature, ...]:
    named = spec.features or tuple(_defaults(table, spec, document))
    taken = {f.column for f in named}
    derived = (NumberFeature(column=d.name) for d in spec.derived if d.name not in taken)
    return tuple(f for f in (*named, *derived) if f.column not in set(spec.drop))


def _defaults(
    table: DataTable, spec: FeatureSpec, document: DatasetDocument
) -> Iterator[RawFeature]:
    """Columns of the role `feature`, those of the document first, then those it is silent of."""
    told = [c.name for c in document.columns]
    ours = [c.name for c in document.of_role("feature")]
    silent = [n for n in (*table.numbers, *table.categories) if n not in set(told)]
    made = {d.name for d in spec.derived}
    for name in (*ours, *silent):
        if name in made:
            continue
        if name in table.categories:
            yield CategoryFeature(column=name)
        elif name in table.numbers:
            yield NumberFeature(column=name)


def _needed(
    names: Iterable[str], made: dict[str, DerivedFeature], *, through: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers and texts that some features are made of; lags are taken as given or seen through."""
    numbers: dict[str, None] = {}
    categories: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        one = made.get(name)
        if one is None or (isinstance(one, History) and not through):
            numbers[name] = None
            continue
        categories |= dict.fromkeys(texts(one))
        waiting += sources(one)[::-1]
    return tuple(numbers), tuple(categories)


def _made_for(features: tuple[RawFeature, ...], made: dict[str, DerivedFeature]) -> set[str]:
    found: set[str] = set()
    waiting = [f.column for f in features]
    while waiting:
        name = waiting.pop()
        if name in made and name not in found:
            found.add(name)
            waiting += sources(made[name])
    return found


def _once(*names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


def _wrong_features(
    table: DataTable, spec: FeatureSpec, document: DatasetDocument
) -> Iterator[Problem]:
    made = {d.name for d in spec.derived}
    for i, feature in enumerate(spec.features):
        at = f"/features/{i}/column"
        if isinstance(feature, CategoryFeature):
            yield from _wrong(feature.column, table.categories, "texts", at, table)
        elif feature.column not in made:
            yield from _wrong(feature.column, table.numbers, "numbers", at, table)
        yield from _wrong_role(feature.column, document, _LEARNED, at)
    known = table.names | made
    for i, name in enumerate(spec.drop):
        if name not in known:
            text = f"there is no column or derived feature {name!r} to leave out: take it away"
            yield Problem(f"/drop/{i}", text)


def _wrong_derived(
    table: DataTable, spec: FeatureSpec, document: DatasetDocument
) -> Iterator[Problem]:
    earlier: set[str] = set()
    for i, made in enumerate(spec.derived):
        at = f"/derived/{i}"
        if made.name in table.names and not (
            isinstance(made, History) and made.name in table.numbers
        ):
            text = f"{made.name!r} is a column of the rows already: give the new feature another"
            yield Problem(f"{at}/name", f"{text} name")
        for name in sources(made):
            if name not in earlier:
                yield from _wrong(name, table.numbers, "numbers", at, table)
                yield from _wrong_role(name, document, _LEARNED, at)
        roles = _KEYS if isinstance(made, Lag | Rolling) else _LEARNED
        for name in texts(made):
            yield from _wrong(name, table.categories, "texts", at, table)
            yield from _wrong_role(name, document, roles, at)
        yield from _wrong_kind(made, table, document, at)
        earlier.add(made.name)


def _wrong_kind(
    made: DerivedFeature, table: DataTable, document: DatasetDocument, at: str
) -> Iterator[Problem]:
    """Find what only one kind of derived feature can get wrong."""
    if isinstance(made, LimitByCategory) and made.relative and 0.0 in made.limits.values():
        level = next(level for level, limit in made.limits.items() if limit == 0.0)
        text = f"the limit of {level!r} is 0, nothing can be told relative to it: set relative"
        yield Problem(f"{at}/limits", f"{text} to false, or another limit")
    if isinstance(made, History) and made.name not in table.numbers:
        if document.one("time") is None:
            text = f"{made.name!r} needs the order of time: give a column of times the role 'time'"
            yield Problem(at, text)
        if isinstance(made, TimeSince):
            yield from _wrong(made.since, table.times, "times", f"{at}/since", table)
            yield from _wrong_role(made.since, document, _CLOCKS, f"{at}/since")


def _wrong(
    name: str, columns: Iterable[str], kind: str, at: str, table: DataTable
) -> Iterator[Problem]:
    if name in columns:
        return
    if name in table.names:
        text = f"{name!r} is not a column of {kind}: name one that is, or change its type"
    else:
        known = ", ".join(sorted(table.names)[:20])
        text = f"there is no column of {kind} {name!r}; the rows have {known}"
    yield Problem(at, text)


def _wrong_role(
    name: str, document: DatasetDocument, roles: frozenset[str], at: str
) -> Iterator[Problem]:
    role = next((c.role for c in document.columns if c.name == name), "feature")
    if role not in roles:
        text = f"{name!r} has the role {role!r} and must not be learned from: take it out"
        yield Problem(at, f"{text}, or change its role to 'feature' if it is known in time")
