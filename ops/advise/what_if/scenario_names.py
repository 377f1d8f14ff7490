"""Things of a scenario that a text names: sites, commodities, modes, tools, periods, countries."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ops.advise.understand.wording import Word, key, words_of
from solvers.scenario.document import Scenario
from solvers.scenario.part import Code

ThingKind = Literal["site", "commodity", "mode", "tools", "group", "family", "tag"]
LONGEST = 10  # words of a name
MOST_NEAR = 3
_LIKE_CODE = re.compile(r"[^\W_]+(?:[-_][^\W_]+)+|[^\W\d_]+\d[^\W_]*")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a scenario, and where a text names it."""

    kind: ThingKind
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Things:
    """All that a text names; `unknown` look like codes and are none, `twice` mean several."""

    found: tuple[Thing, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    def of(self, kind: ThingKind) -> tuple[Thing, ...]:
        """Things of a kind, in the order of the text, each once."""
        return tuple({thing.code: thing for thing in self.found if thing.kind == kind}.values())


def things(tidied: str, scenario: Scenario) -> Things:
    """Things that a tidied text names by code or title, the longest names first."""
    known = _known(scenario)
    words = words_of(tidied)
    found: list[Thing] = []
    twice: list[str] = []
    taken: set[int] = set()
    for first, last in _runs(len(words)):
        these = known.get(key(words[first:last]), {})
        if not these or not taken.isdisjoint(range(first, last)):
            continue
        if _is_within_code(tidied, words, first, last):
            continue
        taken.update(range(first, last))
        start, end = words[first].start, words[last - 1].end
        if len(these) > 1:
            twice.append(f"{tidied[start:end]!r} is {' or '.join(code for _, code in these)}")
        for kind, code in tuple(these)[: 1 if len(these) == 1 else 0]:
            found.append(Thing(kind, code, start, end))
    ends = [(words[i].start, words[i].end) for i in taken]
    periods = {p.code.casefold() for p in scenario.periods}
    unknown = tuple(
        hit[0]
        for hit in _LIKE_CODE.finditer(tidied)
        if not any(hit.start() < end and start < hit.end() for start, end in ends)
        and _looks_like_code(hit[0], periods)
    )
    return Things(tuple(sorted(found, key=lambda t: t.start)), unknown, tuple(twice))


def near_names(word: str, scenario: Scenario) -> str:
    """Nearest codes of a scenario, for a message."""
    codes = {s.code for s in scenario.sites} | {c.code for c in scenario.commodities}
    titles = {s.title: s.code for s in scenario.sites if s.title}
    folded = {name.casefold(): name for name in sorted(codes | set(titles))}
    near = difflib.get_close_matches(word.casefold(), folded, MOST_NEAR, 0.5)
    return " or ".join(dict.fromkeys(titles.get(folded[n], folded[n]) for n in near))


def _looks_like_code(text: str, periods: set[str]) -> bool:
    folded, parts = text.casefold(), re.split("[-_]", text)
    if folded.startswith("co2") or folded in periods or periods.issuperset(folded.split("-")):
        return False
    capitals = all(part.isupper() or part.isdecimal() for part in parts)
    return capitals and any(sign.isalpha() for sign in text)


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(LONGEST, count), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _known(scenario: Scenario) -> dict[str, dict[tuple[ThingKind, Code], None]]:
    """Kinds and codes by key; a code hides titles that are the same."""
    known: dict[str, dict[tuple[ThingKind, str], None]] = {}
    for kind, code, _ in _parts(scenario):
        looked_up = key(words_of(code))
        if looked_up:
            known.setdefault(looked_up, {})[(kind, code)] = None
    titled: dict[str, dict[tuple[ThingKind, str], None]] = {}
    for kind, code, title in _parts(scenario):
        looked_up = key(words_of(title))
        if looked_up and looked_up not in known:
            titled.setdefault(looked_up, {})[(kind, code)] = None
    return titled | known


def _parts(scenario: Scenario) -> Iterator[tuple[ThingKind, str, str]]:
    for site in scenario.sites:
        yield "site", site.code, site.title
    for commodity in scenario.commodities:
        yield "commodity", commodity.code, commodity.title
    for mode in scenario.modes:
        yield "mode", mode.code, ""
    for tools in scenario.tool_groups:
        yield "tools", tools.code, ""
    for site in scenario.sites:
        yield "group", site.group, ""  # an empty key is looked up by nobody
    for commodity in scenario.commodities:
        yield "family", commodity.group, ""


def _is_within_code(tidied: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a hyphen ties the run to a further word, other than one of small letters."""
    before = tidied[words[first - 1].end : words[first].start] if first else ""
    after = tidied[words[last - 1].end : words[last].start] if last < len(words) else ""
    left = before in ("-", "_") and not _is_known_end(words[first - 1])
    right = after in ("-", "_") and not _is_known_end(words[last])
    return left or right


def _is_known_end(word: Word) -> bool:
    return word.text.isalpha() and word.text != word.text.upper()
