"""What the columns of a life test's file mean, told from their headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ops.errors import BadData, Problem
from ops.ingest.life_mapping import LifeMapping
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import RowsKind

_BRACKET = re.compile(r"[\[(]([^\[\]()]{1,32})[\])]\s*$")
_TIME = (
    "time hours hrs h days d cycles km miles age life lifetime ttf time_to_failure failure_time"
    " test_time time_on_test state_end_time end_time duration t"
)
_GROUP = "group lot batch supplier vendor design part_number pn population data_group product"
_UNIT_ID = "unit_id unit serial serial_number sn id sample device dut specimen item"
_MODE = "mode failure_mode failure_cause cause"
_QUANTITY = "quantity qty number number_in_state count n units freq frequency weight"
ALIASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    kind: {role: tuple(words.split()) for role, words in roles.items()}
    for kind, roles in {
        "life": {
            "lower": "lower last_good last_pass last_inspected last_inspection interval_start from",
            "upper": "upper first_bad first_fail seen found_failed interval_end to",
            "time": _TIME,
            "status": "status state f_s f_or_s state_f_s state_f_or_s failed is_failed failure fail"
            " event event_observed outcome censored is_censored censor censoring cens suspended",
            "quantity": _QUANTITY,
            "mode": _MODE,
            "group": _GROUP,
            "unit_id": _UNIT_ID,
            "entry": "entry entry_time delayed_entry left_truncation truncation_lower",
            "exit": "exit exit_time right_truncation truncation_upper",
        },
        "field": {
            "shipped": "shipped_on ship_date shipped_date ship_month shipped_in ship_period sold_on"
            " sales_date sales_month sale_date production_date production_month in_service"
            " in_service_date installed ship month period cohort date shipped",
            "returned": "returned_on return_date returned_date failure_date failed_on returned",
            "reported": "reported_on report_date reported_date reported known_on",
            "quantity": _QUANTITY + " shipped_quantity sold sales volume shipments",
            "mode": _MODE,
            "group": _GROUP,
            "unit_id": _UNIT_ID,
        },
        "recurrent": {
            "system": "system system_id machine tool asset equipment vehicle " + _UNIT_ID,
            "time": _TIME + " event_time operating_time",
            "what": "what event event_type type status kind state",
            "start": "start watched_from entry",
            "end": "end watched_until censoring_time end_of_watch",
            "cost": "cost costs repair_cost",
            "mode": _MODE,
            "group": _GROUP,
        },
        "degradation": {
            "unit_id": _UNIT_ID,
            "time": _TIME + " readout",
            "value": "value reading measurement degradation damage y",
            "group": _GROUP,
        },
    }.items()
}
_SPOKEN = {"hours": "h", "hrs": "h", "h": "h", "days": "d", "d": "d", "cycles": "cycles",
           "km": "km", "miles": "mile", "min": "min", "s": "s", "c": "degC"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A column: its header as the file has it, and the unit that the header names, if any."""

    column: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class LifeLayout:
    """What the columns of one file are.

    Parameters
    ----------
    roles
        Role to its column.
    stresses
        Name of a stress to its column.
    ignored
        Columns that mean nothing here.
    """

    roles: Mapping[str, Found]
    stresses: Mapping[str, Found] = field(default_factory=dict[str, Found])
    ignored: tuple[str, ...] = ()

    def has(self, *roles: str) -> bool:
        """Whether the file has a column for each of these."""
        return all(role in self.roles for role in roles)


def lay_out_life(
    columns: Sequence[str], kind: RowsKind, mapping: LifeMapping, document: LifeTestDocument
) -> LifeLayout:
    """Find the columns of a kind of life test among those of a file.

    A column is what the mapping says, else what its header says; else it is a stress if the
    document declares it, or if its header ends with a unit such as ``[degC]``.

    Raises
    ------
    BadData
        If the mapping names a column that the file lacks, or a header stands twice.
    """
    _refuse_odd(columns, mapping)
    free = [c for c in columns if c and c not in mapping.ignore]
    roles: dict[str, Found] = {r: Found(c, unit_in(c)) for r, c in mapping.columns.items()}
    stresses = {name: Found(c, unit_in(c)) for name, c in mapping.stresses.items()}
    taken = {found.column for found in (*roles.values(), *stresses.values())}
    for column in free:
        declared = _declared(column, document)
        if column not in taken and declared is not None and declared not in stresses:
            stresses[declared] = Found(column, unit_in(column))
            taken.add(column)
    measure = document.measure.name if document.measure is not None else None
    for role, aliases in ALIASES[kind].items():
        words = (plain(measure), *aliases) if role == "value" and measure else aliases
        found = None if role in roles else _first(free, taken, words)
        if found is not None:
            roles[role] = found
            taken.add(found.column)
    for column in free:
        unit = bracket_of(column)
        if column not in taken and unit is not None and kind in ("life", "degradation"):
            name = _BRACKET.sub("", column).strip()
            stresses[name] = Found(column, unit)
            taken.add(column)
    return LifeLayout(roles, stresses, tuple(c for c in columns if c not in taken))


def plain(header: str) -> str:
    """Header in small letters, its words joined by ``_``, without the unit behind it.

    Examples
    --------
    >>> plain("Time to failure [h]")
    'time_to_failure'
    """
    words = re.findall(r"[^\W_]+", _BRACKET.sub("", header).casefold())
    return "_".join(words)


def bracket_of(header: str) -> str | None:
    """Find the unit that a header names in brackets."""
    match = _BRACKET.search(header)
    return match[1].strip() if match else None


def unit_in(header: str) -> str | None:
    """Find the unit that a header names: in brackets, as its last word, or as a whole (hours).

    Examples
    --------
    >>> unit_in("temperature [degC]"), unit_in("Hours"), unit_in("time_h"), unit_in("status")
    ('degC', 'h', 'h', None)
    """
    return bracket_of(header) or _SPOKEN.get(plain(header).rpartition("_")[2])


def _first(free: Sequence[str], taken: set[str], aliases: Sequence[str]) -> Found | None:
    """First column, in the order of the aliases, whose header is one of them."""
    for alias in aliases:
        for column in free:
            name = plain(column)
            head, _, unit = name.rpartition("_")
            if column not in taken and (name == alias or (head == alias and unit in _SPOKEN)):
                return Found(column, unit_in(column))
    return None


def _declared(column: str, document: LifeTestDocument) -> str | None:
    """Stress of the document whose name the header is, or begins with before its unit."""
    name = plain(column)
    for stress in document.stresses:
        of = plain(stress.name)
        if name == of or (name.startswith(of + "_") and name.removeprefix(of + "_") in _SPOKEN):
            return stress.name
    return None


def _refuse_odd(columns: Sequence[str], mapping: LifeMapping) -> None:
    twice = sorted({c for c in columns if c and columns.count(c) > 1})
    if twice:
        raise BadData(f"the file has the column {twice[0]!r} more than once; rename one")
    has = ", ".join(repr(c) for c in columns[:30]) or "no column"
    named = {f"columns/{role}": c for role, c in mapping.columns.items()}
    named |= {f"stresses/{name}": c for name, c in mapping.stresses.items()}
    problems = tuple(
        Problem(f"/mapping/{place}", f"the file lacks {c!r}; it has {has}")
        for place, c in named.items()
        if c not in columns
    )
    if problems:
        raise BadData(problems[0].detail, problems)
