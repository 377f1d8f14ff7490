"""The document of a scenario as it is kept: canonical JSON, deflated, known by its digest."""

import gc
import hashlib
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import ValidationError

from ops.errors import BadData
from solvers.scenario.document import FORMAT, Scenario

_LEVEL = 4  # 50 MB in 0.6 s; level 6 takes twice as long and saves a tenth


@contextmanager
def uncollected() -> Generator[None]:
    """Pause the cyclic collector: a document has no cycles, and a large one a million parts.

    Reading 50 MB takes 1.7 s so, and 14 s while the collector looks at the parts again and again.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Packed:
    """A document ready to be stored: deflated JSON, the length and the SHA-256 of the JSON."""

    data: bytes
    size: int
    sha256: str


def text_of(scenario: Scenario) -> bytes:
    """Canonical JSON of a document: what has its default is left out, the format never.

    Examples
    --------
    >>> text_of(Scenario(title="Two plants"))
    b'{"format":"longrun-scenario/1","title":"Two plants"}'
    """
    rest = scenario.model_dump_json(exclude_defaults=True).encode()[1:]
    head = f'{{"format":"{FORMAT}"'.encode()
    return head + rest if rest == b"}" else head + b"," + rest


def packed(scenario: Scenario) -> Packed:
    """Deflate the canonical JSON of a document."""
    text = text_of(scenario)
    return Packed(zlib.compress(text, _LEVEL), len(text), hashlib.sha256(text).hexdigest())


def unpacked(data: bytes) -> bytes:
    """JSON of a stored document."""
    return zlib.decompress(data)


def scenario_of(data: bytes) -> Scenario:
    """Document of stored bytes.

    Raises
    ------
    BadData
        If it was stored by a version of the service whose documents this one cannot read.
    """
    try:
        with uncollected():
            return Scenario.model_validate_json(unpacked(data))
    except ValidationError as error:
        raise BadData(
            "the stored document is not of this version's format; export it as JSON, mend it"
            f" and send it as a new revision: {error.errors(include_url=False)[0]['msg']}"
        ) from error
