"""Which letter an index carries, and which sigma it is made of.

``aiag-2005`` (as Minitab and JMP have it): the within-subgroup sigma makes Cp and Cpk, the overall
sigma Pp and Ppk. ``iso-22514-2``: both come from the total distribution; the letter C is granted
only where the process is shown to be stable, else the letter is P.

References
----------
AIAG (2005), Statistical Process Control, 2nd ed., ch. IV;
ISO 22514-2:2017, Process capability and performance of time-dependent process models, ch. 6.
"""

from typing import Literal

Convention = Literal["iso-22514-2", "aiag-2005"]
Letter = Literal["C", "P"]


def letter(convention: Convention, *, within: bool, stable: bool) -> Letter:
    """Letter of the index that is judged.

    Parameters
    ----------
    within
        Whether there is an index of the within-subgroup sigma: what aiag-2005 judges.
    stable
        Whether stability is shown: what iso-22514-2 asks for.

    Examples
    --------
    >>> letter("iso-22514-2", within=True, stable=False)
    'P'
    """
    granted = within if convention == "aiag-2005" else stable
    return "C" if granted else "P"
