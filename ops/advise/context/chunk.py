"""Long documents in pieces: at headings, paragraphs, sentences, words, in this order."""

import re
from dataclasses import dataclass

MOST = 1200  # characters of a piece, its overlap aside
OVERLAP = 120  # characters that a piece repeats of the one before it
_HEADING = re.compile(r"\n(?=#{1,6} |[0-9]+(?:\.[0-9]+)*\.? \S)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"[.!?](?=\s)\s*|[\u3002\uff01\uff1f]")
_WORD = re.compile(r"\s+")
_BREAKS = (_HEADING, _PARAGRAPH, _LINE, _SENTENCE, _WORD)
_AHEAD = 8  # characters behind the latest break that tell a heading or the end of a sentence
_EARLIEST = 0.4  # of the most: a break before it would make a crumb


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `start` to `end` of a document; the first `overlap` stood in the one before."""

    index: int
    start: int
    end: int
    text: str
    overlap: int

    @property
    def own(self) -> str:
        """What no piece before it holds; joined, these are the document."""
        return self.text[self.overlap :]


def chunks(text: str, *, most: int = MOST, overlap: int = OVERLAP) -> tuple[Chunk, ...]:
    """Cut a document into pieces.

    A piece ends at the last heading that lies 40 % to 100 % of `most` after its begin, else at
    the last paragraph there, line, sentence, word; else at `most`. The same text gives the same
    pieces.

    Parameters
    ----------
    most
        Longest piece, in characters, without its overlap.
    overlap
        Characters that a piece repeats of the end of the one before, from a word on.

    Raises
    ------
    ValueError
        If `most` < 20 or `overlap` is negative or not below `most`.

    Examples
    --------
    >>> [chunk.own for chunk in chunks("One sentence. Another one.", most=20, overlap=0)]
    ['One sentence. ', 'Another one.']
    """
    if most < 20 or not 0 <= overlap < most:
        raise ValueError(
            f"pieces of {most} characters with {overlap} repeated: 20 <= most > overlap"
        )
    found: list[Chunk] = []
    start = 0
    while start < len(text):
        end = _end(text, start, most)
        begin = _overlap_start(text, start, overlap)
        found.append(Chunk(len(found), begin, end, text[begin:end], start - begin))
        start = end
    return tuple(found)


def _end(text: str, start: int, most: int) -> int:
    latest = start + most
    if latest >= len(text):
        return len(text)
    earliest = start + int(_EARLIEST * most)
    seen = latest + _AHEAD
    for pattern in _BREAKS:
        ends = [m.end() for m in pattern.finditer(text, earliest, seen) if m.end() <= latest]
        if ends:
            return ends[-1]
    return latest


def _overlap_start(text: str, start: int, overlap: int) -> int:
    if start == 0 or overlap == 0:
        return start
    earliest = max(0, start - overlap)
    word = _WORD.search(text, earliest, start)
    return earliest if word is None or word.end() >= start else word.end()
