"""Rows as read into measurements as stored: parse, look up, convert, refuse what is wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from ops.ingest.arrow import pc
from ops.ingest.catalogue import Catalogue
from ops.ingest.chunk import RawChunk, Text, TypedChunk
from ops.ingest.instant import parse_instants
from ops.ingest.layout import Measure, lay_out
from ops.ingest.mapping import ColumnMapping
from ops.ingest.measure import Measured, measure
from ops.ingest.number import parse_integers, parse_numbers
from ops.ingest.refusal import Refusals
from ops.ingest.seq import hashed_seq
from ops.ingest.text import as_text, keys, labels, unfit_keys, unfit_labels
from ops.values import IntArray

_NOTHING = pa.array([], pa.string())  # of a chunk in which every row was refused by the reader
_STRINGS = ("unit_id", "position", "subgroup", "replicate")


class Converter:
    """Turns the chunks of one file into measurements.

    Parameters
    ----------
    columns
        The columns that the file has.
    latest
        Microseconds UTC; rows after it are refused.

    Raises
    ------
    BadData
        If the file lacks a column that the mapping needs.
    """

    def __init__(
        self, mapping: ColumnMapping, catalogue: Catalogue, columns: Sequence[str], *, latest: int
    ) -> None:
        self.layout = lay_out(mapping, columns)
        self.catalogue = catalogue
        self.latest = latest
        self.earliest = round(mapping.time.earliest.timestamp() * 1e6)

    def __call__(self, raw: RawChunk) -> TypedChunk:
        """Measurements of one chunk, in the order of the file."""
        refusals = Refusals(raw.rows)
        used = sorted(self.layout.used)
        columns = {name: as_text(raw.columns.get(name, _NOTHING)) for name in used}
        ts = self._instants(columns, refusals)
        n = self._sizes(columns, refusals)
        seq = self._sequence(columns, refusals)
        strings = self._strings(columns, len(raw), refusals)
        factors = self._factors(columns, refusals)
        noted = refusals.noted
        parts: list[tuple[Any, IntArray]] = []
        for one in self.layout.measures:
            found = measure(one, columns, self.catalogue, self.layout.mapping, refusals)
            noted += found.rejected
            parts.append((_table(raw.rows, ts, n, seq, strings, one, found), found.index))
        table, index = _together(parts)
        noted = sorted((*raw.rejected, *noted), key=lambda r: r.row)
        taken = {name: text.take(index) for name, text in factors.items()}
        return TypedChunk(len(raw) + len(raw.rejected), table, taken, tuple(noted))

    def _instants(self, columns: dict[str, Any], refusals: Refusals) -> IntArray:
        spec = self.layout.mapping.time
        column = columns[spec.column]
        if spec.clock is not None:
            both = [pc.cast(columns[c], pa.string()) for c in (spec.column, spec.clock)]
            column = pc.binary_join_element_wise(*both, " ")
        parsed = parse_instants(column, spec)
        early = f"is before {spec.earliest.date()}: check the year and the epoch unit"
        latest = datetime.fromtimestamp(self.latest / 1e6, UTC).isoformat(timespec="seconds")
        late = f"is in the future (after {latest}): check the clock and the zone"
        bounds = ((parsed.micros < self.earliest, early), (parsed.micros > self.latest, late))
        refusals.refuse(spec.column, column, (*parsed.faults, *bounds))
        return parsed.micros

    def _sizes(self, columns: dict[str, Any], refusals: Refusals) -> Any:
        name = self.layout.keys.get("n")
        if name is None:
            return np.ones(len(refusals.rows))
        mapping = self.layout.mapping
        parsed = parse_numbers(columns[name], decimal=mapping.decimal, thousands=mapping.thousands)
        small = (parsed.values <= 0) & ~parsed.empty
        refusals.refuse(name, columns[name], (*parsed.faults, (small, "is not above 0")))
        return np.where(parsed.empty, 1.0, parsed.values)

    def _sequence(self, columns: dict[str, Any], refusals: Refusals) -> IntArray | None:
        name = self.layout.keys.get("seq")
        if name is None:
            return None
        values, faults = parse_integers(columns[name])
        refusals.refuse(name, columns[name], faults)
        return values

    def _strings(self, columns: dict[str, Any], m: int, refusals: Refusals) -> dict[str, Any]:
        strings: dict[str, Any] = {}
        for role in _STRINGS:
            name = self.layout.keys.get(role)
            if name is None:
                strings[role] = pa.nulls(m, pa.string())
                continue
            strings[role] = keys(columns[name])
            refusals.refuse(name, columns[name], unfit_keys(strings[role]))
        return strings

    def _factors(self, columns: dict[str, Any], refusals: Refusals) -> dict[str, Text]:
        factors: dict[str, Text] = {}
        for factor, name in self.layout.factors.items():
            factors[factor] = labels(columns[name])
            refusals.refuse(name, columns[name], unfit_labels(factors[factor]))
        return factors


def _table(
    rows: IntArray,
    ts: IntArray,
    n: Any,
    seq: IntArray | None,
    strings: dict[str, Any],
    one: Measure,
    found: Measured,
) -> Any:
    index = found.index
    taken = {role: array.take(pa.array(index)) for role, array in strings.items()}
    if one.position is not None:
        taken["position"] = pa.repeat(pa.scalar(one.position), len(index))
    if seq is None:
        sequence = hashed_seq(taken["unit_id"], taken["position"], taken["replicate"])
    else:
        sequence = seq[index]
    return pa.table(
        {
            "row": rows[index],
            "characteristic_id": found.characteristic_id,
            "ts": ts[index],
            "seq": sequence,
            "value": found.value,
            "subgroup": taken["subgroup"],
            "unit_id": taken["unit_id"],
            "position": taken["position"],
            "n": n[index],
            "status": found.status,
        }
    )


def _together(parts: list[tuple[Any, IntArray]]) -> tuple[Any, IntArray]:
    """Tables of all measures as one, in the order of the file."""
    if len(parts) == 1:
        return parts[0]
    table = pa.concat_tables([t for t, _ in parts])
    index = np.concatenate([i for _, i in parts])
    order = np.argsort(index, kind="stable")
    return table.take(pa.array(order)), index[order]
