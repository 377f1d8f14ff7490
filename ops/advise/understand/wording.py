"""The words of a text: folded, cut at blanks and signs, with what stands between them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_HYPHENS = re.compile("[\u002d\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d]")
_SILENT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # seen by no reader
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff"
_SEAM = re.compile(
    rf"(?<=[{_IDEOGRAPH}])(?=[^\W_{_IDEOGRAPH}])|(?<=[^\W_{_IDEOGRAPH}])(?=[{_IDEOGRAPH}])"
)
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as written, folded, and where it stands in the tidied text."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def numbered(self) -> bool:
        """Whether it holds a digit."""
        return any(sign.isdecimal() for sign in self.text)


def tidy(text: str) -> str:
    """Text in compatible unicode form, one sort of hyphen, single blanks, nothing invisible.

    Examples
    --------
    >>> tidy("\uff37\uff22\u201107  drifts")
    'WB-07 drifts'
    """
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", _SILENT.sub("", text)))
    return " ".join(plain.split())


def parted(folded: str) -> str:
    """Text with a blank wherever Chinese meets letters or digits, so that words have ends."""
    return _SEAM.sub(" ", folded)


def words_of(tidied: str) -> tuple[Word, ...]:
    """Words of a tidied text; each Chinese character is one."""
    return tuple(
        Word(found[0], found[0].casefold(), found.start(), found.end())
        for found in _WORD.finditer(tidied)
    )


def key(words: Sequence[Word]) -> str:
    """Key that words are looked up by: ``WB-07``, ``wb 07`` and ``wb07`` share it.

    Two numbers side by side stay apart, so that ``WB-1 5`` is never ``WB-15``.

    Examples
    --------
    >>> key(words_of("WB 07")), key(words_of("CL4-57"))
    ('wb07', 'cl4-57')
    """
    joined = ""
    for word in words:
        apart = joined[-1:].isdecimal() and word.folded[:1].isdecimal()
        joined += f"-{word.folded}" if apart else word.folded
    return joined


def without_zeros(looked_up: str) -> str:
    """Key with its numbers bare of leading zeros: ``wb07`` and ``wb7`` share it."""
    return re.sub(r"(?<![0-9.])0+(?=[0-9])", "", looked_up)
