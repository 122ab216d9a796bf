"""A wrong variable stops the start with one sentence that names it."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "PATTO_TRIED"
Say = Callable[[str], None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


def test_what_is_not_set_has_its_default(say: Say) -> None:
    assert environment.text(NAME, "here") == "here"
    assert environment.flag(NAME, default=True) is True
    assert environment.number(NAME, 7) == 7
    assert environment.words(NAME, "a, b") == ["a", "b"]
    assert environment.host_ports(NAME) == frozenset()


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("", False)]
)
def test_flags_are_yes_or_no(say: Say, value: str, read: bool) -> None:
    say(value)
    assert environment.flag(NAME) is read


@pytest.mark.parametrize("value", ["2", "maybe", " ", "ja"])
def test_a_flag_that_is_neither_stops_the_start(say: Say, value: str) -> None:
    say(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.flag(NAME)


@pytest.mark.parametrize("value", ["", "-1", "1.5", "0x10", "ten", "70000", "٣", "9" * 5000, " 8"])
def test_a_number_out_of_shape_or_range_stops_the_start(say: Say, value: str) -> None:
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a whole number"):
        environment.number(NAME, 1, least=1, most=65535)


def test_a_number_within_its_bounds_is_read(say: Say) -> None:
    say("8400")
    assert environment.number(NAME, 1, least=1, most=65535) == 8400


def test_lists_drop_their_blanks(say: Say) -> None:
    say(" a.example, ,b.example,")
    assert environment.words(NAME) == ["a.example", "b.example"]


def test_hosts_come_with_their_ports(say: Say) -> None:
    say("127.0.0.1:8001, [::1]:8002,Site.Example:80")
    assert environment.host_ports(NAME) == {
        ("127.0.0.1", 8001),
        ("::1", 8002),
        ("site.example", 80),
    }


@pytest.mark.parametrize(
    "value",
    ["127.0.0.1", ":80", "host:", "host:0", "host:65536", "host:http", "host:٣", "h:" + "9" * 5000],
)
def test_a_host_without_a_good_port_stops_the_start(say: Say, value: str) -> None:
    say(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.host_ports(NAME)


def test_a_database_is_read_from_its_address() -> None:
    read = environment.database(
        "postgresql://us%40er:p%2Fw@db.example:5433/pat%20to?sslmode=require"
    )
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "pat to",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "url", ["postgresql:///patto?host=/run/pg", "postgres://%2Frun%2Fpg/patto"]
)
def test_a_socket_has_its_folder_in_place_of_the_host(url: str) -> None:
    read = environment.database(url)
    assert (read["HOST"], read["NAME"], read["PORT"]) == ("/run/pg", "patto", "")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "patto",
        "mysql://root@localhost/patto",
        "postgresql://localhost",
        "postgresql://localhost/",
        "postgresql://localhost:port/patto",
        "postgresql://localhost:99999/patto",
        "postgresql://[::1/patto",
    ],
)
def test_an_address_that_is_no_database_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(url)


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path, say: Say) -> None:
    file = tmp_path / "var" / "secret.key"
    key = environment.secret(NAME, file)
    assert len(key) >= 50
    assert environment.secret(NAME, file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["secret.key"]


def test_a_key_that_is_set_is_used_and_none_is_made(tmp_path: Path, say: Say) -> None:
    say("mine")
    assert environment.secret(NAME, tmp_path / "secret.key") == "mine"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_many_starters_agree_on_one_key(tmp_path: Path, say: Say) -> None:
    for attempt in range(20):
        file, barrier = tmp_path / str(attempt) / "secret.key", Barrier(8)

        def start(_: int, file: Path = file, barrier: Barrier = barrier) -> str:
            barrier.wait()
            return environment.secret(NAME, file)

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(start, range(8)))) == 1
        assert [each.name for each in file.parent.iterdir()] == ["secret.key"]
