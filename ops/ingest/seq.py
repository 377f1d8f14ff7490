"""The sequence number of a row whose source has none: a stable hash of what was measured.

Algorithm, never to be changed, since re-sent files are recognised by it: 64-bit FNV-1a over the
UTF-8 bytes of unit, byte 0xFF, position, byte 0xFF, replicate (an absent one has no bytes; 0xFF
does not occur in UTF-8), then the 64-bit finalizer of MurmurHash3, then the top bit cleared.

References
----------
Fowler, Noll, Vo, RFC 9923 (FNV-1a, 64 bit: offset basis 0xcbf29ce484222325, prime 0x100000001b3).
Appleby (2011), MurmurHash3, ``fmix64``.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ops.ingest.arrow import pc
from ops.values import IntArray

_BASIS = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_SEPARATOR = np.uint64(0xFF)


def hashed_seq(unit_id: Any, position: Any, replicate: Any) -> IntArray:
    """Sequence number of each row, in [0, 2**63).

    Parameters
    ----------
    unit_id, position, replicate
        Arrow string arrays of one length; null is the same as empty.

    Examples
    --------
    >>> one = pa.array(["U1"])
    >>> int(hashed_seq(one, pa.array(["W1"]), pa.array([None], pa.string()))[0])
    2840527915300811145
    """
    state = np.full(len(unit_id), _BASIS)
    _mix(state, unit_id)
    for column in (position, replicate):
        state = (state ^ _SEPARATOR) * _PRIME
        _mix(state, column)
    shift = np.uint64(33)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        state = (state ^ (state >> shift)) * np.uint64(factor)
    return ((state ^ (state >> shift)) & np.uint64(0x7FFFFFFFFFFFFFFF)).astype(np.int64)


def _mix(state: NDArray[np.uint64], column: Any) -> None:
    """Run the bytes of each string into its state, all rows at once, byte by byte."""
    texts = pc.fill_null(pc.cast(column, pa.string()), "")
    _, offsets, data = texts.buffers()
    if data is None or len(texts) == 0:
        return
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    ends = ends.astype(np.int64)
    octets = np.frombuffer(data, np.uint8)
    starts, lengths = ends[:-1], np.diff(ends)
    everywhere = int(lengths.min())
    for j in range(everywhere):
        np.bitwise_xor(state, octets[starts + j], out=state)
        np.multiply(state, _PRIME, out=state)
    rows = np.flatnonzero(lengths > everywhere)
    for j in range(everywhere, int(lengths.max())):
        rows = rows[lengths[rows] > j]
        state[rows] = (state[rows] ^ octets[starts[rows] + j]) * _PRIME
