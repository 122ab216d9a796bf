from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from config.identity.models import User
from config.kernel.errors import DomainError
from config.kernel.models import Event
from influencers.actions import add_channel, add_influencer, record_evidence, save_profile
from influencers.models import AudienceEvidence, Channel, Influencer, RosterEntry
from influencers.queries import person_for, roster_of
from influencers.values import Shown
from tests.influencers.people import agency, blog, influencer

pytestmark = pytest.mark.django_db
SHOWN = Shown(
    shown_on=date(2026, 3, 1),
    regions={"Piemonte": 4800, "Liguria": 1100, "altro": 4100},
    topics=("montagna", "cammini"),
    readers_monthly=5200,
)


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def has_signed_in(user: User) -> None:
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])


def test_somebody_new_comes_in_on_the_agency_s_roster() -> None:
    vera, conversa = agency()

    hana = add_influencer(
        email="Hana@Pane.example", name="Hana Kovač", language="it", channels=[blog()], by=vera
    )

    assert (hana.user.email, hana.user.language) == ("hana@pane.example", "it")
    assert [channel.url for channel in hana.channels.all()] == ["https://pane.example/"]
    entry = RosterEntry.objects.get()
    assert (entry.organisation, entry.added_by) == (conversa, vera)
    assert not hana.user.has_usable_password()


def test_adding_twice_is_adding_once() -> None:
    vera, _ = agency()
    for _ in range(2):
        add_influencer(
            email="hana@pane.example", name="Hana", language="it", channels=[blog()], by=vera
        )

    assert (Influencer.objects.count(), Channel.objects.count()) == (1, 1)
    kinds = Event.objects.filter(stream__startswith="influencer/").values_list("kind", flat=True)
    assert sorted(kinds) == [
        "influencer.added",
        "influencer.channel_added",
        "influencer.put_on_roster",
    ]


def test_an_agency_does_not_rewrite_who_is_here_already() -> None:
    vera, _ = agency()
    ada, _ = agency("ada@altra.example", "Altra")
    hana = influencer(by=vera)
    has_signed_in(hana.user)

    again = add_influencer(
        email="hana@pane.example", name="Anna", language="fr", channels=[blog()], by=ada
    )

    again.refresh_from_db()
    assert (again.pk, again.name, again.user.language) == (hana.pk, "Hana Kovač", "it")
    assert not again.channels.exists()
    assert list(roster_of(ada)) == [hana]


def test_nobody_adds_for_an_agency_they_do_not_work_for() -> None:
    vera, _ = agency()
    _, altra = agency("ada@altra.example", "Altra")

    with refused("not_allowed"):
        add_influencer(email="hana@pane.example", name="Hana", language="it", by=vera, agency=altra)

    assert not Influencer.objects.exists()


def test_a_channel_belongs_to_one_person() -> None:
    vera, _ = agency()
    add_channel(influencer_id=influencer(by=vera).pk, channel=blog(), by=vera)
    bruno = influencer(by=vera, email="bruno@pane.example", name="Bruno Salis")

    with refused("channel_taken"):
        add_channel(influencer_id=bruno.pk, channel=blog("https://PANE.example"), by=vera)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "pane.example",
        "javascript:alert(1)",
        "ftp://pane.example/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://0x7f000001/",
        "https://user:word@pane.example/",
        "https://pane.example:22/",
        "https://pane.example/\0",
        "https://pane.example/a b",
        "https://pane.example\\@evil.example/",
        "https://pane.example/#\u202e",
        "https://pane.example/" + "a" * 500,
    ],
)
def test_a_channel_is_on_the_public_web(url: str) -> None:
    hana = influencer()

    with refused("invalid_input"):
        add_channel(influencer_id=hana.pk, channel=blog(url), by=hana.user)

    assert not Channel.objects.exists()


