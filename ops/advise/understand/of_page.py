"""What a page is about, beside what a question on it names: where they differ, the text wins."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops.advise.question import About, AboutKind, Named
from ops.advise.understand.naming import Naming

_OF_ONE: frozenset[AboutKind] = frozenset({"alert", "run"})  # they are of one thing and no other


@dataclass(frozen=True, slots=True)
class OfPage:
    """Things that the text names, those of the page that are meant beside, those that are not."""

    text: tuple[Named, ...]
    kept: tuple[Named, ...] = ()
    passed_over: tuple[Named, ...] = ()


def of_page(
    about: Sequence[About], read: Naming, *, pointing: bool, names: Sequence[Named]
) -> OfPage:
    """Tell what of a page is meant.

    All of it, but for things of a kind of which the text names others: those give way, and with
    them an alert or a run, which is of one thing, and all that an alert brought along. A family
    that the text names and the page is of narrows to the thing of the page. With "this" both are
    meant.
    """
    known = {(n.kind, n.code, n.site): n for n in names}
    page = tuple(
        known.get((a.kind, a.code, a.site)) or Named(kind=a.kind, code=a.code, site=a.site)
        for a in about
    )
    text = _narrowed(read, page)
    if pointing:
        return OfPage(text, page)
    codes = {kind: {n.code for n in text if n.kind == kind} for kind in {n.kind for n in text}}
    other = [one for one in page if one.code not in codes.get(one.kind, {one.code})]
    if not other:
        return OfPage(text, tuple(one for one in page if one.kind not in codes))
    whole = any(one.kind == "alert" for one in page)
    kept = () if whole else tuple(
        one for one in page if one.kind not in codes and one.kind not in _OF_ONE
    )  # fmt: skip
    return OfPage(text, kept, tuple(other))


def _narrowed(read: Naming, page: Sequence[Named]) -> tuple[Named, ...]:
    """Names of a text, of its families only those of the page where it is of some."""
    here = {(one.kind, one.code) for one in page}
    families = [f for f in read.families if any((one.kind, one.code) in here for one in f)]
    out = [one for f in families for one in f if (one.kind, one.code) not in here]
    return tuple(one for one in read.named if one not in out)
