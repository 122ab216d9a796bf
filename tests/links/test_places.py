"""Country and network number of an address, from files the operator may or may not have."""

import logging
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from campaigns.links import places
from campaigns.links.actions import make_link
from campaigns.links.models import Click
from tests.links import mmdb
from tests.links.posts import publication

COUNTRIES = {
    "93.184.216.0/24": {"country": {"iso_code": "IT"}},
    "2a00:1450::/32": {"country": {"iso_code": "FR"}},
}
NETWORKS = {"93.184.216.0/24": {"autonomous_system_number": 64_500}}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Files are opened once a process: here once a test."""
    yield
    places._countries.cache_clear()
    places._numbers.cache_clear()


def named(settings: Any, country: Path | None = None, asn: Path | None = None) -> None:
    settings.GEO_COUNTRY, settings.GEO_ASN = country, asn


def test_both_files_answer_for_both_kinds_of_address(settings: Any, tmp_path: Path) -> None:
    named(
        settings,
        mmdb.write(tmp_path / "country.mmdb", COUNTRIES),
        mmdb.write(tmp_path / "asn.mmdb", NETWORKS),
    )

    known, other = ip_address("93.184.216.34"), ip_address("198.51.100.1")
    six = ip_address("2a00:1450:4002:803::200e")

    assert [places.country_of(each) for each in (known, other, six)] == ["IT", "", "FR"]
    assert [places.network_number_of(each) for each in (known, other, six)] == [64_500, None, None]


@pytest.mark.parametrize(
    ("entry", "country"),
    [
        ({"country": {"iso_code": "IT"}}, "IT"),
        ({"country": "IT"}, "IT"),
        ({"country_code": "IT", "country": "Italy"}, "IT"),
        ({"country": {"names": {"en": "Italy"}}}, ""),
        ({"country": "it"}, ""),
        ({"registered_country": {"iso_code": "IT"}}, ""),
    ],
)
def test_a_country_is_read_as_the_makers_of_such_files_write_it(
    settings: Any, tmp_path: Path, entry: dict[str, Any], country: str
) -> None:
    known = {"198.51.100.0/24": {"country": {"iso_code": "DE"}}, "93.184.216.0/24": entry}
    named(settings, country=mmdb.write(tmp_path / "c.mmdb", known))

    assert places.country_of(ip_address("93.184.216.34")) == country


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        ({"autonomous_system_number": 64_500}, 64_500),
        ({"asn": "AS64500"}, 64_500),
        ({"asn": "64500"}, 64_500),
        ({"asn": "none"}, None),
    ],
)
def test_a_network_number_is_read_as_the_makers_of_such_files_write_it(
    settings: Any, tmp_path: Path, entry: dict[str, Any], number: int | None
) -> None:
    known = {"198.51.100.0/24": {"asn": "AS64501"}, "93.184.216.0/24": entry}
    named(settings, asn=mmdb.write(tmp_path / "a.mmdb", known))

    assert places.network_number_of(ip_address("93.184.216.34")) == number


def test_an_address_of_the_other_kind_is_not_known(settings: Any, tmp_path: Path) -> None:
    four = {"93.184.216.0/24": {"country": {"iso_code": "IT"}}}
    named(settings, country=mmdb.write(tmp_path / "four.mmdb", four, version=4))

    assert places.country_of(ip_address("93.184.216.34")) == "IT"
    assert places.country_of(ip_address("2a00:1450::1")) == ""


def test_without_files_nothing_is_known_and_nothing_is_said(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    named(settings)

    places.look_over()

    assert places.country_of(ip_address("93.184.216.34")) == ""
    assert places.network_number_of(ip_address("93.184.216.34")) is None
    assert caplog.records == []


def missing(folder: Path) -> Path:
    return folder / "not-there.mmdb"


def a_folder(folder: Path) -> Path:
    return folder


def text(folder: Path) -> Path:
    path = folder / "text.mmdb"
    path.write_text("network,country\n" * 1000)
    return path


def empty(folder: Path) -> Path:
    path = folder / "empty.mmdb"
    path.touch()
    return path


def cut_short(folder: Path) -> Path:
    whole = mmdb.write(folder / "whole.mmdb", COUNTRIES).read_bytes()
    path = folder / "cut.mmdb"
    path.write_bytes(whole[: len(whole) // 2])
    return path


def of_networks(folder: Path) -> Path:
    return mmdb.write(folder / "asn.mmdb", NETWORKS)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [missing, a_folder, text, empty, cut_short, of_networks])
def test_a_file_that_is_no_use_is_named_once_and_no_reader_notices(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, client: Client, wrong: Any
) -> None:
    named(settings, country=wrong(tmp_path))
    link = make_link(publication_id=publication().pk, target_url="https://alba.example/", by=None)

    with caplog.at_level(logging.WARNING):
        places.look_over()
        answers = [client.get(f"/l/{link.code}", REMOTE_ADDR="93.184.216.34") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert {click.country for click in Click.objects.all()} == {""}
    (line,) = [record.getMessage() for record in caplog.records if "GEO" in record.getMessage()]
    assert "PATTO_GEO_COUNTRY" in line
    assert str(wrong(tmp_path)) in line


@pytest.mark.django_db
def test_a_click_keeps_country_and_network_and_forgets_the_address(
    settings: Any, tmp_path: Path, client: Client
) -> None:
    named(
        settings,
        mmdb.write(tmp_path / "country.mmdb", COUNTRIES),
        mmdb.write(tmp_path / "asn.mmdb", NETWORKS),
    )
    link = make_link(publication_id=publication().pk, target_url="https://alba.example/", by=None)

    client.get(
        f"/l/{link.code}",
        headers={"Accept-Language": "it-IT,it;q=0.9,en;q=0.8"},
        REMOTE_ADDR="93.184.216.34",
    )

    click = Click.objects.get()
    assert (click.country, click.asn, click.language) == ("IT", 64_500, "it-it")
    assert "93.184.216.34" not in str(Click.objects.values().get())
