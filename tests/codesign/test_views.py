from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from campaigns.codesign import actions, queries
from campaigns.codesign.models import Comment, Position
from tests.briefs.scene import check_all
from tests.codesign.scene import MECHANIC, Table, known, letter, opened, table

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BETTER = MECHANIC.replace("una ricetta propria", "due ricette libere")
LETTER = {
    "why_you": "Il tuo pane di marzo è l'unico che ho rifatto.",
    "who_knows_you": "Ci presenta Hana.",
    "what_is_asked": "Due racconti.",
    "what_is_paid": "1.000,00 €.",
    "how_to_say_no": "Premi no.",
}
HANA = {
    "influencer": "",
    "name": "Hana Kovač",
    "email": "hana@lievito.example",
    "channel_name": "Il lievito",
    "channel_url": "https://lievito.example/",
    "platform": "blog",
    "language": "it",
}


@pytest.fixture
def made() -> Table:
    return table(3)


@pytest.fixture(autouse=True)
def reads_english(client: Client) -> None:
    client.cookies["language"] = "en"


def url(made: Table, name: str, **more: object) -> str:
    return reverse(f"codesign:{name}", kwargs={"campaign": made.campaign.public_id, **more})


def answer(**more: object) -> dict[str, object]:
    return {"mechanic": "1", "position": "consent", "reason": ""} | more


PAGES = [
    ("people", {}),
    ("mechanic", {}),
    ("version", {"number": 1}),
    ("propose", {}),
    ("check", {"number": 1}),
]


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_a_stranger_finds_nothing_and_every_party_reads(
    client: Client, made: Table, name: str, more: dict[str, Any]
) -> None:
    client.force_login(made.stranger)
    assert client.get(url(made, name, **more)).status_code == 404
    for party in (made.agency, made.brand, made.creators[0]):
        client.force_login(party)
        assert client.get(url(made, name, **more)).status_code == 200


@pytest.mark.parametrize("name", ["position", "clear", "answer", "leave"])
def test_what_is_a_creators_to_do_is_not_there_for_others(
    client: Client, made: Table, name: str
) -> None:
    client.force_login(made.agency)
    assert client.post(url(made, name), answer()).status_code == 404


@pytest.mark.parametrize("name", ["invite", "extend"])
def test_what_is_the_agencys_to_do_is_not_there_for_others(
    client: Client, made: Table, name: str
) -> None:
    for other in (made.brand, made.creators[0], made.stranger):
        client.force_login(other)
        assert client.post(url(made, name)).status_code == 404


