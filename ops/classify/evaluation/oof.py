"""Predictions of rows by models that have not seen them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.splits import Split
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

PIECES = 5


@dataclass(frozen=True, slots=True)
class SkippedFold:
    """A split that could not be learned from or tested on, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Probabilities of tested rows; a row that is tested in no split is absent.

    Parameters
    ----------
    rows : shape (m,)
        Row number in the table; splits one after the other.
    y : shape (m,)
        Class of each of these rows.
    probability : shape (m, classes)
        By the model of the split in which the row was tested.
    fold : shape (m,)
        Number of that split, 0 to `folds` - 1, skipped ones not counted.
    splits
        The splits that were used.
    skipped
        Those that were not.
    """

    rows: IntArray
    y: IntArray
    probability: FloatArray
    fold: IntArray
    splits: tuple[Split, ...]
    skipped: tuple[SkippedFold, ...] = ()

    @property
    def folds(self) -> int:
        """Number of splits that were used."""
        return len(self.splits)

    @property
    def pieces(self) -> IntArray:
        """Parts of the tested rows for what is fitted on some and applied to the rest, shape (m,).

        They are the folds. A single fold is cut, class by class, into five runs of rows: rows that
        follow each other resemble each other, and stay together.
        """
        if np.unique(self.fold).size > 1:
            return self.fold
        order = np.argsort(self.y, kind="stable")
        ordered = self.y[order]
        first = np.searchsorted(ordered, ordered, side="left")
        count = np.searchsorted(ordered, ordered, side="right") - first
        part = np.empty(self.y.size, dtype=np.int64)
        part[order] = (np.arange(self.y.size) - first) * PIECES // count
        return part

    def with_probability(self, probability: FloatArray) -> "OutOfFold":
        """Put other probabilities (calibrated ones) on the same rows."""
        return OutOfFold(self.rows, self.y, probability, self.fold, self.splits, self.skipped)

    def take(self, index: IntArray) -> "OutOfFold":
        """Keep some of the tested rows, by their place in `rows`."""
        return OutOfFold(
            self.rows[index], self.y[index], self.probability[index], self.fold[index],
            self.splits, self.skipped,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumbersOutOfFold:
    """Predicted numbers of tested rows; as `OutOfFold`.

    Parameters
    ----------
    y : shape (m,)
        Measured values.
    value : shape (m,)
        Predicted values.
    """

    rows: IntArray
    y: FloatArray
    value: FloatArray
    fold: IntArray
    splits: tuple[Split, ...]

    @property
    def folds(self) -> int:
        """Number of splits that were used."""
        return len(self.splits)


def out_of_fold(
    y: IntArray,
    splits: Sequence[Split],
    fit_predict: Callable[[IntArray, IntArray], FloatArray],
) -> OutOfFold:
    """Learn on the training rows of each split, predict its test rows.

    Parameters
    ----------
    y : shape (n,)
        Class of every row, -1 where it is not known: such rows are left out of both sides.
    splits
        Which rows.
    fit_predict
        From the numbers of training rows and of test rows to probabilities of the latter, shape
        (test rows, classes). Whatever is learned (medians, scales, levels) is learned in it.

    Raises
    ------
    NotEnoughData
        If no split can be learned from; the message has the reason of the first.
    """
    done: list[Split] = []
    skipped: list[SkippedFold] = []
    found: list[FloatArray] = []
    for split in splits:
        train, test = split.train[y[split.train] >= 0], split.test[y[split.test] >= 0]
        reason = _unusable(y, train, test)
        if reason:
            skipped.append(SkippedFold(split.name, reason))
            continue
        found.append(fit_predict(train, test))
        done.append(Split(train, test, split.name))
    if not done:
        why = skipped[0].reason if skipped else "there are no splits"
        raise NotEnoughData(f"no split of the rows can be learned from: {why}")
    rows = np.concatenate([s.test for s in done])
    fold = np.repeat(np.arange(len(done)), [s.test.size for s in done])
    return OutOfFold(rows, y[rows], np.vstack(found), fold, tuple(done), tuple(skipped))


def numbers_out_of_fold(
    y: FloatArray,
    splits: Sequence[Split],
    fit_predict: Callable[[IntArray, IntArray], FloatArray],
) -> NumbersOutOfFold:
    """Learn on the training rows of each split, predict the numbers of its test rows.

    Parameters
    ----------
    y : shape (n,)
        Measured values; rows where they are NaN are left out of both sides.
    splits
        Which rows.
    fit_predict
        From the numbers of training rows and of test rows to values of the latter.

    Raises
    ------
    NotEnoughData
        If no split has two training rows and one test row.
    """
    known = np.isfinite(y)
    kept = (Split(s.train[known[s.train]], s.test[known[s.test]], s.name) for s in splits)
    done = [s for s in kept if s.train.size > 1 and s.test.size]
    if not done:
        raise NotEnoughData("no split of the rows has two training rows and one test row")
    value = np.concatenate([fit_predict(s.train, s.test) for s in done])
    rows = np.concatenate([s.test for s in done])
    fold = np.repeat(np.arange(len(done)), [s.test.size for s in done])
    return NumbersOutOfFold(rows, y[rows], value, fold, tuple(done))


def _unusable(y: IntArray, train: IntArray, test: IntArray) -> str:
    if test.size == 0:
        return "no test row has a label"
    if train.size == 0:
        return "no training row is left"
    if np.unique(y[train]).size < 2:
        return "its training rows are of one class only"
    return ""
