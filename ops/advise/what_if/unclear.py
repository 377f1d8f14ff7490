"""What of a what-if could not be made an edit."""


class Unclear(ValueError):
    """A clause that cannot be resolved without a guess; says why, and how to write it."""
