"""Names found in folded text: one pass over its words, however many names are known."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ops.advise.privacy.fold import folded
from ops.advise.privacy.name import WORD, Row, is_anywhere, spellings

_WIDEST_GAP = 3  # characters between the words of a name: "Doe, J."


class Finder:
    """Names by their spellings, and how long these are that begin with a word."""

    def __init__(self, names: Sequence[str]) -> None:
        self._rows: dict[Row, str] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._anywhere: dict[str, str] = {}
        for name in sorted(set(names)):
            for row in spellings(name):
                if is_anywhere(row):
                    self._anywhere.setdefault(row[0], name)
                else:
                    self._rows.setdefault(row, name)
                    known = self._lengths.get(row[0], ())
                    self._lengths[row[0]] = known if len(row) in known else (*known, len(row))

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Give stretches of a text that name somebody, with whom; they may overlap."""
        flat = folded(text)
        for start, end, name in (*self._of_words(flat.text), *self._of_pieces(flat.text)):
            last = flat.starts[end - 1]  # a letter may be the half of a ligature
            yield flat.starts[start], max(last + 1, flat.starts[end]), name

    def _of_words(self, flat: str) -> Iterator[tuple[int, int, str]]:
        words = list(WORD.finditer(flat)) if self._rows else []
        for place, word in enumerate(words):
            for length in self._lengths.get(word[0], ()):
                row = words[place : place + length]
                name = self._rows.get(tuple(w[0] for w in row))
                if name is not None and _are_near(row):
                    yield word.start(), row[-1].end(), name

    def _of_pieces(self, flat: str) -> Iterator[tuple[int, int, str]]:
        for piece, name in self._anywhere.items():
            start = flat.find(piece)
            while start >= 0:
                yield start, start + len(piece), name
                start = flat.find(piece, start + 1)


def _are_near(words: Sequence[re.Match[str]]) -> bool:
    gaps = (b.start() - a.end() for a, b in pairwise(words))
    return all(gap <= _WIDEST_GAP for gap in gaps)
