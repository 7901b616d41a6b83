"""Annotating elsewhere: a Dask cluster of two processes gives the same rows, and a worker that is killed loses none."""

from __future__ import annotations

import os
import signal

import pytest
from test_kill import assert_same_corpus, blank_model, quietly, small_batches, stored_bytes, write_articles  # noqa: F401

import toolkit
from toolkit.store import Store

distributed = pytest.importorskip("distributed", reason="comes with the extra: pip install toolkit[cluster]")


@pytest.fixture(scope="module")
def client():
    options = {"n_workers": 2, "processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    write_articles(folder / "articles")
    model = blank_model(folder / "blank")
    return folder / "articles", model, quietly(toolkit.load, folder / "articles", store=folder / "whole", model=model)


def test_a_cluster_gives_the_same_frames(client, prepared, tmp_path):
    articles, model, expected = prepared
    found = quietly(toolkit.load, articles, store=tmp_path / "store", model=model, executor=client.get_executor())
    assert_same_corpus(found, expected)
    assert stored_bytes(tmp_path / "store", model) == stored_bytes(articles.parent / "whole", model)
    assert client.submit(sum, [1, 2]).result() == 3, "the analyst's executor stays open"


def test_a_killed_worker_loses_nothing(client, prepared, tmp_path, monkeypatch):
    articles, model, expected = prepared
    workers = list(client.run(os.getpid).values())
    add = Store.add

    def add_and_kill(store, frames, files):
        add(store, frames, files)
        if workers:
            os.kill(workers.pop(), signal.SIGKILL)
            workers.clear()

    monkeypatch.setattr(Store, "add", add_and_kill)
    found = quietly(toolkit.load, articles, store=tmp_path / "store", model=model, executor=client.get_executor())
    assert not workers
    assert_same_corpus(found, expected)


def test_processes_of_one_machine_give_the_same_store(prepared, tmp_path):
    articles, model, expected = prepared
    found = quietly(toolkit.load, articles, store=tmp_path / "store", model=model, n_process=2)
    assert_same_corpus(found, expected)
