"""A stranger's model in its own process: what it does there harms nobody."""

import os
import signal
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from ops.errors import BadData, ComputeFailed
from ops.settings import Settings
from ops.work.open_model import scoring_child
from ops.work.scoring_child import ScoringChild
from tests.ops.classify.external.strangers import custom, endless, greedy, plain, truth
from tests.ops.work.probe import until_gone

Make = Callable[..., ScoringChild]
X = np.array([[1.0, 2.0], [-1.0, 0.5]])


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[ScoringChild] = []

    def one(data: bytes, **settings: float) -> ScoringChild:
        made.append(scoring_child(data, 2, ("a", "b"), Settings(**settings)))  # type: ignore[arg-type]  # numbers
        return made[-1]

    yield one
    for child in made:
        child.close()


def test_the_child_answers_and_stays(make: Make) -> None:
    child = make(plain())
    child.check()
    first = child.pid
    assert child.probability(X) == pytest.approx(truth(X), abs=1e-6)
    assert child.pid == first
    assert first != os.getpid()


def test_a_child_that_was_killed_is_started_again(make: Make) -> None:
    child = make(plain())
    child.check()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    until_gone(child.pid)
    assert child.probability(X) == pytest.approx(truth(X), abs=1e-6)


def test_a_child_that_dies_while_it_is_asked_is_started_again(make: Make) -> None:
    child = make(plain())
    child.check()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGSTOP)
    dying = threading.Timer(0.2, os.kill, (child.pid, signal.SIGKILL))
    dying.start()
    assert child.probability(X) == pytest.approx(truth(X), abs=1e-6)
    dying.join()


def test_a_file_with_custom_operators_is_refused(make: Make) -> None:
    with pytest.raises(BadData, match=r"evil\.example"):
        make(custom()).check()


def test_a_file_that_never_ends_is_killed(make: Make) -> None:
    child = make(endless(), onnx_time_s=1)
    with pytest.raises(ComputeFailed, match="LONGRUN_ONNX_TIME_S"):
        child.check()
    assert child.pid is None


def test_a_file_that_wants_too_much_memory_fails_alone(make: Make) -> None:
    with pytest.raises((ComputeFailed, BadData)):
        make(greedy(), onnx_memory_mb=256).check()