def test_once_signed_in_only_the_person_describes_themself() -> None:
    vera, _ = agency()
    hana = influencer(by=vera)
    channel = add_channel(influencer_id=hana.pk, channel=blog(), by=vera)
    has_signed_in(hana.user)

    with refused("not_your_profile"):
        add_channel(influencer_id=hana.pk, channel=blog("https://due.example/"), by=vera)
    with refused("not_your_profile"):
        record_evidence(channel_id=channel.pk, shown=SHOWN, by=vera)
    add_channel(influencer_id=hana.pk, channel=blog("https://due.example/"), by=hana.user)

    assert hana.channels.count() == 2


def test_an_agency_that_does_not_know_the_person_describes_nothing() -> None:
    ada, _ = agency("ada@altra.example", "Altra")

    with refused("not_your_profile"):
        add_channel(influencer_id=influencer().pk, channel=blog(), by=ada)


def test_evidence_is_shown_once() -> None:
    hana = influencer()
    channel = add_channel(influencer_id=hana.pk, channel=blog(), by=hana.user)

    for _ in range(2):
        evidence = record_evidence(channel_id=channel.pk, shown=SHOWN, by=hana.user)

    assert AudienceEvidence.objects.get() == evidence
    assert evidence.regions["Piemonte"] == 4800


@pytest.mark.parametrize(
    "shown",
    [
        Shown(date(2026, 3, 1), regions={"Piemonte": 6000, "Lazio": 4001}),
        Shown(date(2026, 3, 1), regions={"Piemonte": -1}),
        Shown(date(2026, 3, 1), regions={"": 100}),
        Shown(date(2026, 3, 1), regions={str(n): 1 for n in range(101)}),
        Shown(date(2026, 3, 1), topics=("t" * 61,)),
        Shown(date(2026, 3, 1), topics=tuple("t" * 31)),
        Shown(date(2026, 3, 1), readers_monthly=-1),
        Shown(date(2026, 3, 1), readers_monthly=10**11),
    ],
)
def test_evidence_that_can_t_be_is_refused(shown: Shown) -> None:
    hana = influencer()
    channel = add_channel(influencer_id=hana.pk, channel=blog(), by=hana.user)

    with refused("invalid_input"):
        record_evidence(channel_id=channel.pk, shown=shown, by=hana.user)

    assert not AudienceEvidence.objects.exists()


def test_what_a_person_is_or_believes_has_no_column() -> None:
    columns = {field.name for field in AudienceEvidence._meta.get_fields()}

    assert columns == {
        "id",
        "channel",
        "regions",
        "topics",
        "readers_monthly",
        "shown_on",
        "created_at",
    }


def test_only_the_person_says_what_they_refuse() -> None:
    vera, _ = agency()
    hana = influencer(by=vera)
    said = {"name": "Hana", "voice": "", "refuses": "Vino", "least_fee_minor": 45000}

    with refused("not_your_profile"):
        save_profile(influencer_id=hana.pk, by=vera, **said)  # type: ignore[arg-type]
    saved = save_profile(influencer_id=hana.pk, by=hana.user, **said)  # type: ignore[arg-type]

    assert (saved.refuses, saved.least_fee_minor) == ("Vino", 45000)


def test_an_agency_sees_only_whom_it_knows() -> None:
    vera, _ = agency()
    ada, _ = agency("ada@altra.example", "Altra")
    hana = influencer(by=vera)

    assert person_for(vera, hana.public_id) == hana
    assert list(roster_of(ada)) == []
    with refused("not_found"):
        person_for(ada, hana.public_id)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hana", True),
        ("KOVAČ pane", True),
        ("montagna", True),
        ("piemonte", True),
        ("vino", False),
        ("%", False),
        ("hana vino", False),
        ("", True),
    ],
)
def test_people_are_found_by_name_channel_topic_and_region(words: str, found: bool) -> None:
    vera, _ = agency()
    hana = influencer(by=vera)
    channel = add_channel(influencer_id=hana.pk, channel=blog(), by=vera)
    record_evidence(channel_id=channel.pk, shown=SHOWN, by=vera)

    assert list(roster_of(vera, words)) == ([hana] if found else [])
