"""The demonstration's doors: this run, this machine, once."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection, send_mail
from django.test import Client

from config.demo import links, loopback
from config.identity.models import User
from tests.identity.people import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.VAR = tmp_path
    settings.EMAIL_FILE_PATH = settings.MAILS_DIR = tmp_path / "mails"


@pytest.fixture
def vera(demo: None) -> User:
    return member()


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_printed_link_signs_in_by_its_button(client: Client, vera: User) -> None:
    path = path_of(links.make({"agency": vera})["agency"])

    page = client.get(path)
    assert page.status_code == 200
    assert not is_signed_in(client)
    client.post(path)

    assert is_signed_in(client)


def test_a_link_opens_once_and_says_so_kindly(client: Client, vera: User) -> None:
    path = path_of(links.make({"agency": vera})["agency"])
    client.post(path)

    late = Client()
    for answer in (late.get(path), late.post(path)):
        assert answer.status_code == 410
        assert "used already" in answer.content.decode()
    assert not is_signed_in(late)


def test_a_link_of_an_earlier_run_is_old(client: Client, vera: User) -> None:
    path = path_of(links.make({"agency": vera})["agency"])
    links.make({"agency": vera})

    answer = client.post(path)

    assert answer.status_code == 410
    assert "earlier run" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "..%2f..%2fpeople.json", "people.json", "%00", "é"])
def test_a_guessed_link_opens_nothing(client: Client, vera: User, token: str) -> None:
    links.make({"agency": vera})

    assert client.post(f"/demo/enter/{token}/").status_code in {404, 410}


def test_tokens_are_kept_as_digests(vera: User, tmp_path: Path) -> None:
    token = links.make({"agency": vera})["agency"].split("/")[-2]

    kept = "".join(f"{file} {file.read_text()}" for file in tmp_path.rglob("*") if file.is_file())
    assert token not in kept


def test_the_page_of_people_lets_in_whom_one_chooses(client: Client, vera: User) -> None:
    links.make({"agency": vera, "brand": person("ada@alba.example", "Ada Alba")})

    page = client.get("/demo/").content.decode()
    assert "Enter as Ada Alba" in page
    assert client.post("/demo/", {"role": "nobody"}).status_code == 404
    client.post("/demo/", {"role": "brand"})

    assert "ada@alba.example" in client.get("/account/").content.decode()


def test_nobody_shut_out_is_let_in(client: Client, vera: User) -> None:
    path = path_of(links.make({"agency": vera})["agency"])
    vera.is_active = False
    vera.save(update_fields=["is_active"])

    assert client.post(path).status_code == 410
    assert "Vera" not in client.get("/demo/").content.decode()


@pytest.mark.parametrize("path", ["/demo/", "/demo/mails/", "/demo/enter/x/"])
def test_without_the_demonstration_there_is_no_such_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/demo/", "/demo/mails/", "/demo/enter/x/"])
def test_from_another_machine_there_is_no_such_page(client: Client, vera: User, path: str) -> None:
    assert client.get(path, REMOTE_ADDR="192.168.1.7").status_code == 404


def test_kept_mails_are_shown_newest_first(client: Client, vera: User) -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    for subject in ("Prima però", "Seconda"):
        send_mail(
            subject,
            "Parole: è così.\n" + "-" * 79 + "\nfine",
            None,
            [vera.email],
            connection=backend,
        )

    page = client.get("/demo/mails/").content.decode()

    assert page.index("Seconda") < page.index("Prima però")
    assert page.count("è così") == 2
    assert vera.email in page


def test_an_empty_post_box_says_so(client: Client, vera: User) -> None:
    assert "No mail yet" in client.get("/demo/mails/").content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BIND", "0.0.0.0"),
        ("BIND", ""),
        ("BIND", "::"),
        ("SITE_URL", "https://patto.example"),
        ("SITE_URL", "http://127.0.0.1.patto.example"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "patto.example"]),
        ("ALLOWED_HOSTS", ["*"]),
    ],
)
@pytest.mark.parametrize(
    "danger", [{"DEMO": True}, {"FETCH_ALLOW": frozenset({("127.0.0.1", 8500)})}]
)
def test_what_is_for_this_machine_does_not_start_beyond_it(
    settings: Any, name: str, value: Any, danger: dict[str, Any]
) -> None:
    on_loopback(settings)
    for setting, chosen in danger.items():
        setattr(settings, setting, chosen)
    assert loopback.dangers() == []

    setattr(settings, name, value)

    assert "patto.E001" in [error.id for error in run_checks()]
    with pytest.raises(ImproperlyConfigured):
        loopback.insist()


def on_loopback(settings: Any) -> None:
    settings.BIND, settings.SITE_URL = "127.0.0.1", "http://localhost:8400"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def test_a_site_without_either_may_be_reached(settings: Any) -> None:
    on_loopback(settings)
    settings.BIND = "0.0.0.0"

    assert loopback.dangers() == []


@pytest.mark.parametrize(
    "command",
    [["manage.py", "check"], ["-c", "import config.wsgi"]],
)
def test_the_start_itself_fails(command: list[str]) -> None:
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={"PATTO_DEMO": "1", "PATTO_BIND": "0.0.0.0", "PATTO_SECRET_KEY": "of a test"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode != 0
    assert re.search(r"PATTO_DEMO=1 lets anyone in", found.stderr)
