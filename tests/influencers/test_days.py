"""A channel's days: shown by whom they belong to, kept once, explained in their owner's words."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from config.identity.models import User
from config.kernel.errors import DomainError
from config.kernel.models import Event
from influencers.actions import add_influencer, explain_day, show_days
from influencers.course import MOST_POINTS, course_of
from influencers.figures import Day
from influencers.models import Channel, ChannelDay
from influencers.queries import days_of
from tests.identity.people import person
from tests.influencers.courses import grown, lifted
from tests.influencers.people import agency, blog, influencer

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 2)
BOUGHT = [Day(MARCH, 4_100), Day(MARCH + timedelta(days=2), 6_600)]
PASTED = "day,followers\n2026-03-02,4100\n2026-03-04,6600"


@pytest.fixture
def vera() -> User:
    return agency()[0]


@pytest.fixture
def channel(vera: User) -> Channel:
    hana = add_influencer(
        email="hana@pane.example", name="Hana Kovač", language="it", channels=[blog()], by=vera
    )
    return hana.channels.get()


@pytest.fixture
def hana(channel: Channel) -> User:
    user = channel.influencer.user
    user.last_login, user.language = timezone.now(), "en"
    user.save(update_fields=["last_login", "language"])
    return user


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def news() -> list[str]:
    events = Event.objects.filter(stream__startswith="influencer/").order_by("pk")
    return [kind for kind in events.values_list("kind", flat=True) if "day" in kind]


def page(answer: Any) -> str:
    words: str = answer.content.decode()
    return words


def test_days_are_kept_and_read_back_in_order(channel: Channel, hana: User) -> None:
    full = replace(
        BOUGHT[1], posts=1, likes=40, comments=3, views=900, active_bps=100, event="Fiera"
    )

    assert show_days(channel_id=channel.pk, days=[full, BOUGHT[0]], by=hana) == 2
    assert days_of(channel) == [BOUGHT[0], full]


def test_the_same_days_again_change_nothing(channel: Channel, hana: User) -> None:
    for expected in (2, 0):
        assert show_days(channel_id=channel.pk, days=BOUGHT, by=hana) == expected

    assert news() == ["influencer.days_shown"]


def test_a_day_shown_again_is_as_last_shown_and_keeps_its_words(
    channel: Channel, hana: User
) -> None:
    show_days(channel_id=channel.pk, days=BOUGHT, by=hana)
    explain_day(channel_id=channel.pk, day=BOUGHT[1].day, words=" Fiera del pane ", by=hana)

    assert (
        show_days(channel_id=channel.pk, days=[replace(BOUGHT[1], followers=6_601)], by=hana) == 1
    )

    newest = days_of(channel)[1]
    assert (newest.followers, newest.event) == (6_601, "Fiera del pane")


def test_an_agency_shows_days_only_until_the_person_comes_in(
    vera: User, channel: Channel, hana: User
) -> None:
    with refused("not_your_profile"):
        show_days(channel_id=channel.pk, days=BOUGHT, by=vera)
    with refused("not_your_profile"):
        show_days(channel_id=channel.pk, days=BOUGHT, by=person())

    hana.last_login = None
    hana.save(update_fields=["last_login"])
    assert show_days(channel_id=channel.pk, days=BOUGHT, by=vera) == 2


def test_only_the_owner_explains_a_day_that_was_shown(
    vera: User, channel: Channel, hana: User
) -> None:
    show_days(channel_id=channel.pk, days=BOUGHT, by=None)

    with refused("not_your_profile"):
        explain_day(channel_id=channel.pk, day=MARCH, words="Una fiera", by=vera)
    with refused("not_found"):
        explain_day(channel_id=channel.pk, day=date(2020, 1, 1), words="Una fiera", by=hana)
    with refused("invalid_input"):
        explain_day(channel_id=channel.pk, day=MARCH, words="x" * 301, by=hana)
    for _ in range(2):
        explain_day(channel_id=channel.pk, day=MARCH, words="Una fiera", by=hana)

    assert news() == ["influencer.days_shown", "influencer.day_explained"]
    assert "fiera" not in str(list(Event.objects.values_list("facts", flat=True)))
    explain_day(channel_id=channel.pk, day=MARCH, words="", by=hana)
    assert days_of(channel)[0].event == ""


def test_the_database_keeps_a_day_once(channel: Channel) -> None:
    ChannelDay.objects.create(channel=channel, day=MARCH, followers=1)

    with pytest.raises(IntegrityError, match="channel_day_once"), transaction.atomic():
        ChannelDay.objects.create(channel=channel, day=MARCH, followers=2)
    with pytest.raises(IntegrityError, match="channel_day_active"), transaction.atomic():
        ChannelDay.objects.create(
            channel=channel, day=date(2026, 1, 1), followers=2, active_bps=10_001
        )


def test_a_long_course_is_thinned_and_keeps_its_jump() -> None:
    course = course_of(lifted(grown(1, days=1_000), at=500, by=9_000))

    assert course is not None
    assert len(course.points) <= MOST_POINTS + 4
    assert len(course.rows) == len(course.points)
    (span,) = course.spans
    days = [point.day for point in course.points]
    assert span.start in days
    assert span.end in days
    assert [row.mark for row in course.rows].count("1") >= 2


def test_one_day_is_no_course() -> None:
    assert course_of(BOUGHT[:1]) is None


def test_the_owner_pastes_days_sees_the_jump_and_explains_it(
    client: Client, channel: Channel, hana: User
) -> None:
    client.force_login(hana)
    here = f"/me/channels/{channel.pk}/"
    assert "No figures shown yet" in page(client.get(here))

    answer = client.post(here, {"days": PASTED})

    assert (answer.status_code, answer["Location"]) == (302, here)
    shown = page(client.get(here))
    assert shown.count('class="plot') == 2
    assert "2,500 more" in shown
    assert re.search(r"<td[^>]*>6,600</td>", shown)

    answer = client.post(f"{here}explain/", {"day": "2026-03-04", "event": "Fiera del pane"})

    assert answer["Location"] == here
    assert 'value="Fiera del pane"' in page(client.get(here))


def test_a_table_that_can_t_be_read_stays_on_the_page_with_its_line(
    client: Client, channel: Channel, hana: User
) -> None:
    client.force_login(hana)

    answer = client.post(f"/me/channels/{channel.pk}/", {"days": "2026-03-02,4100\n2.3.26,9"})

    assert answer.status_code == 422
    assert "Line 2: write the day as 2026-03-31." in page(answer)
    assert "2.3.26,9" in page(answer)
    assert not ChannelDay.objects.exists()


def test_words_too_long_stay_in_their_form(client: Client, channel: Channel, hana: User) -> None:
    show_days(channel_id=channel.pk, days=BOUGHT, by=hana)
    client.force_login(hana)

    answer = client.post(
        f"/me/channels/{channel.pk}/explain/", {"day": "2026-03-04", "event": "x" * 301}
    )

    assert answer.status_code == 422
    assert "x" * 301 in page(answer)


def test_the_agency_sees_the_same_picture_and_the_owner_s_words(
    client: Client, vera: User, channel: Channel, hana: User
) -> None:
    show_days(channel_id=channel.pk, days=BOUGHT, by=hana)
    client.force_login(vera)
    there = f"/people/{channel.influencer.public_id}/"
    assert "Nobody has said yet what happened" in page(client.get(there))

    explain_day(channel_id=channel.pk, day=BOUGHT[1].day, words="Fiera <del> pane", by=hana)

    shown = page(client.get(there))
    assert shown.count('class="plot') == 2
    assert "Fiera &lt;del&gt; pane" in shown
    assert "Nobody has said yet" not in shown


def test_somebody_else_s_channel_is_not_there(client: Client, channel: Channel) -> None:
    other = influencer(email="ida@sale.example", name="Ida")
    client.force_login(other.user)

    for url in (f"/me/channels/{channel.pk}/", f"/me/channels/{channel.pk}/explain/"):
        assert client.post(url, {"days": PASTED, "day": "2026-03-02"}).status_code == 404
    assert not ChannelDay.objects.exists()


@pytest.mark.parametrize("language", ["it", "fr"])
def test_the_page_speaks_the_reader_s_language(
    client: Client, channel: Channel, hana: User, language: str
) -> None:
    show_days(channel_id=channel.pk, days=BOUGHT, by=hana)
    hana.language = language
    hana.save(update_fields=["language"])
    client.force_login(hana)

    shown = page(client.get(f"/me/channels/{channel.pk}/"))

    assert {"it": "2.500 in più", "fr": "2\u202f500 de plus"}[language] in shown
