from typing import Any

import pytest
from django.test import RequestFactory

from config.identity.visitors import address_of, network_of


def seen(settings: Any, proxies: int, forwarded: str, remote: str = "9.9.9.9") -> str:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    return str(address_of(request))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),  # nobody of ours forwards: what the visitor says is not believed
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "0.0.0.0"),
        (1, "", "0.0.0.0"),
        (1, "not an address", "0.0.0.0"),
        (1, "::ffff:1.1.1.1", "1.1.1.1"),
        (1, "2a00:1450::1", "2a00:1450::1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    assert seen(settings, proxies, forwarded) == address


def test_a_network_is_too_wide_to_name_a_household(settings: Any) -> None:
    settings.PROXIES = 0
    v4 = RequestFactory().get("/", REMOTE_ADDR="93.184.216.34")
    v6 = RequestFactory().get("/", REMOTE_ADDR="2a00:1450:4002:803::200e")

    assert network_of(address_of(v4)) == "93.184.216.0/24"
    assert network_of(address_of(v6)) == "2a00:1450:4002::/48"
