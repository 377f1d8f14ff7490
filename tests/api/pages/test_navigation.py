"""The way to every list of the service."""

from api.pages.navigation import NAVIGATION, Menu, Place, labels


def test_only_the_place_that_holds_a_page_is_marked() -> None:
    data, datasets = Place("/data", "Data"), Place("/datasets", "Datasets")
    assert data.holds("/data")
    assert data.holds("/data/7")
    assert not data.holds("/datasets")
    assert datasets.holds("/datasets/bonds")


def test_the_overview_holds_nothing_but_itself() -> None:
    assert Place("/", "Overview").holds("/")
    assert not Place("/", "Overview").holds("/runs")


def test_a_menu_holds_what_its_places_hold() -> None:
    menus = [entry for entry in NAVIGATION if isinstance(entry, Menu)]
    assert [menu.label for menu in menus if menu.holds("/runs/1")] == ["Analysis"]


def test_nothing_is_named_twice() -> None:
    said = list(labels())
    assert len(said) == len(set(said))
