"""Real workers on a throw-away database. Which brokers this machine has stands in the header."""

import pytest

from tests.faults.brokers import at_hand


def pytest_report_header(config: pytest.Config) -> list[str]:
    found = at_hand(config.getoption("markexpr"))
    return [f"broker {broker}: {why or 'played with'}" for broker, why in found.items()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A server the machine does not have is no skipped test: there is no such case on it."""
    if "broker" in metafunc.fixturenames:
        found = at_hand(metafunc.config.getoption("markexpr"))
        here = [broker for broker, why in found.items() if not why]
        metafunc.parametrize("broker", here, ids=str)
