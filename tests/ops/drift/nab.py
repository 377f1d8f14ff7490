"""The scoring of the Numenta Anomaly Benchmark, and its data as it lies beside the repository.

Every point outside the windows that is detected costs; a window earns by its earliest detection,
the more the earlier, and costs where there is none. One threshold serves all files: the one that
scores best for the profile. Silence scores 0, each window found at its first point 100.

References
----------
Lavin and Ahmad (2015), IEEE ICMLA, "Evaluating real-time anomaly detection algorithms";
version 1.1 of the benchmark's scoring, whose position inside a window counts from 1/width.
"""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from ops.values import BoolArray, FloatArray, IntArray

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "spc_drift" / "nab"
MISSED = "the data of the benchmark are not beside the repository"
BEST = 2.0 * float(expit(5.0)) - 1.0


class Profile(NamedTuple):
    """What a missed window and a false detection cost; a window found is worth 1."""

    missed: float
    false: float


STANDARD = Profile(1.0, 0.11)
FEW_FALSE = Profile(1.0, 0.22)
FEW_MISSED = Profile(2.0, 0.11)


@dataclass(frozen=True, slots=True)
class Stream:
    """One file: stamps in days, values, and the first and last index of each labelled window."""

    name: str
    t: FloatArray
    y: FloatArray
    windows: tuple[tuple[int, int], ...]

    @property
    def probation(self) -> int:
        """Points at the start that are not scored."""
        return min(int(0.15 * self.y.size), 750)


def streams() -> tuple[Stream, ...]:
    """All files of the benchmark, by name."""
    labels = json.loads((FOLDER / "labels" / "combined_windows.json").read_text())
    return tuple(_stream(name, labels[name]) for name in sorted(labels))


def _stream(name: str, labels: list[list[str]]) -> Stream:
    with (FOLDER / "data" / name).open() as file:
        rows = [(row["timestamp"], float(row["value"])) for row in csv.DictReader(file)]
    place: dict[str, int] = {}
    for i, (stamp, _) in enumerate(rows):
        place.setdefault(stamp, i)
    windows = tuple((place[a[:19]], place[b[:19]]) for a, b in labels)
    seconds = [datetime.fromisoformat(s).replace(tzinfo=UTC).timestamp() for s, _ in rows]
    t = (np.array(seconds) - seconds[0]) / 86400.0
    return Stream(name, t, np.array([value for _, value in rows]), windows)


def gains(stream: Stream) -> tuple[FloatArray, IntArray]:
    """What a detection at each point is worth before its weight, and its window (-1: none)."""
    n = stream.y.size
    gain, window = np.full(n, -1.0), np.full(n, -1)
    for of, (first, last) in enumerate(stream.windows):
        width = last - first + 1
        inside = np.arange(first, last + 1)
        gain[inside] = (2.0 * expit(5.0 * (last - inside + 1) / width) - 1.0) / BEST
        window[inside] = of
        until = stream.windows[of + 1][0] if of + 1 < len(stream.windows) else n
        after = np.arange(last + 1, until)
        far = (after - last) / (width - 1.0)
        gain[after] = np.where(far >= 3.0, -1.0, 2.0 * expit(-5.0 * far) - 1.0)
    return gain, window


def best_score(
    files: tuple[Stream, ...], scores: list[FloatArray], profile: Profile = STANDARD
) -> tuple[float, float]:
    """Score of the benchmark, 0 to 100, at the threshold that scores best, and that threshold."""
    level, change = _changes(files, scores, profile)
    order = np.argsort(-level, kind="stable")
    total = np.cumsum(change[order])
    last: BoolArray = np.append(np.diff(level[order]) != 0, True)
    windows = sum(len(file.windows) for file in files)
    raw = np.append(total[last], 0.0) / ((1.0 + profile.missed) * windows)
    at = np.append(level[order][last], np.inf)
    best = int(np.argmax(raw))
    return 100.0 * float(raw[best]), float(at[best])


def _changes(
    files: tuple[Stream, ...], scores: list[FloatArray], profile: Profile
) -> tuple[FloatArray, FloatArray]:
    """What the total gains as the threshold sinks to the score of each point that counts."""
    levels: list[FloatArray] = []
    changes: list[FloatArray] = []
    for file, score in zip(files, scores, strict=True):
        gain, window = gains(file)
        counted = np.arange(file.y.size) >= file.probation
        outside = counted & (window < 0)
        levels.append(score[outside])
        changes.append(profile.false * gain[outside])
        for of in range(len(file.windows)):
            inside = np.flatnonzero(counted & (window == of))
            level, change = _window_changes(score[inside], gain[inside], profile)
            levels.append(level)
            changes.append(change)
    return np.concatenate(levels), np.concatenate(changes)


def _window_changes(
    score: FloatArray, gain: FloatArray, profile: Profile
) -> tuple[FloatArray, FloatArray]:
    """Points of a window that score above all before them: each lets it earn more when detected."""
    ahead = np.maximum.accumulate(np.append(-np.inf, score))[:-1]
    record = score > ahead
    level, worth = score[record][::-1], gain[record][::-1]
    return level, np.diff(np.append(-profile.missed, worth))
