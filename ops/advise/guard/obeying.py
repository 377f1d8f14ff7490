"""Words after which nothing else of an answer is trusted: whoever says them obeys somebody."""

from ops.advise.guard.advising import forbidden
from ops.advise.guard.plain import ordered
from ops.advise.guard.quoting import repeated
from ops.advise.guard.reading import Look


def obeys(look: Look) -> bool:
    """Whether a claim gives orders to a computer, advises what is no action, or repeats people.

    A claim that is wrong may be a mistake, and the others may stand; a claim like this shows that
    a model follows what it read, or what it made up.
    """
    return any(True for find in (ordered, forbidden, repeated) for _ in find(look))
