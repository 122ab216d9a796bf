"""Clicks can't enter pay: what pays knows nothing of links, whatever is imported along the way."""

import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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
