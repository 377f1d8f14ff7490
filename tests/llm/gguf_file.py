"""GGUF files, as far as a tiny model needs them: metadata and tensors, written and read.

Layout (version 3, little endian): magic, version, counts; keys with typed values; for each tensor
its name, its dimensions from the fastest on, its type and its offset; padding; the data.
"""

import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

ALIGNMENT = 32
_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY, _INT32 = 4, 6, 7, 8, 9, 5
_FORMAT = {_UINT32: "<I", _FLOAT32: "<f", _BOOL: "<?", _INT32: "<i"}
_DTYPE = {0: np.dtype("<f4"), 1: np.dtype("<f2")}

Meta = Mapping[str, Any]
Tensors = Mapping[str, np.ndarray]


def gguf_bytes(meta: Meta, tensors: Tensors) -> bytes:
    """A file of `meta` (int, float, bool, str, and lists of one kind) and float16/32 tensors."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(meta))
    head += b"".join(_string(key) + _typed(value) for key, value in meta.items())
    body = b""
    for name, tensor in tensors.items():
        kind = next(code for code, dtype in _DTYPE.items() if dtype == tensor.dtype)
        head += _string(name) + struct.pack("<I", tensor.ndim)
        head += struct.pack(f"<{tensor.ndim}Q", *reversed(tensor.shape))
        head += struct.pack("<IQ", kind, len(body))
        body += _padded(np.ascontiguousarray(tensor).tobytes())
    return _padded(head) + body


def read_gguf(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Metadata and tensors of a file that `gguf_bytes` could have written."""
    magic, version, n_tensors, n_keys = struct.unpack_from("<4sIQQ", data)
    assert (magic, version) == (b"GGUF", 3)
    at, meta, told = 24, {}, []
    for _ in range(n_keys):
        key, at = _read(data, at, _STRING)
        (kind,) = struct.unpack_from("<I", data, at)
        meta[key], at = _read(data, at + 4, kind)
    for _ in range(n_tensors):
        name, at = _read(data, at, _STRING)
        (n,) = struct.unpack_from("<I", data, at)
        shape = struct.unpack_from(f"<{n}Q", data, at + 4)[::-1]
        kind, offset = struct.unpack_from("<IQ", data, at + 4 + 8 * n)
        at += 16 + 8 * n
        told.append((name, shape, _DTYPE[kind], offset))
    start = at + -at % ALIGNMENT
    return meta, {
        name: np.frombuffer(data, dtype, int(np.prod(shape)), start + offset).reshape(shape)
        for name, shape, dtype, offset in told
    }


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % ALIGNMENT)


def _kind(value: Any) -> int:
    if isinstance(value, bool):
        return _BOOL
    return {int: _UINT32, float: _FLOAT32, str: _STRING, list: _ARRAY}[type(value)]


def _plain(value: Any, kind: int) -> bytes:
    return _string(value) if kind == _STRING else struct.pack(_FORMAT[kind], value)


def _typed(value: Any) -> bytes:
    kind = _kind(value)
    if kind != _ARRAY:
        return struct.pack("<I", kind) + _plain(value, kind)
    inner = _INT32 if isinstance(value[0], int) else _kind(value[0])
    head = struct.pack("<IIQ", _ARRAY, inner, len(value))
    return head + b"".join(_plain(item, inner) for item in value)


def _read(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == _STRING:
        (size,) = struct.unpack_from("<Q", data, at)
        return data[at + 8 : at + 8 + size].decode(), at + 8 + size
    if kind == _ARRAY:
        inner, count = struct.unpack_from("<IQ", data, at)
        at, items = at + 12, []
        for _ in range(count):
            item, at = _read(data, at, inner)
            items.append(item)
        return items, at
    (value,) = struct.unpack_from(_FORMAT[kind], data, at)
    return value, at + struct.calcsize(_FORMAT[kind])
