"""A byte-level BPE vocabulary, learned from a text that we wrote ourselves.

Each byte is a printable character (Radford et al. 2019, Language Models are Unsupervised
Multitask Learners, section 2.2): bytes that print stand for themselves, the rest for the
characters from 256 on. Digits are never merged: numbers are copied digit by digit.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable

SPECIAL = ("<|end|>", "<|system|>", "<|user|>", "<|assistant|>")
_WORD = re.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+"
)  # how GPT-2 cuts a text into words, for text in Latin letters
_PRINTED = [*range(33, 127), *range(161, 173), *range(174, 256)]
_REST = [byte for byte in range(256) if byte not in _PRINTED]
BYTE = {byte: chr(byte) for byte in _PRINTED} | {byte: chr(256 + i) for i, byte in enumerate(_REST)}

Pair = tuple[str, str]


def words_of(text: str) -> list[str]:
    """Words of a text, each byte as its character."""
    return ["".join(BYTE[byte] for byte in word.encode()) for word in _WORD.findall(text)]


def learn_merges(text: str, count: int) -> list[Pair]:
    """The `count` most frequent merges of a text, ties in the order of letters."""
    words = {tuple(word): n for word, n in Counter(words_of(text)).items() if not _digits(word)}
    merges: list[Pair] = []
    for _ in range(count):
        pairs: Counter[Pair] = Counter()
        for word, n in words.items():
            for pair in itertools.pairwise(word):
                pairs[pair] += n
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = {_merged(word, best): n for word, n in words.items()}
    return merges


class Tokenizer:
    """Text to ids and back."""

    def __init__(self, merges: Iterable[Pair]) -> None:
        self.merges = list(merges)
        joined = (a + b for a, b in self.merges)
        self.tokens = list(dict.fromkeys((*SPECIAL, *(BYTE[b] for b in range(256)), *joined)))
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self._rank = {pair: i for i, pair in enumerate(self.merges)}
        self._byte = {char: byte for byte, char in BYTE.items()}

    def encode(self, text: str) -> list[int]:
        """Ids of a text; names of special tokens in it become those tokens."""
        found: list[int] = []
        for part in re.split(r"(<\|[a-z]+\|>)", text):
            if part in SPECIAL:
                found.append(self.ids[part])
            else:
                for word in words_of(part):
                    found.extend(self.ids[piece] for piece in self._pieces(word))
        return found

    def decode(self, ids: Iterable[int]) -> str:
        """Text of ids."""
        text = "".join(t for t in (self.tokens[i] for i in ids) if t not in SPECIAL)
        return bytes(self._byte[char] for char in text).decode(errors="replace")

    def _pieces(self, word: str) -> tuple[str, ...]:
        pieces = tuple(word)
        while len(pieces) > 1:
            pairs = itertools.pairwise(pieces)
            best = min(pairs, key=lambda pair: self._rank.get(pair, len(self._rank)))
            if best not in self._rank:
                break
            pieces = _merged(pieces, best)
        return pieces


def _merged(word: tuple[str, ...], pair: Pair) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at < len(word):
        if word[at : at + 2] == pair:
            found.append(word[at] + word[at + 1])
            at += 2
        else:
            found.append(word[at])
            at += 1
    return tuple(found)


def _digits(word: str) -> bool:
    return any(char.isdigit() for char in word)
