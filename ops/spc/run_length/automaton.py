"""Run rules as a finite automaton: what of the past still matters, and which zone signals.

Each rule reads the zones (or the directions) of a series letter by letter. Rules are multiplied
with each other and merged to the fewest states that still tell signals apart.

References
----------
Champ and Woodall (1987), Technometrics 29(4), 393-399 (states of rules);
Moore (1956), in Automata Studies, 129-153 (merging equivalent states).
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from ops.values import BoolArray, IntArray

SIGNAL = -1


@dataclass(frozen=True, slots=True, eq=False)
class Automaton:
    """States 0 (the start) to n - 1.

    Parameters
    ----------
    next : shape (n, letters)
        State after each letter; -1: a signal.
    """

    next: IntArray


def counting(flagged: BoolArray, *, k: int, n: int) -> Automaton:
    """`k` flagged ones among the last `n` letters, the last one flagged itself.

    Parameters
    ----------
    flagged : shape (letters,)
        Whether a letter counts.
    """
    masks, seen = {0: 0}, [0]
    rows: list[list[int]] = []
    while len(rows) < len(seen):
        mask, row = seen[len(rows)], list[int]()
        for flag in flagged.tolist():
            if flag and mask.bit_count() + 1 >= k:
                row.append(SIGNAL)
                continue
            after = ((mask << 1) | int(flag)) & ((1 << (n - 1)) - 1)
            kept = _needed(after, k=k, n=n)
            if kept not in masks:
                masks[kept] = len(seen)
                seen.append(kept)
            row.append(masks[kept])
        rows.append(row)
    return Automaton(np.array(rows))


def _needed(mask: int, *, k: int, n: int) -> int:
    """Forget flags that will be too old before `k` can come together."""
    while mask:
        oldest = mask.bit_length()
        if oldest + (k - mask.bit_count()) <= n:
            break
        mask &= ~(1 << (oldest - 1))
    return mask


def turning(n: int) -> Automaton:
    """`n` turns in a row of a series that is told by its directions, 0 down and 1 up."""
    rows = [[1, 1 + n]]
    for last in (0, 1):
        for turns in range(n):
            turned = SIGNAL if turns + 1 == n else 1 + (1 - last) * n + turns + 1
            row = [turned, turned]
            row[last] = 1 + last * n
            rows.append(row)
    return Automaton(np.array(rows))


def together(parts: list[Automaton], *, letters: int) -> Automaton:
    """All of the parts side by side; the first signal of any is theirs."""
    none = Automaton(np.zeros((1, letters), dtype=np.int64))
    return reduce(_product, parts, none)


def _product(one: Automaton, other: Automaton) -> Automaton:
    """Read by both at once: reachable pairs of states, merged."""
    width = other.next.shape[0]
    found = np.zeros(1, dtype=np.int64)
    edge = found
    while edge.size:
        after = _pairs(one, other, edge, width)
        edge = np.setdiff1d(after[after >= 0], found)
        found = np.union1d(found, edge)
    after = _pairs(one, other, found, width)
    place = np.searchsorted(found, after)
    return _merged(Automaton(np.where(after < 0, SIGNAL, place)))


def _pairs(one: Automaton, other: Automaton, code: IntArray, width: int) -> IntArray:
    a, b = one.next[code // width], other.next[code % width]
    return np.where((a < 0) | (b < 0), SIGNAL, a * width + b)


def _merged(automaton: Automaton) -> Automaton:
    """Merge states that no sequence of letters tells apart; the start stays 0."""
    group = np.zeros(automaton.next.shape[0], dtype=np.int64)
    count = 1
    while True:
        told = np.where(automaton.next < 0, SIGNAL, group[automaton.next])
        _, first, fine = np.unique(
            np.column_stack([group, told]), axis=0, return_index=True, return_inverse=True
        )
        fine = fine.reshape(-1)
        if first.size == count:
            break
        group, count = fine, first.size
    swap = np.arange(count)
    swap[[0, group[0]]] = swap[[group[0], 0]]
    group = swap[group]
    first = np.zeros(count, dtype=np.int64)
    first[group] = np.arange(group.size)
    after = automaton.next[first]
    return Automaton(np.where(after < 0, SIGNAL, group[after]))
