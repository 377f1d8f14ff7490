"""Pseudonyms for names in texts, and the table that puts the names back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ops.advise.privacy.finding import Finder

_WORD = r"[^\s@<>\"'(),:;\[\]\\]+"
_MAIL = re.compile(f"{_WORD}(?:@{_WORD})+")
_SAID = re.compile(r"person-[0-9]+[a-z]*", re.IGNORECASE | re.ASCII)
_TAKEN = re.compile(r"person-[0-9]+[0-9a-z]*", re.IGNORECASE | re.ASCII)
_TAIL = re.compile(r"[0-9A-Za-z]*")
_LETTERS = "bcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class People:
    """Pseudonyms and what stood in their place; it never leaves the host.

    Every spelling has a pseudonym of its own (``person-1``, ``person-1b``), so that putting back
    is exact; those of one person share the number.
    """

    surfaces: tuple[tuple[str, str], ...] = ()

    @property
    def pseudonyms(self) -> tuple[str, ...]:
        """All pseudonyms: names that a model may say."""
        return tuple(pseudonym for pseudonym, _ in self.surfaces)

    def put_back(self, text: str) -> str:
        """Put names in the place of their pseudonyms; unknown pseudonyms stay."""
        names = dict(self.surfaces)
        return _SAID.sub(lambda m: names.get(m[0].lower(), m[0]), text)


@dataclass(slots=True)
class _Table:
    """The table while it grows."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])  # person to number
    spelled: dict[str, str] = field(default_factory=dict[str, str])  # surface to pseudonym
    counts: dict[int, int] = field(default_factory=dict[int, int])

    def pseudonym(self, surface: str, person: str) -> str:
        if surface not in self.spelled:
            number = self.numbers.setdefault(person, len(self.numbers) + 1)
            count = self.counts.get(number, 0)
            self.counts[number] = count + 1
            self.spelled[surface] = f"person-{number}{_suffix(count)}"
        return self.spelled[surface]


def _suffix(count: int) -> str:
    letters = ""
    while count > 0:
        count, rest = divmod(count - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def pseudonymized(
    texts: Sequence[str], names: Sequence[str], *, whole: Sequence[int] = ()
) -> tuple[tuple[str, ...], People]:
    """Replace names and addresses of mail in texts by pseudonyms.

    Parameters
    ----------
    texts
        In a fixed order: people are numbered as they first appear.
    names
        Names that are known, in any order; each is found in the spellings of `spellings`.
    whole
        Positions of texts that are a name as a whole, however it is spelled.

    Returns
    -------
    tuple, People
        The texts, and the table: ``people.put_back`` of each gives the original, exactly.

    Examples
    --------
    >>> said, people = pseudonymized(["Ask Jane Doe; Doe's note"], ["Jane Doe"])
    >>> said[0], people.put_back(said[0])
    ("Ask person-1; person-1b's note", "Ask Jane Doe; Doe's note")
    """
    finder = Finder(names)
    table = _Table()
    done: list[str] = []
    entire = frozenset(whole)
    for place, text in enumerate(texts):
        spans = [(0, len(text), text)] if place in entire and text else _spans(text, finder)
        done.append(_replaced(text, spans, table))
    return tuple(done), People(tuple((p, surface) for surface, p in table.spelled.items()))


def _spans(text: str, finder: Finder) -> list[tuple[int, int, str]]:
    """Stretches that name somebody, apart from each other, with whom they name."""
    found = [(m.start(), m.end(), m[0]) for p in (_MAIL, _TAKEN) for m in p.finditer(text)]
    found += finder.spans(text)
    merged: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda s: (s[0], -s[1], s[2])):
        tail = _TAIL.match(text, end)
        end = end if tail is None else tail.end()
        if merged and start <= merged[-1][1]:  # touching ones too: they could not be told apart
            first = merged[-1]
            merged[-1] = (first[0], max(end, first[1]), first[2])
        else:
            merged.append((start, end, name))
    return merged


def _replaced(text: str, spans: Sequence[tuple[int, int, str]], table: _Table) -> str:
    parts: list[str] = []
    last = 0
    for start, end, person in spans:
        parts += (text[last:start], table.pseudonym(text[start:end], person))
        last = end
    return "".join((*parts, text[last:]))
