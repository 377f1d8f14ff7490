"""Answers of versions of the registry for the rows of a table, whatever they are made of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.classifier_query import ModelPacket
from ops.classify.classifier import Classifier
from ops.classify.document import DatasetDocument
from ops.classify.opened_model import opened_model
from ops.classify.table import DataTable
from ops.classify.training.rows import LabelledRows
from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class VersionAnswers:
    """What one version says of some rows, its classes in the order asked for.

    Parameters
    ----------
    probability : shape (n, classes)
    decided : shape (n,)
    possible : shape (n, classes)
        Its conformal sets.
    unusual : shape (n,)
        Rows unlike what it has learned from.
    """

    kind: str
    threshold: float | None
    probability: FloatArray
    decided: IntArray
    possible: BoolArray
    unusual: BoolArray

    def take(self, rows: IntArray) -> "VersionAnswers":
        """Answers for some of the rows, by number."""
        return VersionAnswers(
            self.kind, self.threshold, self.probability[rows], self.decided[rows],
            self.possible[rows], self.unusual[rows],
        )  # fmt: skip


def judged_rows(
    rows: LabelledRows, packets: Sequence[ModelPacket], document: DatasetDocument
) -> LabelledRows:
    """Rows with the classes that versions know beside their own, and the versions' event.

    A rare class that is lacking among the rows may still be called. Where the document names no
    event, it is that of the first version that has one: which class is the rarer one may change.
    """
    known = {str(name) for packet in packets for name in packet.spec.get("classes") or ()}
    classes = tuple(sorted({*rows.classes, *known}))
    place = np.array([*(classes.index(name) for name in rows.classes), -1], dtype=np.int64)
    event = None if rows.positive is None else rows.classes[rows.positive]
    if document.positive is None:
        told = (packet.spec.get("positive") for packet in packets)
        event = next((e for e in told if e in classes), event if len(classes) == 2 else None)
    positive = None if event is None else classes.index(event)
    return replace(rows, y=place[rows.y], classes=classes, positive=positive)


def answers_of(
    packet: ModelPacket,
    table: DataTable,
    classes: tuple[str, ...],
    needed: Collection[str] | None = None,
) -> VersionAnswers:
    """Let a version answer.

    Parameters
    ----------
    table
        All rows, with those before the ones that are judged: lags are made of them. Take rows of
        the answers, not of the table.
    classes
        Classes in the order of the answers; those that it calls are among them.
    needed
        Those that it has to know; of others its probability is 0. None: all.

    Raises
    ------
    BadData
        If it lacks a class of these rows, or the rows lack a column that it needs.
    """
    classifier = classifier_of(packet)
    found = classifier.predict(table)
    _refuse_lacking(classifier.classes, classes if needed is None else needed, packet)
    asked = [i for i, name in enumerate(classes) if name in classifier.classes]
    place = [classifier.classes.index(classes[i]) for i in asked]
    back = np.full(len(classifier.classes), -1, dtype=np.int64)
    back[place] = asked
    shape = (len(table), len(classes))
    probability, possible = np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    probability[:, asked] = found.probability[:, place]
    possible[:, asked] = found.possible[:, place]
    return VersionAnswers(
        kind=classifier.model.kind,
        threshold=None if classifier.decision is None else classifier.decision.threshold,
        probability=probability,
        decided=back[found.decided],
        possible=possible,
        unusual=found.unusual,
    )


def refuse_numbers(packets: Sequence[ModelPacket]) -> None:
    """Refuse models of numbers before anything else is said of their rows.

    Raises
    ------
    BadData
        With the pointer ``/model``.
    """
    for packet in packets:
        if packet.task == "regress":
            detail = (
                f"the model {packet.model!r} predicts numbers; name a model that predicts classes"
            )
            raise BadData(detail, (Problem("/model", detail),))


def classifier_of(packet: ModelPacket) -> Classifier:
    """Open a version, ours or a stranger's.

    Raises
    ------
    BadData
        If its file is not what the registry knows, or it predicts numbers.
    """
    model = opened_model(packet.origin, packet.artefact, packet.sha256, packet.spec, packet.answers)
    if not isinstance(model, Classifier):
        detail = f"version {packet.number} predicts numbers; name a model that predicts classes"
        raise BadData(detail, (Problem("/model", detail),))
    return model


def _refuse_lacking(known: tuple[str, ...], wanted: Collection[str], packet: ModelPacket) -> None:
    lacking = [name for name in wanted if name not in known]
    if lacking:
        detail = (
            f"version {packet.number} knows the classes {', '.join(known)}, not"
            f" {', '.join(lacking)}; train it anew"
        )
        raise BadData(detail, (Problem("/versions", detail),))
