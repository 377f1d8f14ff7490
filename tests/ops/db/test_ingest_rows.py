"""Contexts are stored once; ingests add up; batches are numbered."""

from threading import Thread

import pytest
from sqlalchemy import func, select

from ops.db import contexts, ingests
from ops.db.batches import high_batch, open_batch
from ops.db.engine import Database
from ops.db.ingests import RejectedRow
from ops.db.models.data import Context
from ops.errors import NotFound
from ops.values import EVERYWHERE, Scope
from tests.plant import NOW, plant


def test_a_combination_is_one_context_whatever_the_order_of_its_names(database: Database) -> None:
    site = plant(database).site_id
    with database.write.begin() as session:
        ids = contexts.ids_for(
            session,
            site,
            [{"tool": "A", "lot": "1"}, {}, {"lot": "1", "tool": "A"}, {"tool": "Ä"}],
            NOW,
        )
        assert ids[0] == ids[2]
        assert len(set(ids)) == 3
        assert contexts.factors_of(session, ids)[ids[3]] == {"tool": "Ä"}
        assert session.scalar(select(func.count()).select_from(Context)) == 4


def test_contexts_are_found_by_their_levels(database: Database) -> None:
    ref = plant(database)
    with database.read() as session:
        assert contexts.matching(session, [ref.site_id], {"tool": ("A", "X")}) == [1]
        assert contexts.matching(session, [ref.site_id], {}) == [1, 2]
        assert contexts.matching(session, [ref.site_id], {"tool": ("A",), "lot": ("2",)}) == []


def test_two_writers_make_the_same_contexts(database: Database) -> None:
    site = plant(database).site_id
    combos = [{"lot": str(k)} for k in range(700)]
    found: list[list[int]] = []

    def make(order: list[dict[str, str]]) -> None:
        with database.write.begin() as session:
            found.append(sorted(contexts.ids_for(session, site, order, NOW)))

    threads = [Thread(target=make, args=(o,)) for o in (combos, combos[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert len(set(found[0])) == 700


def test_an_ingest_adds_up_and_ends(database: Database) -> None:
    ref = plant(database)
    with database.write.begin() as session:
        for _ in range(2):
            ingests.add_counts(
                session, ref.ingest_id, rows=10, accepted=6, duplicate=2, conflicting=1, rejected=1
            )
        ingests.reject(
            session, ref.ingest_id, [RejectedRow("rejected", 4, "value", "abc", "not a number")]
        )
        ingests.reject(session, ref.ingest_id, [])
        ingests.finish(session, ref.ingest_id, state="succeeded", now=NOW, warnings=["few"])
    with database.read() as session:
        ingest = ingests.find(session, EVERYWHERE, ref.ingest_id)
        assert (ingest.rows, ingest.accepted, ingest.duplicate) == (20, 12, 4)
        assert (ingest.state, ingest.warnings, ingest.error) == ("succeeded", ["few"], None)
        assert session.scalars(ingests.rejections(ref.ingest_id)).one().reason == "not a number"
        assert len(session.scalars(ingests.listed(Scope(frozenset({ref.site_id})))).all()) == 1
        assert session.scalars(ingests.listed(Scope(frozenset()))).all() == []


def test_an_ingest_of_another_site_is_not_found(database: Database) -> None:
    ref = plant(database)
    with database.read() as session, pytest.raises(NotFound, match="ingest 1 does not exist"):
        ingests.find(session, Scope(frozenset({ref.site_id + 1})), ref.ingest_id)


def test_the_high_batch_of_an_empty_database_is_0(database: Database) -> None:
    ref = plant(database)
    with database.write.begin() as session:
        assert high_batch(session) == 0
        batch = open_batch(
            session,
            site_id=ref.site_id,
            kind="revision",
            rows=1,
            person="ada",
            reason="gauge",
            now=NOW,
        )
        assert high_batch(session) == batch.id == 1
