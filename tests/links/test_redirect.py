from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from campaigns.links.actions import make_link
from campaigns.links.models import Click, TrackedLink
from tests.links.posts import publication

pytestmark = pytest.mark.django_db
TARGET = "https://alba.example/farro?da=blog#ricette"


@pytest.fixture
def link() -> TrackedLink:
    return make_link(publication_id=publication().pk, target_url=TARGET, by=None)


def test_a_click_is_led_on_and_counted(client: Client, link: TrackedLink) -> None:
    answer = client.get(
        f"/l/{link.code}",
        headers={"Referer": "https://pane.example/posts/1", "User-Agent": "Firefox"},
        REMOTE_ADDR="93.184.216.34",
    )

    assert (answer.status_code, answer["Location"]) == (302, TARGET)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    click = Click.objects.get()
    assert (click.link, click.network, click.user_agent, click.referer_host) == (
        link,
        "93.184.216.0/24",
        "Firefox",
        "pane.example",
    )
    assert "93.184.216.34" not in str(Click.objects.values().get())


def test_a_click_costs_one_look_up_and_one_row(
    client: Client, link: TrackedLink, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        client.get(f"/l/{link.code}")


def test_a_look_up_uses_the_index(link: TrackedLink) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM links_trackedlink WHERE code = %s", [link.code])
        plan = str(cursor.fetchall())

    assert "Index" in plan


@pytest.mark.parametrize(
    "headers",
    [
        {"Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
    ],
)
def test_a_look_ahead_is_led_on_and_not_counted(
    client: Client, link: TrackedLink, headers: dict[str, str]
) -> None:
    assert client.get(f"/l/{link.code}", headers=headers)["Location"] == TARGET
    assert not Click.objects.exists()


def test_a_head_is_led_on_and_not_counted(client: Client, link: TrackedLink) -> None:
    answer = client.head(f"/l/{link.code}")

    assert (answer.status_code, answer["Location"]) == (302, TARGET)
    assert not Click.objects.exists()


def test_only_looking_is_answered(client: Client, link: TrackedLink) -> None:
    assert client.post(f"/l/{link.code}").status_code == 405
    assert not Click.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/l/abcdefghjkmn",
        "/l/",
        "/l/x",
        "/l/%00bcdefghjkmn",
        "/l/ABCDEFGHJKMN",
        "/l/" + "a" * 5000,
        "/l/https://elsewhere.example",
        "/l/abcdefghjkmn?url=https://elsewhere.example",
    ],
)
def test_an_unknown_code_leads_nowhere(client: Client, link: TrackedLink, path: str) -> None:
    assert client.get(path).status_code == 404
    assert not Click.objects.exists()


def test_nothing_the_reader_sends_changes_where_it_leads(client: Client, link: TrackedLink) -> None:
    answer = client.get(
        f"/l/{link.code}?next=https://elsewhere.example&url=//elsewhere.example",
        headers={"Referer": "https://elsewhere.example", "X-Forwarded-Host": "elsewhere.example"},
    )

    assert answer["Location"] == TARGET


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_USER_AGENT": "x" * 5000, "HTTP_REFERER": "https://" + "y" * 5000},
        {"HTTP_USER_AGENT": "\x00\x07é🙂\u202e", "HTTP_REFERER": "\x00"},
        {"HTTP_USER_AGENT": "\udcff", "HTTP_REFERER": "http://[::1"},
        {"REMOTE_ADDR": "", "HTTP_USER_AGENT": ""},
        {"REMOTE_ADDR": "2a00:1450:4002:803::200e"},
        {"REMOTE_ADDR": "not an address"},
    ],
)
def test_odd_visitors_are_led_on_too(
    client: Client, link: TrackedLink, sent: dict[str, str]
) -> None:
    assert client.get(f"/l/{link.code}", **sent).status_code == 302  # type: ignore[arg-type]
    assert Click.objects.count() == 1


def test_a_click_is_written_once_and_for_all(client: Client, link: TrackedLink) -> None:
    client.get(f"/l/{link.code}")

    for change in (
        "UPDATE links_click SET at = now()",
        "DELETE FROM links_click",
        "TRUNCATE links_click",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Click.objects.count() == 1
