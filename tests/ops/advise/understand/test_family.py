"""Words that several titles share name all of them, and nothing that they do not share."""

import pytest

from ops.advise.question import AboutKind, Named
from ops.advise.understand.family import MOST, family_places
from ops.advise.understand.wording import tidy, words_of


def _named(code: str, title: str, kind: AboutKind = "characteristic") -> Named:
    return Named(kind=kind, code=code, title=title)


SHEAR = tuple(_named(f"S-{p}", f"Ball shear {p}") for p in ("A1", "B2"))
PULL = tuple(_named(f"P-{p}", f"Bond pull {p}") for p in ("A1", "B2"))
OTHER = (_named("REF", "Reference step"), _named("BT-1", "Pull and shear tester", "tool"))
NAMES = (*SHEAR, *PULL, *OTHER)


def _meant(text: str, names: tuple[Named, ...] = NAMES) -> set[str]:
    places = family_places(words_of(tidy(text)), names)
    return {name.code for _, those in places for name in those}


@pytest.mark.parametrize(
    "text",
    ["is the ball shear ok", "Ball-Shears", "is the shear fine", "the bal shear", "ball sheer?",
     "shear forces", "Scherkräfte", "des Kugelschertests", "焊球剪切力好吗"],
)  # fmt: skip
def test_a_family_is_named_in_many_ways(text: str) -> None:
    assert _meant(text) == {"S-A1", "S-B2"}


@pytest.mark.parametrize("text", ["reference step", "the ball", "bond", "", "shearing", "balls"])
def test_what_one_or_none_bears_is_no_family(text: str) -> None:
    assert not _meant(text)


def test_a_title_of_one_word_before_a_number_is_a_family() -> None:
    german = tuple(_named(f"S-{n}", f"Scherkraft {n}") for n in (1, 2))
    assert _meant("Ist die Scherkraft gut?", german) == {"S-1", "S-2"}


def test_a_family_of_very_many_names_nothing() -> None:
    many = tuple(_named(f"S-{n}", f"Ball shear {n}") for n in range(MOST + 1))
    assert not _meant("ball shear", many)