def test_a_get_changes_nothing(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    for name in ("position", "clear", "comment", "answer"):
        assert client.get(url(made, name)).status_code == 405


def test_a_creator_answers_without_a_script_and_twice_is_once(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    page = client.get(url(made, "mechanic")).content.decode()
    assert "Is v1 fine by you?" in page
    assert "checked" not in page.split('class="answers"')[1].split("</fieldset>")[0]
    for _ in range(2):
        sent = client.post(url(made, "position"), answer())
        assert (sent.status_code, sent.headers["Location"]) == (302, url(made, "mechanic"))
    assert Position.objects.get().stance == "consent"
    assert "Where you stand" in client.get(url(made, "mechanic")).content.decode()


def test_htmx_gets_the_screen_without_the_page_around_it(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    sent = client.post(url(made, "position"), answer(), headers=HTMX, follow=True)
    words = sent.content.decode()
    assert words.startswith('<div class="stack gap-7" id="mechanic">')
    assert "<html" not in words
    assert sent.headers["Vary"].startswith("HX-Request")
    restored = client.get(
        url(made, "mechanic"), headers=HTMX | {"HX-History-Restore-Request": "true"}
    )
    assert "<html" in restored.content.decode()


def test_an_objection_without_a_reason_is_asked_for_one(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    page = client.post(url(made, "position"), answer(position="objection"))
    assert page.status_code == 422
    words = page.content.decode()
    assert "Say why you object" in words
    assert 'value="objection" checked' in words


def test_no_answer_chosen_is_said_and_the_reason_stays(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    page = client.post(url(made, "position"), {"mechanic": "1", "reason": "Ci <penso>"})
    assert page.status_code == 422
    assert "Choose one of the four answers." in page.content.decode()
    assert "Ci &lt;penso&gt;" in page.content.decode()


def test_an_answer_to_an_older_version_shows_the_newer_and_keeps_the_reason(
    client: Client, made: Table
) -> None:
    made.propose(BETTER, note="Due ricette")
    client.force_login(made.creators[0])
    page = client.post(url(made, "position"), answer(position="concern", reason="Chi paga?"))
    words = page.content.decode()
    assert page.status_code == 409
    assert "A newer version is on the table" in words
    assert "due ricette libere" in words.replace("<ins>", "").replace("</ins>", "")
    assert "Chi paga?" in words
    assert 'name="mechanic" value="2"' in words
    assert not Position.objects.exists()


def test_what_changed_is_shown_since_the_version_one_last_answered(
    client: Client, made: Table
) -> None:
    made.say(0, "consent")
    made.propose(BETTER)
    made.propose(BETTER + " E basta.")
    client.force_login(made.creators[0])
    assert "since v1" in client.get(url(made, "mechanic")).content.decode()
    client.force_login(made.creators[1])
    assert "since v2" in client.get(url(made, "mechanic")).content.decode()


def test_an_objection_stands_above_the_text_with_its_path(client: Client, made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    client.force_login(made.agency)
    page = client.get(url(made, "mechanic")).content.decode()
    assert page.index("Sei mesi sono pochi.") < page.index('id="text"')
    assert f"?answers={objection.pk}" in page
    assert "My objection is answered" not in page
    made.propose(BETTER, answers_id=objection.pk, note="Dodici mesi")
    client.force_login(made.creators[0])
    assert "My objection is answered" not in client.get(url(made, "mechanic")).content.decode()
    client.force_login(made.creators[1])
    assert "My objection is answered" in client.get(url(made, "mechanic")).content.decode()


def test_its_author_closes_an_objection_and_nobody_else(client: Client, made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    client.force_login(made.creators[0])
    refused = client.post(url(made, "clear"), {"objection": objection.pk})
    assert refused.status_code == 403
    client.force_login(made.creators[1])
    for _ in range(2):
        assert client.post(url(made, "clear"), {"objection": objection.pk}).status_code == 302
    assert not queries.open_objections(made.campaign).exists()
    assert "Is v1 fine by you?" in client.get(url(made, "mechanic")).content.decode()
    for wrong in ("", "x", "-1", "99999999999999999999"):
        assert client.post(url(made, "clear"), {"objection": wrong}).status_code == 404


def test_a_change_is_proposed_from_the_text_itself(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    form = client.get(url(made, "propose")).content.decode()
    assert "una ricetta propria" in form
    assert 'name="replaces" value="1"' in form
    given: dict[str, Any] = {
        "text": BETTER,
        "note": "Due ricette",
        "replaces": "1",
        "answers": "",
        "deadline": "",
    }
    for _ in range(2):
        assert client.post(url(made, "propose"), given).status_code == 302
    assert [each.number for each in queries.versions(made.campaign)] == [2, 1]


def test_a_stale_proposal_keeps_the_text_and_shows_the_newer_one(
    client: Client, made: Table
) -> None:
    made.propose(BETTER)
    client.force_login(made.creators[0])
    given: dict[str, Any] = {"text": MECHANIC + "\nMai di notte.", "replaces": "1"}
    page = client.post(url(made, "propose"), given)
    words = page.content.decode()
    assert page.status_code == 409
    assert "Mai di notte." in words
    assert "just proposed by" in words
    assert 'name="replaces" value="2"' in words
    assert client.post(url(made, "propose"), given | {"replaces": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 20_001),
        ("note", "x" * 501),
        ("answers", "999"),
        ("deadline", "domani"),
        ("deadline", "2001-01-01T10:00"),
        ("replaces", "x"),
        ("text", "a\x00b"),
    ],
)
def test_a_proposal_that_cant_be_is_refused_with_what_was_typed(
    client: Client, made: Table, field: str, value: Any
) -> None:
    client.force_login(made.creators[0])
    given: dict[str, Any] = {"text": BETTER, "note": "La mia nota", "replaces": "1"} | {
        field: value
    }
    page = client.post(url(made, "propose"), given)
    assert page.status_code == 422
    assert given["note"][:50] in page.content.decode()
    assert made.campaign.mechanics.count() == 1


def test_a_word_in_the_discussion_is_said_once_and_escaped(client: Client, made: Table) -> None:
    client.force_login(made.brand)
    for _ in range(2):
        client.post(url(made, "comment"), {"mechanic": "1", "text": "E <script>il libro</script>?"})
    assert Comment.objects.count() == 1
    assert "&lt;script&gt;" in client.get(url(made, "mechanic")).content.decode()
    empty = client.post(url(made, "comment"), {"mechanic": "1", "text": ""})
    assert empty.status_code == 422


def test_the_agency_moves_the_deadline(client: Client, made: Table) -> None:
    client.force_login(made.agency)
    for wrong in ("", "x", "2001-01-01T10:00", "2999-01-01T10:00"):
        assert client.post(url(made, "extend"), {"deadline": wrong}).status_code == 422
    newest = queries.newest_mechanic(made.campaign)
    assert newest is not None
    later = newest.round.deadline.strftime("%Y-%m-%dT23:59")
    assert client.post(url(made, "extend"), {"deadline": later}).status_code == 302


def test_somebody_new_is_invited_by_a_letter_once(client: Client) -> None:
    made = opened()
    client.force_login(made.agency)
    assert "The letter" in client.get(url(made, "people")).content.decode()
    for _ in range(2):
        assert client.post(url(made, "invite"), HANA | LETTER).status_code == 302
    participant = made.campaign.participants.get()
    assert participant.invitation.why_you == LETTER["why_you"]
    assert "Hana Kovač" in client.get(url(made, "people")).content.decode()


def test_somebody_on_the_roster_is_invited_and_then_no_longer_offered(client: Client) -> None:
    made = opened()
    ada = known(made, 0)
    client.force_login(made.agency)
    assert ada.public_id in client.get(url(made, "people")).content.decode()
    sent = client.post(url(made, "invite"), {"influencer": ada.public_id} | LETTER)
    assert sent.status_code == 302
    assert f'value="{ada.public_id}"' not in client.get(url(made, "people")).content.decode()


@pytest.mark.parametrize("field", [*LETTER, "name", "email", "channel_name", "channel_url"])
def test_half_an_invitation_keeps_what_was_typed(client: Client, field: str) -> None:
    made = opened()
    client.force_login(made.agency)
    page = client.post(url(made, "invite"), HANA | LETTER | {field: ""})
    assert page.status_code == 422
    assert "Due racconti." in page.content.decode() or field == "what_is_asked"
    assert not made.campaign.participants.exists()


def test_the_same_letter_to_an_eleventh_is_refused_beside_the_letter(client: Client) -> None:
    made = opened()
    client.force_login(made.agency)
    for n in range(11):
        new = HANA | {"name": f"Persona{n}", "email": f"p{n}@tanti.example"}
        new |= {"channel_url": f"https://p{n}.example/"}
        page = client.post(url(made, "invite"), new | LETTER)
    assert page.status_code == 409
    assert "Ten people have had these same words already" in page.content.decode()
    assert made.campaign.participants.count() == 10


def test_the_invited_read_letter_brief_and_money_before_they_answer(
    client: Client, made: Table
) -> None:
    ada = known(made, 3)
    actions.invite(
        campaign_id=made.campaign.pk, by=made.agency, influencer=ada, letter=letter("Davide")
    )
    client.force_login(ada.user)
    page = client.get(url(made, "invitation")).content.decode()
    for words in ("Davide, il tuo pane", "Dieci blog", "€15,000.00", "una ricetta propria"):
        assert words in page
    sent = client.post(url(made, "answer"), {"answer": "yes"})
    assert sent.headers["Location"] == url(made, "mechanic")
    assert made.campaign.participants.get(influencer=ada).status == "joined"


def test_a_no_is_asked_once_more_for_it_is_final(client: Client, made: Table) -> None:
    ada = known(made, 3)
    actions.invite(
        campaign_id=made.campaign.pk, by=made.agency, influencer=ada, letter=letter("Davide")
    )
    client.force_login(ada.user)
    asked = client.post(url(made, "answer"), {"answer": "no"})
    assert asked.status_code == 200
    assert made.campaign.participants.get(influencer=ada).status == "invited"
    sent = client.post(url(made, "answer"), {"answer": "no", "sure": "1"})
    assert sent.headers["Location"] == reverse("lifecycle:home")
    assert "Your no is recorded" in str(next(iter(get_messages(sent.wsgi_request))))
    assert client.get(url(made, "invitation")).status_code == 404


def test_leaving_is_asked_once_more(client: Client, made: Table) -> None:
    client.force_login(made.creators[0])
    assert "Leave “In cucina insieme”?" in client.get(url(made, "leave")).content.decode()
    assert client.post(url(made, "leave")).headers["Location"] == url(made, "people")
    assert made.seat(0).status == "left"
    assert client.get(url(made, "leave")).status_code == 404


def test_creators_see_who_joined_and_not_who_said_no(client: Client, made: Table) -> None:
    ada = known(made, 3)
    given: dict[str, Any] = {"campaign_id": made.campaign.pk}
    actions.invite(**given, by=made.agency, influencer=ada, letter=letter("Davide"))
    actions.answer_invitation(**given, by=ada.user, joins=False)
    client.force_login(made.creators[0])
    assert "Davide Lorusso" not in client.get(url(made, "people")).content.decode()
    client.force_login(made.brand)
    assert "Davide Lorusso" in client.get(url(made, "people")).content.decode()


def test_a_rejected_version_says_why_and_takes_an_appeal_of_a_creator(
    client: Client, made: Table
) -> None:
    made.propose("Ogni clic vale da 1 centesimo a 5 dollari. Più azioni svolgi, più guadagni.")
    check_all()
    client.force_login(made.creators[0])
    assert "can&#x27;t go on" in client.get(url(made, "mechanic")).content.decode()
    page = client.get(url(made, "check", number=2)).content.decode()
    assert "<mark>" in page
    sent = client.post(url(made, "appeal", number=2), {"reason": "È solo una citazione."})
    assert sent.headers["Location"] == url(made, "check", number=2)


def test_the_screen_takes_a_constant_number_of_queries(
    client: Client, made: Table, django_assert_max_num_queries: Any
) -> None:
    for nth in range(3):
        made.say(nth, "concern", f"Dubbio {nth}")
    client.force_login(made.agency)
    client.get(url(made, "mechanic"))
    with django_assert_max_num_queries(24):
        client.get(url(made, "mechanic"))
