"""A model on its way from the run that made it to the registry."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

ModelOrigin = Literal["own", "onnx", "endpoint"]
_HEAD = 8  # bytes that say how long the facts are


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """What a training run hands over beside its result.

    Parameters
    ----------
    model
        Code of the model in the registry; it is made if there is none.
    title
        Its title, if it is made.
    task
        What it predicts: classes, numbers, or classes of traces.
    dataset, revision, fingerprint
        What it learned from; the fingerprint is that of the table.
    spec
        Feature spec, kind of model and its settings, split, costs: what makes it again.
    libraries
        Version of each library that the artefact needs.
    metrics
        Scores by name; each ``{"value", "lower", "upper", "split"}``; `time_ordered` tells which
        kind of split the headline score is from, `headline` names it, `better` is "high" or "low".
    card
        `ops.page.Page` as JSON: data, cautions, scores, intended use.
    artefact
        The model itself, as `ops.classify.packet` packs it; of a stranger's, its ONNX file.
    origin
        own: trained here; else a stranger's model, whose ``spec["facts"]`` say the rest of it.
    """

    model: str
    title: str
    task: Literal["classify", "regress", "trace"]
    dataset: str
    revision: int
    fingerprint: str
    spec: dict[str, Any]
    libraries: dict[str, str]
    metrics: dict[str, Any]
    card: dict[str, Any] = field(default_factory=dict[str, Any])
    note: str = ""
    artefact: bytes = b""
    origin: ModelOrigin = "own"

    def packed(self) -> bytes:
        """Facts as JSON before the artefact, for a file between two processes."""
        facts = {name: getattr(self, name) for name in self.__slots__ if name != "artefact"}
        head = json.dumps(facts, allow_nan=False).encode()
        return len(head).to_bytes(_HEAD) + head + self.artefact


def unpacked(data: bytes) -> ModelDraft:
    """Draft of what `ModelDraft.packed` gave.

    Examples
    --------
    >>> d = ModelDraft("m", "M", "classify", "d", 1, "f", {}, {}, {}, artefact=b"model")
    >>> unpacked(d.packed()) == d
    True
    """
    end = _HEAD + int.from_bytes(data[:_HEAD])
    return ModelDraft(**json.loads(data[_HEAD:end]), artefact=data[end:])
