"""Message catalogues: whole, true to their places, and no text of a page escapes them."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.dates import format_timedelta
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from fastapi.testclient import TestClient

from api.pages import shell
from api.render import messages, words
from api.render.messages import Message, catalogue
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from tests.api.pages.test_pages import HTML, _scheduled, _stored
from tests.plant import NOW, plant, rows

TRANSLATED = [code for code in words.LANGUAGES if code != "en"]
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    known = {m.id for m in catalogue(language) if m.id}
    assert known == set(messages.messages()), "run `make messages`, then translate what is new"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_its_places(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        english = message.id if isinstance(message.id, str) else message.id[0]
        for text in texts:
            assert text, f"{english!r} is not translated"
            assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(english)), english


def test_an_update_keeps_what_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in words.CATALOGUES.glob("*.po"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    for language in TRANSLATED:
        messages.update(language)
    for path in words.CATALOGUES.glob("*.po"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def _pseudo(message: Message) -> str | tuple[str, ...]:
    """Text in brackets: what has none was never translated."""
    if isinstance(message, tuple):
        return tuple(f"⟦{text}⟧" for text in message)
    return f"⟦{message}⟧"


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """German becomes a language in which every text stands in brackets."""
    made = Catalog(locale="de")
    for message in messages.messages():
        made.add(message, _pseudo(message))
    with (tmp_path / "de.po").open("wb") as target:
        write_po(target, made)
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words.translations.cache_clear()
    shell.environment.cache_clear()
    yield
    words.translations.cache_clear()
    shell.environment.cache_clear()


class _Visible(HTMLParser):
    """What a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "br", "meta", "link", "img", "option"):
            self.inside.append(tag)
        self.texts += [
            v for name, v in attrs if name in ("aria-label", "title", "data-confirm") and v
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "code", "pre", "output", "textarea"} & set(self.inside):
            self.texts.append(data)


# what the plant, the reader or a standard says, not Longrun
OWN_WORDS = {
    "Longrun", "English", "Deutsch", "CSV", "JSON", "XLSX", "PARQUET", "Parquet", "Arrow",
    "SVG", "PNG", "HTTP", "LSL", "USL", "UTC", "Plant", "HSV", "Loop", "LOOP", "Shear", "SHEAR",
    "tool", "lot", "local", "admin", "capability", "Cpk", "ppm", "test", "ada", "csv",
    "succeeded", "failed", "valid", "Monday", "Europe", "Berlin", "HERE", "pool", "column",
    "unit", "individuals", "sbar", "pooled", "rbar", "once", "skip", "viewer", "engineer",
    "planner", "variable", "attribute", "day", "all", "running", "height",
    "ISO", "AIAG", "Ppk", "johnson", "yeo", "box", "cox", "moving", "range", "median", "biased",
    "lower", "bound", "point", "aiag", "iso",
    "current", "last",
}  # fmt: skip


def _distances(language: str) -> set[str]:
    """Words of every distance in time: which of them a page says depends on the day it is read."""
    spans = [timedelta(seconds=s) for s in (1, 5, 60, 300, 3600, 7200)]
    spans += [timedelta(days=d) for d in (1, 3, 7, 21, 31, 92, 366, 1000)]
    said = (
        format_timedelta(sign * span, add_direction=True, threshold=1, locale=language)
        for span in spans
        for sign in (1, -1)
    )
    return set(re.findall(r"[A-Za-z]{3,}", " ".join(said)))


def test_every_distance_in_time_is_known_to_the_check() -> None:
    assert {"Woche", "Wochen", "Monat", "Jahr", "vor"} <= _distances("de")


@pytest.mark.usefixtures("pseudo")
def test_no_text_of_a_page_escapes_translation(
    client: TestClient, sqlite_database: Database
) -> None:
    write_chunk(
        sqlite_database, rows(300, subgroup=[None] * 300), ingest=plant(sqlite_database), now=NOW
    )
    schedule = _scheduled(client, "Monday")
    run = _stored(sqlite_database, "succeeded", schedule_id=schedule)
    escaped: dict[str, set[str]] = {}
    for path in (
        "/", "/characteristics", "/characteristics/1?days=0&where=tool:A",
        "/characteristics/1/study",
        "/characteristics/1/rows", "/analyses", "/runs", f"/runs/{run}", "/schedules",
        f"/schedules/{schedule}", "/schedules/new", "/schedules/new?analysis=capability", "/data",
        "/data/1", "/settings", "/problems", "/problems/stale",
    ):  # fmt: skip
        reader = _Visible()
        reader.feed(client.get(path, headers=HTML | {"Accept-Language": "de"}).text)
        texts = " \n ".join(reader.texts).replace(run[:8], " ")  # letters of an id are no words
        said = re.sub(r"⟦[^⟦⟧]*⟧", " ", texts)
        said = re.sub(r"⟦.*?⟧", " ", said)
        left = set(re.findall(r"[A-Za-z]{3,}", said)) - OWN_WORDS - _distances("de")
        if left:
            escaped[path] = left
    assert not escaped, str(escaped)
