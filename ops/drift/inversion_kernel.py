"""Inversions of a permutation, counted by halving and listed by merging, in machine code.

A permutation is parted by its bits from the top down, and each one that stood before a zero is an
inversion. Stretches of 4096 numbers are counted at once: a bit for each number that was met, and a
count of the larger ones for each word of 64 bits.

References
----------
Knight (1966), J. American Statistical Association 61, 436-439 (merging);
Warren (2012), Hacker's Delight, 2nd ed., ch. 5 (bits of a word).
"""

import numpy as np
from numpy.typing import NDArray

from ops.compiled import compiled, overwrite
from ops.values import IntArray

Permutation = NDArray[np.int32]
WORDS = 64
SCARCE = 50  # inversions for each number up to which they are met one by one
LEVEL = 12  # bits of a number among 64 words of 64 bits
ONE, TWO, FOUR, TOP = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
PAIRS, QUADS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
HALVES, BYTES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@compiled
def _bits(word: np.uint64) -> np.int64:
    """Count the bits of a word."""
    x = word - ((word >> ONE) & PAIRS)
    x = (x & QUADS) + ((x >> TWO) & QUADS)
    x = (x + (x >> FOUR)) & HALVES
    return np.int64((x * BYTES) >> TOP)


@compiled
def _count_stretch(a: Permutation, start: int, end: int) -> np.int64:
    """Count the inversions of a stretch that holds the numbers `start` to `end` - 1."""
    met, above = np.zeros(WORDS, dtype=np.uint64), np.zeros(WORDS, dtype=np.int32)
    count = np.int64(0)
    for k in range(start, end):
        value: int = a[k] - start
        word, bit = value >> 6, np.uint64(value & 63)
        count += above[word] + _bits((met[word] >> bit) >> ONE)
        met[word] |= ONE << bit
        for i in range(WORDS):  # all of them: a fixed length becomes vector instructions
            above[i] += np.int32(i < word)
    return count


@compiled
def _halve(a: Permutation, b: Permutation, start: int, level: int) -> int:
    """Part the stretch from `start` by a bit, in order; count the ones that stood before zeros.

    The stretch holds the numbers from `start` on: zeros and ones have their places.
    """
    middle, end = start + (1 << level), min(start + (2 << level), a.size)
    if end <= middle:
        overwrite(b[start:end], a[start:end])
        return 0
    zero, one, count = start, middle, 0
    for k in range(start, end):
        value = a[k]
        bit = (value >> level) & 1
        b[one if bit else zero] = value
        count += 0 if bit else one - middle
        one += bit
        zero += 1 - bit
    return count


@compiled
def count_inversions(sequence: Permutation) -> np.int64:
    """Count the pairs of numbers of which the larger comes first.

    Parameters
    ----------
    sequence : shape (n,)
        The numbers 0 to n - 1 in any order.
    """
    a, count, bits = sequence.copy(), np.int64(0), 0
    b = np.empty_like(a)
    while (1 << bits) < a.size:
        bits += 1
    for level in range(bits - 1, LEVEL - 1, -1):
        for start in range(0, a.size, 2 << level):
            count += _halve(a, b, start, level)
        a, b = b, a
    for start in range(0, a.size, 1 << LEVEL):
        count += _count_stretch(a, start, min(start + (1 << LEVEL), a.size))
    return count


@compiled
def list_inversions(sequence: Permutation, numbers: IntArray, total: int) -> IntArray:
    """Name the numbers of some inversions, the smaller one first.

    Few inversions are met one by one by an insertion sort, many by a merge sort.

    Parameters
    ----------
    sequence : shape (n,)
        Distinct numbers.
    numbers : shape (m,)
        Which inversions, from 0, ascending, in the order in which the sort meets them.
    total
        Inversions of `sequence`.

    Returns
    -------
    shape (m, 2)
    """
    pairs = np.empty((numbers.size, 2), dtype=np.int64)
    if total <= SCARCE * sequence.size:
        _list_by_insertion(sequence.copy(), numbers, pairs)
    else:
        _list_by_merging(sequence.copy(), numbers, pairs)
    return pairs


@compiled
def _list_by_insertion(a: Permutation, numbers: IntArray, pairs: IntArray) -> None:
    count, told = 0, 0
    for j in range(a.size):
        value, i = a[j], j
        while i > 0 and a[i - 1] > value:
            a[i] = a[i - 1]
            i -= 1
        a[i] = value
        while told < numbers.size and numbers[told] < count + j - i:
            pairs[told, 0], pairs[told, 1] = value, a[j - (numbers[told] - count)]
            told += 1
        count += j - i


@compiled
def _list_by_merging(a: Permutation, numbers: IntArray, pairs: IntArray) -> None:
    b = np.empty_like(a)
    count, told, width = 0, 0, 1
    while width < a.size:
        for start in range(0, a.size, 2 * width):
            middle, end = min(start + width, a.size), min(start + 2 * width, a.size)
            i, j = start, middle
            for k in range(start, end):
                if j < end and (i >= middle or a[j] < a[i]):
                    while told < numbers.size and numbers[told] < count + middle - i:
                        pairs[told, 0] = a[j]
                        pairs[told, 1] = a[i + numbers[told] - count]
                        told += 1
                    count += middle - i
                    b[k] = a[j]
                    j += 1
                else:
                    b[k] = a[i]
                    i += 1
        a, b = b, a
        width *= 2


@compiled
def stable_places(order: IntArray, code: IntArray) -> Permutation:
    """Sort places by a code that `order` has sorted already, ties by place.

    Parameters
    ----------
    order : shape (n,)
        Places by code, ties in any order.
    code : shape (n,)
        Code of each of `order`, ascending, counted from 0 without gaps.
    """
    n = order.size
    begin, of = np.zeros(n + 1, dtype=np.int64), np.empty(n, dtype=np.int64)
    for k in range(n):
        of[order[k]] = code[k]
        begin[code[k] + 1] += 1
    for k in range(n):
        begin[k + 1] += begin[k]
    places = np.empty(n, dtype=np.int32)
    for place in range(n):
        places[begin[of[place]]] = place
        begin[of[place]] += 1
    return places
