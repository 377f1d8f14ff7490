"""A prompt of the advisor as a model sees it: nothing but its text is looked at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CASE = re.compile(
    r"(C\d+) ([a-z]+) \| ([a-z]+) \| (\"(?:[^\"\\]|\\.)*\") \| (\S+) \| allowed (.+)"
)
_EVIDENCE = re.compile(
    r"(E\d+) ([a-z0-9-]+) \| (\"(?:[^\"\\]|\\.)*\") \| (\"(?:[^\"\\]|\\.)*\") \| (.+)"
)
_MEMORY = re.compile(r"(M\d+) ([a-z]+)\b(.*)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")


@dataclass
class Line:
    """A line of evidence."""

    alias: str
    quantity: str
    label: str
    unit: str
    rest: str
    quoted: str = ""

    @property
    def is_number(self) -> bool:
        return not self.is_quoted and _NUMBER.match(self.rest) is not None and not self.is_date

    @property
    def is_date(self) -> bool:
        return _DATE.match(self.rest) is not None

    @property
    def is_quoted(self) -> bool:
        return self.rest == "quoted:"

    @property
    def numbers(self) -> list[float]:
        """Value, and the reference if there is one."""
        value, *parts = self.rest.split(" | ")
        held = next((p for p in parts if p.startswith("reference ")), "")
        found = [value, re.sub(r"^reference \"(?:[^\"\\]|\\.)*\"", "", held)]
        return [float(m[0]) for text in found if (m := _NUMBER.search(text))]


@dataclass
class Told:
    """A case with its lines."""

    alias: str
    topic: str
    level: str
    title: str
    allowed: list[tuple[str, str]]
    lines: list[Line] = field(default_factory=list[Line])


@dataclass
class Seen:
    """All that stands in a prompt."""

    cases: list[Told] = field(default_factory=list[Told])
    memories: list[str] = field(default_factory=list[str])
    data: list[str] = field(default_factory=list[str])
    question: str = ""
    draft: list[dict[str, object]] = field(default_factory=list[dict[str, object]])


def seen(prompt: str) -> Seen:
    """Read the text of a prompt."""
    body = prompt[prompt.rfind("\nEVIDENCE\n") + 1 :] if "\nEVIDENCE\n" in prompt else prompt
    found = Seen()
    asks = False
    for line, data in _lines(body):
        if line == "QUESTION":
            asks = True
        elif asks and data and not found.question:
            found.question = data
        elif case := _CASE.fullmatch(line):
            found.cases.append(
                Told(case[1], case[2], case[3], json.loads(case[4]), _pairs(case[6]))
            )
        elif (one := _EVIDENCE.fullmatch(line)) and found.cases:
            label, unit = json.loads(one[3]), json.loads(one[4])
            found.cases[-1].lines.append(Line(one[1], one[2], label, unit, one[5], data))
        elif memory := _MEMORY.fullmatch(line):
            found.memories.append(memory[1])
        elif line.startswith('{"') and not asks:
            found.draft.append(json.loads(line))
        found.data += [data] if data else []
    return found


def _lines(body: str) -> Iterator[tuple[str, str]]:
    """Lines outside of quotations, each with the quotation that follows it."""
    line, data, inside = "", list[str](), False
    for one in body.split("\n"):
        if inside:
            inside = not one.startswith("END DATA")
            data += [one.removeprefix("| ")] if inside else []
        elif one.startswith("BEGIN DATA"):
            inside = True
        else:
            yield line, "\n".join(data)
            line, data = one, []
    yield line, "\n".join(data)


def _pairs(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in text.split("; "):
        cause, _, actions = part.partition(": ")
        found += [(cause, action) for action in actions.split(", ") if action]
    return found
