import pytest
from django.core.management import CommandError, call_command

from config.identity.models import Membership, Organisation, User
from config.identity.queries import agencies_of, brands_of, members_of, organisations_of
from config.kernel.models import Event
from tests.identity.people import member

pytestmark = pytest.mark.django_db
VERA = ("vera@conversa.example", "--name", "Vera Monti")
CONVERSA = ("--organisation", "Conversa", "--kind", "agency")


def test_the_first_people_come_in() -> None:
    call_command("add_member", *VERA, *CONVERSA, "--role", "owner")
    call_command("add_member", "ugo@conversa.example", "--name", "Ugo", *CONVERSA)

    conversa = Organisation.objects.get()
    assert [user.email for user in members_of(conversa)] == [
        "vera@conversa.example",
        "ugo@conversa.example",
    ]
    assert list(Membership.objects.values_list("role", flat=True)) == ["owner", "manager"]


def test_adding_twice_is_adding_once() -> None:
    for _ in range(2):
        call_command("add_member", *VERA, *CONVERSA, "--reviewer")

    assert (User.objects.count(), Organisation.objects.count()) == (1, 1)
    assert sorted(Event.objects.values_list("kind", flat=True)) == [
        "organisation.added",
        "organisation.member_added",
        "user.made_reviewer",
    ]


def test_a_reviewer_needs_no_organisation() -> None:
    call_command("add_member", *VERA, "--reviewer")

    assert User.objects.get().is_reviewer
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("vera", "--name", "Vera", *CONVERSA),
        ("vera@conversa.example", "--name", " ", *CONVERSA),
        ("vera@conversa.example", "--name", "V" * 121, *CONVERSA),
        (*VERA, "--organisation", "Conversa"),
        (*VERA, "--kind", "agency", "--reviewer"),
        (*VERA, "--organisation", "C" * 121, "--kind", "brand"),
        VERA,
    ],
)
def test_what_makes_no_sense_is_refused_and_nobody_comes_in(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("add_member", *arguments)

    assert not User.objects.exists()


def test_a_person_may_work_for_several() -> None:
    user = member()
    call_command(
        "add_member", user.email, "--name", "V", "--organisation", "Alba", "--kind", "brand"
    )

    assert [each.name for each in organisations_of(user)] == ["Conversa", "Alba"]
    assert [each.name for each in agencies_of(user)] == ["Conversa"]
    assert [each.name for each in brands_of(user)] == ["Alba"]
    assert User.objects.get().name == "Vera Monti"
