"""The record of a validation: who ran it, where, what each case came to, and what was not run."""

from collections.abc import Callable, Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from ops.errors import BadData
from ops.validation.case import Case, Outcome
from ops.validation.machine import Machine, machine
from ops.validation.run import Heard, run, unheard
from ops.validation.topics import NOT_RUN, TOPICS, Topic


class TopicRecord(BaseModel):
    """Outcomes of one topic."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="Name that asks for it.")
    title: str = Field(description="Title.")
    outcomes: tuple[Outcome, ...] = Field(description="One for each case, in their order.")

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(outcome.passed for outcome in self.outcomes)


class ValidationRecord(BaseModel):
    """All that an auditor asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime = Field(description="When the run ended.")
    by: str = Field(description="Who ran it.")
    machine: Machine = Field(description="What was validated, and where.")
    topics: tuple[TopicRecord, ...] = Field(description="Outcomes by topic.")
    not_run: dict[str, str] = Field(description="Published entries that were not run, and why.")

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Outcomes of all topics."""
        return tuple(outcome for topic in self.topics for outcome in topic.outcomes)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Outcomes that failed."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)


def topics_named(names: Iterable[str]) -> tuple[Topic, ...]:
    """Topics of these names in the order of the record; all of them if none is named.

    Raises
    ------
    BadData
        If there is no such topic.
    """
    asked, known = set(names), {topic.name for topic in TOPICS}
    if not asked <= known:
        wrong = ", ".join(sorted(asked - known))
        raise BadData(f"no topic {wrong}; the topics are {', '.join(t.name for t in TOPICS)}")
    return tuple(topic for topic in TOPICS if not asked or topic.name in asked)


def validate(
    topics: tuple[Topic, ...],
    *,
    by: str,
    now: Callable[[], datetime],
    long: bool = False,
    heard: Heard = unheard,
) -> ValidationRecord:
    """Run all cases of some topics on this machine.

    Parameters
    ----------
    by
        Who runs it.
    now
        Tells the time once all is done.
    long
        Whether cases that take long are run too.
    heard
        Is told the share that is done, from 0 to 1, and what comes next.
    """
    told: list[TopicRecord] = []
    left_out: dict[str, str] = {}
    for i, topic in enumerate(topics):
        cases = tuple(topic.cases())
        outcomes = run(cases, long=long, heard=_within(heard, i, len(topics), topic.title))
        told.append(TopicRecord(name=topic.name, title=topic.title, outcomes=outcomes))
        left_out |= {} if long else _long_ones(cases)
    heard(1.0, "done")
    missing = NOT_RUN if len(topics) == len(TOPICS) else {}
    return ValidationRecord(
        at=now(), by=by, machine=machine(), topics=tuple(told), not_run=missing | left_out
    )


def _long_ones(cases: Iterable[Case]) -> dict[str, str]:
    return {case.id: "takes long; run with --long" for case in cases if case.long}


def _within(heard: Heard, place: int, topics: int, title: str) -> Heard:
    """Progress of one topic as a part of the whole."""

    def told(share: float, what: str) -> None:
        heard((place + share) / topics, f"{title}: {what}")

    return told
