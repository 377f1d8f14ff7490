"""Text without case, accents and invisible characters, and where each letter stood."""

import unicodedata
from dataclasses import dataclass

_ALIKE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-",
    "\u2013": "-", "\u2014": "-", "\u2212": "-",
})  # fmt: skip
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts` holds the place of each of its characters in the original.

    One more place follows at the end: the length of the original.
    """

    text: str
    starts: range | tuple[int, ...]


def folded(text: str) -> Folded:
    """Fold a text for finding names in it.

    Compatibility forms are taken apart, marks and invisible characters left out, any white space
    becomes a space.

    Examples
    --------
    >>> folded("M\u00fcL\u200bler").text
    'muller'
    """
    if text.isascii() and text.isprintable():
        return Folded(text.lower(), range(len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    for place, char in enumerate(text):
        for letter in _of_character(char):
            letters.append(letter)
            starts.append(place)
    return Folded("".join(letters), (*starts, len(text)))


def _of_character(char: str) -> str:
    if char.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(c for c in apart.translate(_ALIKE) if not _is_unseen(c))


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co")


def spelled_out(text: str) -> str:
    """Folded text in which umlauts are two letters, as people type them without such keys.

    Examples
    --------
    >>> spelled_out("Müller")
    'mueller'
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    return folded(composed.translate(_SPELLED)).text


def is_unspaced(text: str) -> bool:
    """Whether a text is of a script that puts no spaces between words."""
    return any(unicodedata.name(char, "").startswith(_UNSPACED) for char in text)


_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
