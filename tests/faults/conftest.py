"""Real workers on a throw-away database. Which brokers this machine has stands in the header."""

import pytest

from tests.faults import brokers


def pytest_report_header() -> list[str]:
    found = [(broker, broker.missing()) for broker in brokers.KNOWN]
    return [f"broker {broker}: {why or 'played with'}" for broker, why in found]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A server the machine does not have is no skipped test: there is no such case on it."""
    if "broker" in metafunc.fixturenames:
        here = [broker for broker in brokers.KNOWN if not broker.missing()]
        metafunc.parametrize("broker", here, ids=str)
