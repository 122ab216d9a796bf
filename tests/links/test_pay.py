"""Clicks can't enter pay: what pays knows nothing of links, whatever is imported along the way."""

import configparser
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import of our own code, those for type checking apart."""
    return grimp.build_graph(
        "campaigns",
        "config",
        "disclosures",
        "influencers",
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


def test_the_rooms_that_pay_are_forbidden_to_import_links() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    clicks = contracts["importlinter:contract:clicks"]

    assert clicks["type"] == "forbidden"
    assert {"campaigns.payouts", "campaigns.agreements", "campaigns.ledger"} <= set(
        clicks["source_modules"].split()
    )
    assert "campaigns.links" in clicks["forbidden_modules"].split()
    assert "allow_indirect_imports" not in clicks


@pytest.mark.parametrize("room", ["campaigns.payouts", "campaigns.agreements", "campaigns.ledger"])
def test_no_import_leads_from_pay_to_clicks(graph: grimp.ImportGraph, room: str) -> None:
    assert not graph.find_shortest_chains(
        importer=room, imported="campaigns.links", as_packages=True
    )


def test_the_search_would_find_such_an_import(graph: grimp.ImportGraph) -> None:
    assert graph.find_shortest_chains(
        importer="campaigns.links", imported="campaigns.agreements", as_packages=True
    )
