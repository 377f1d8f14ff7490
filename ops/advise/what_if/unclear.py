"""What of a what-if could not be made an edit."""

from ops.page_value import Number, Phrase


class Unclear(ValueError):
    """A clause that cannot be resolved without a guess; says why, and how to write it.

    Examples
    --------
    >>> str(Unclear("{word} names nothing here", word="'WH-X'"))
    "'WH-X' names nothing here"
    """

    def __init__(self, template: str, **values: Number | str) -> None:
        self.phrase = Phrase.of(template, **values)
        super().__init__(self.phrase.english())


def names_nothing(word: str, near: str = "") -> Unclear:
    """Say that a word names nothing of a scenario, and which names are near."""
    if not near:
        return Unclear("{word} names nothing here", word=repr(word))
    return Unclear("{word} names nothing here; did you mean {near}?", word=repr(word), near=near)
