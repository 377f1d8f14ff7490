"""Names that a text may hold verbatim: of the plant, of cases, and labels of evidence."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ops.advise.case import Case
from ops.advise.guard.context import GuardContext
from ops.page import Subject

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_/.][A-Za-z0-9]+)+|[A-Za-z]+[0-9][A-Za-z0-9]*")
_NUMBER_LIKE = re.compile(r"[\W\d_]*[A-Za-zµ°]{0,3}[\W\d_]*|(?=\d)[\w.,-]*e[+-]?\d+", re.ASCII)
SUBJECT_FACTS = (
    "tool", "characteristic", "site", "model", "scenario", "life-test", "dataset", "stream",
    "stratum-level", "lot", "capillary", "material",
)  # fmt: skip


def names_of(context: GuardContext, placed: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Names and labels that stand for themselves; what looks like a number is never one.

    Parameters
    ----------
    placed
        Alias and part of each place of the text: the label of what stands in it may stand there
        too, whatever its words say elsewhere. Labels with a code in them may stand anywhere.
    """
    labels: list[str] = []
    for alias, one in context.evidence.items():
        if one.quoted:
            continue
        own = one.label if _has_digit(one.label) or _is_placed(alias, placed) else ""
        against = one.reference_label
        labels += [own, against if (alias, "reference") in placed or _has_digit(against) else ""]
        labels += [one.value] if one.kind == "name" and isinstance(one.value, str) else []
    labels += [
        spelt
        for e in context.evidence.values()
        if _has_digit(e.quantity)
        for spelt in (e.quantity, e.quantity.upper())
    ]  # B10
    names = (*context.names, *(n for case in context.cases.values() for n in case_names(case)))
    titles = tuple(case.title for case in context.cases.values() if " " in case.title.strip())
    return _masked(names, titles, tuple(labels))


def _is_placed(alias: str, placed: tuple[tuple[str, str], ...]) -> bool:
    return any(one == alias for one, _ in placed)


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def case_names(case: Case) -> tuple[str, ...]:
    """Names of what a case is about: its title, the codes in it, its subject."""
    subjects = [e.subject for e in case.evidence if e.subject] + [case.subject]
    facts = [case.facts[key] for key in SUBJECT_FACTS if key in case.facts]
    found = [case.title, *_CODE.findall(case.title), *facts]
    for one in subjects:
        found += _of_subject(one) if one else ()
    return tuple(dict.fromkeys(name for name in found if name.strip()))


def _of_subject(subject: Subject) -> Iterable[str]:
    return filter(None, [subject.site, subject.characteristic, *subject.factors.values()])


@lru_cache(maxsize=64)
def _masked(
    names: tuple[str, ...], titles: tuple[str, ...], labels: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            [name for name in names if _is_name(name)]
            + [spelt for title in titles if _is_title(title) for spelt in _spellings(title)]
            + [spelt for label in labels if _is_label(label) for spelt in _spellings(label)]
        )
    )


def _is_name(name: str) -> bool:
    """Whether it stands for itself: a code, or words with a capital, but nothing like a number."""
    has_code = any(sign.isdigit() or sign.isupper() or sign == "_" for sign in name)
    return 2 <= len(name) <= 200 and has_code and not _is_number_like(name)


def _is_title(title: str) -> bool:
    """Several words that name a case, whatever they say elsewhere: ranking of actions."""
    return len(title) <= 200 and not _is_number_like(title)


def _is_label(label: str) -> bool:
    """One plain word is checked as any word: it might say a direction or an action."""
    several = " " in label.strip() or any(sign.isdigit() or sign.isupper() for sign in label)
    return 2 <= len(label) <= 200 and several and not _is_number_like(label)


def _is_number_like(name: str) -> bool:
    return not any(s.isalpha() for s in name) or (
        name[0].isdigit() and _NUMBER_LIKE.fullmatch(name) is not None
    )


def _spellings(label: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((label, label[0].upper() + label[1:], label[0].lower() + label[1:])))
