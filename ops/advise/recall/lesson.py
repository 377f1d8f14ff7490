"""Lessons: what runs and outcomes teach, as values put into sentences that stand here.

Who writes a lesson names one of these sentences and gives codes and numbers. There is no way to
hand over a text of one's own, so that nothing a model said can become a memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from ops.advise.catalogue import ActionId, CauseId
from ops.values import fits

Sentence = Literal[
    "effect-helped", "effect-harmed", "effect-unclear", "alert-confirmed", "alert-false",
    "action-helped", "action-failed", "advice-helped", "advice-failed",
]  # fmt: skip
SENTENCES: Mapping[Sentence, str] = MappingProxyType(
    {
        "effect-helped": "{action} on {thing} recovered {jump} {unit} ({lower} to {upper}) of its"
        " offset, measured after {n} of them; {improved} left it nearer to home.",
        "effect-harmed": "{action} on {thing} moved it {jump} {unit} ({lower} to {upper}), away"
        " from home, measured after {n} of them; {improved} left it nearer to home.",
        "effect-unclear": "{action} on {thing} had no certain effect: {jump} {unit} ({lower} to"
        " {upper}) towards home, measured after {n} of them; {improved} left it nearer to home.",
        "alert-confirmed": "The alert of {thing} ({found}) was real.",
        "alert-false": "The alert of {thing} ({found}) was a false alarm.",
        "action-helped": "{done} helped against the alert of {thing} ({found}).",
        "action-failed": "{done} did not help against the alert of {thing} ({found}).",
        "advice-helped": "{action} was advised for {cause} on {thing}, and it helped.",
        "advice-failed": "{action} was advised for {cause} on {thing}, and it did not help.",
    }
)
_LONGEST = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a run or an outcome teaches.

    Parameters
    ----------
    sentence
        Which of `SENTENCES` it is said with.
    values
        What stands in it: codes and names of the plant, and numbers.
    key
        What makes it the same lesson: it is kept once.
    tags
        What it is about: tool, characteristic ... to a code.
    facts
        Its numbers and codes, for whoever computes with them.
    """

    sentence: Sentence
    values: Mapping[str, float | str | None]
    key: str
    tags: Mapping[str, str]
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    cause: CauseId | None = None
    action: ActionId | None = None
    helped: bool | None = None

    @property
    def title(self) -> str:
        """What it is about, and what was done."""
        said = self.values.get("action") or self.values.get("done") or self.values.get("found")
        return f"{_told(self.values.get('thing'))}: {_told(said)}"[:_LONGEST]

    @property
    def text(self) -> str:
        """The sentence, its values put in.

        Examples
        --------
        >>> values = {"thing": "WB-05", "found": "creep"}
        >>> Lesson("alert-false", values, "alert|7", {"tool": "WB-05"}).text
        'The alert of WB-05 (creep) was a false alarm.'
        """
        told = {name: _told(value) for name, value in self.values.items()}
        return SENTENCES[self.sentence].format_map(told)


def _told(value: float | str | None) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return " ".join(value.split())[:_LONGEST] or "unknown"
    return f"{value:.3g}" if fits(value, 3) else f"{value:.2e}"
