"""What of a what-if could not be made an edit."""

from ops.page import Number, Phrase


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
