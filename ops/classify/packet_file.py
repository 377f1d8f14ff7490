"""The file of a model: a few named parts, stored, known by the hash of the whole."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.errors import BadData

LARGEST = 2**30  # bytes of a file
FACTS, ESTIMATOR, FAST = "facts.json", "estimator.skops", "fast.npz"
REFERENCE, REFERENCE_FAST = "reference.skops", "reference.npz"  # second model of a regression
ARRAYS = frozenset({FAST, REFERENCE_FAST})
_PARTS = ARRAYS | {FACTS, ESTIMATOR, REFERENCE}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def written(parts: Mapping[str, bytes]) -> bytes:
    """File of some parts; equal parts, equal file."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(parts):
            file.writestr(zipfile.ZipInfo(name, _EPOCH), parts[name])
    return sink.getvalue()


def read(data: bytes, sha256: str) -> dict[str, bytes]:
    """Parts of a file that `written` made.

    Parameters
    ----------
    sha256
        What the registry says of the file: compared before anything else is done.

    Raises
    ------
    BadData
        If the hash differs, or the file is none of ours.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != sha256.lower():
        raise BadData(f"the model's file has the hash {found}, the registry says {sha256}")
    if len(data) > LARGEST:
        raise BadData(f"the model's file is larger than {LARGEST // 2**20} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            _refuse_strange(file.infolist())
            return {info.filename: file.read(info) for info in file.infolist()}
    except zipfile.BadZipFile as error:
        raise BadData("the model's file is no packet of ours") from error


def _refuse_strange(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    strange = sorted(set(names) - _PARTS)
    if strange or FACTS not in names or len(names) != len(set(names)):
        told = ", ".join(strange[:5]) or "parts twice, or no facts"
        raise BadData(f"the model's file is no packet of ours: it has {told}")
    for info in infos:
        if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
            raise BadData(f"{info.filename} of the model's file is compressed; ours never are")


def facts_of(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """Facts of a file, as JSON.

    Raises
    ------
    BadData
        If they are not of a format that this version reads.
    """
    try:
        facts: dict[str, Any] = json.loads(parts[FACTS])
        known = facts["format"] == 1
    except (ValueError, KeyError, TypeError) as error:
        raise BadData("the facts of the model's file are not what ours are") from error
    if not known:
        raise BadData(f"the model's file has the format {facts['format']!r}; this version reads 1")
    return facts


def arrays_of(data: bytes) -> dict[str, NDArray[Any]]:
    """Arrays of a part; those of objects are refused."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise BadData(f"the arrays of the model's file cannot be read: {error}") from error


def of_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Part of arrays."""
    sink = io.BytesIO()
    np.savez(sink, allow_pickle=False, **arrays)
    return sink.getvalue()
