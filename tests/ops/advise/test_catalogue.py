"""Causes and actions are closed lists, each with a title and with what goes with it."""

from ops.advise.catalogue import ACTIONS, CAUSES, PAIRS, goes_with
from ops.advise.titles_words import ACTION_TITLES, CAUSE_TITLES


def test_each_cause_has_a_title_and_an_action() -> None:
    assert set(CAUSES) == set(CAUSE_TITLES) == set(PAIRS)
    assert all(PAIRS.values())


def test_each_action_has_a_title_and_a_cause() -> None:
    assert set(ACTIONS) == set(ACTION_TITLES)
    assert {action for actions in PAIRS.values() for action in actions} == set(ACTIONS)


def test_each_title_has_several_words() -> None:
    titles = (*CAUSE_TITLES.values(), *ACTION_TITLES.values())
    assert all(" " in title for title in titles)  # single words are not collected for translation


def test_what_is_not_listed_does_not_go_together() -> None:
    assert goes_with("gauge", "requalify-gauge")
    assert not goes_with("gauge", "replace-tool")
