from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.briefs.forms import signer
from campaigns.briefs.models import Campaign
from campaigns.quality.models import Appeal
from config.identity.models import Organisation
from tests.briefs.scene import CLEAR, Draft, check_all, draft, house_of, reader_of
from tests.identity.people import member
from tests.quality.crowds.contests import as_lines, piloted

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ROWS = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
LINE = {"lines-0-kind": "creators", "lines-0-label": "Dieci blog", "lines-0-amount": "10,000.00"}


@pytest.fixture
def scene() -> Draft:
    return draft()


def url(scene: Draft, name: str = "edit", **more: object) -> str:
    return reverse(f"briefs:{name}", kwargs={"campaign": scene.campaign.public_id, **more})


def typed(**more: object) -> dict[str, object]:
    return CLEAR.as_dict() | {"replaces": "0", "floor": ""} | ROWS | LINE | more


def begun(**more: object) -> dict[str, object]:
    return {
        "key": signer.sign("k3mk3mk3mk3m"),
        "title": "In cucina insieme",
        "brand": "",
        "brand_name": "Mulino",
        "contact_name": "Bruna",
        "contact_email": "bruna@mulino.example",
        "language": "it",
        "jurisdictions": ["IT"],
        "currency": "EUR",
        "invitation_mode": "one_by_one",
    } | more


def test_an_agency_begins_a_campaign_once_however_often_it_is_sent(client: Client) -> None:
    vera = member()
    client.force_login(vera)
    page = client.get(reverse("briefs:new"))
    assert page.status_code == 200
    form = begun(agency=house_of(vera).public_id, key=page.context["form"]["key"].value())
    first = client.post(reverse("briefs:new"), form)
    again = client.post(reverse("briefs:new"), form)

    campaign = Campaign.objects.get()
    assert (
        first.headers["Location"]
        == again.headers["Location"]
        == reverse("briefs:edit", args=[campaign.public_id])
    )
    assert Organisation.objects.filter(kind="brand").count() == 1


def test_what_was_typed_stays_when_a_campaign_is_refused(client: Client) -> None:
    vera = member()
    client.force_login(vera)
    form = begun(agency=house_of(vera).public_id, title="", brand_name="Mulino <b>")
    page = client.post(reverse("briefs:new"), form)

    assert page.status_code == 422
    assert "Mulino &lt;b&gt;" in page.content.decode()
    assert "This field is required" in page.content.decode()
    assert not Campaign.objects.exists()


def test_a_brand_of_the_agency_is_offered_and_nobody_elses(client: Client, scene: Draft) -> None:
    other = draft("altri")
    client.force_login(scene.agency)
    page = client.get(reverse("briefs:new")).content.decode()
    assert scene.campaign.brand.public_id in page
    assert other.campaign.brand.public_id not in page


def test_only_agencies_begin_campaigns(client: Client, scene: Draft) -> None:
    client.force_login(scene.brand)
    assert client.get(reverse("briefs:new")).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("edit", {}),
        ("version", {"number": 1}),
        ("check", {"number": 1}),
        ("material", {}),
    ],
)
def test_a_stranger_finds_nothing_and_a_party_reads(
    client: Client, scene: Draft, name: str, more: dict[str, Any]
) -> None:
    scene.write()
    client.force_login(scene.stranger)
    assert client.get(url(scene, name, **more)).status_code == 404
    client.force_login(scene.brand)
    assert client.get(url(scene, name, **more)).status_code == 200


def test_a_version_that_is_not_there_is_not_found(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    assert client.get(url(scene, "version", number=9)).status_code == 404
    assert client.get(url(scene, "check", number=9)).status_code == 404


def test_the_brief_is_saved_without_a_script(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    answer = client.post(url(scene), typed())
    assert (answer.status_code, answer.headers["Location"]) == (302, url(scene))
    brief = scene.campaign.briefs.get()
    assert brief.why == CLEAR.why
    assert brief.lines.get().amount_minor == 1_000_000


def test_sending_the_brief_twice_saves_it_once(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    for _ in range(2):
        assert client.post(url(scene), typed()).status_code == 302
    assert scene.campaign.briefs.count() == 1


def test_an_unclear_answer_is_saved_and_asked_back(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    client.post(url(scene), typed(why="More clicks", how=CLEAR.what))
    page = client.get(url(scene)).content.decode()
    assert "2 answers are asked back" in page or "Two answers are asked back" in page
    assert "only says what to count" in page
    assert "the same as an answer above" in page


def test_a_wrong_amount_is_said_and_nothing_typed_is_lost(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    page = client.post(url(scene), typed(**{"lines-0-amount": "ten"}, why="Perché <sì>"))
    assert page.status_code == 422
    words = page.content.decode()
    assert "Write an amount above zero" in words
    assert 'value="ten"' in words
    assert "Perché &lt;sì&gt;" in words
    assert not scene.campaign.briefs.exists()


def test_a_row_is_added_without_a_script_and_without_saying_errors(
    client: Client, scene: Draft
) -> None:
    client.force_login(scene.agency)
    page = client.post(url(scene), typed(add_line="1", why="Non ancora"))
    words = page.content.decode()
    assert page.status_code == 200
    assert "lines-1-label" in words
    assert "Non ancora" in words
    assert "needs another look" not in words
    assert not scene.campaign.briefs.exists()


def test_a_row_is_added_as_a_fragment_for_htmx(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    page = client.post(url(scene), typed(add_line="1"), headers=HTMX)
    words = page.content.decode()
    assert words.lstrip().startswith('<div class="stack gap-7" id="brief">')
    assert "lines-1-label" in words
    assert page.headers["Vary"].startswith("HX-Request")


def test_a_stale_brief_shows_the_newer_one_and_keeps_what_was_typed(
    client: Client, scene: Draft
) -> None:
    scene.write(by=scene.brand)
    client.force_login(scene.agency)
    page = client.post(url(scene), typed(why="Il mio perché"))
    words = page.content.decode()
    assert page.status_code == 409
    assert "Version 1 was written while you were writing yours" in words
    assert "Il mio perché" in words
    assert CLEAR.why in words
    assert 'name="replaces" value="1"' in words
    assert client.post(url(scene), typed(why="Il mio perché", replaces="1")).status_code == 302
    assert scene.campaign.briefs.count() == 2


def test_a_reader_of_the_agency_reads_and_cant_write(client: Client, scene: Draft) -> None:
    scene.write()
    client.force_login(reader_of(scene.campaign.agency))
    page = client.get(url(scene))
    assert CLEAR.why in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert client.post(url(scene), typed()).status_code == 403
    assert scene.campaign.briefs.count() == 1


@pytest.mark.parametrize("field", ["to_whom", "lines-0-label", "lines-0-kind", "replaces"])
@pytest.mark.parametrize("value", ["x" * 5_000, "\x00", "'; DROP TABLE briefs_brief; --"])
def test_naughty_input_never_breaks_the_page(
    client: Client, scene: Draft, field: str, value: Any
) -> None:
    client.force_login(scene.agency)
    assert client.post(url(scene), typed(**{field: value})).status_code in {302, 422}


def test_a_rejected_brief_shows_the_words_the_reason_and_takes_an_appeal(
    client: Client, scene: Draft
) -> None:
    client.force_login(scene.agency)
    client.post(url(scene), typed(how="Ogni clic vale da 1 centesimo a 5 dollari"))
    waiting = client.get(url(scene, "check", number=1))
    assert "Being checked" in waiting.content.decode()
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    check_all()
    page = client.get(url(scene, "check", number=1)).content.decode()
    assert "<mark>" in page
    assert "The honest way" in page
    assert "hx-trigger" not in page.split('id="check"')[1][:200]
    long = client.post(url(scene, "appeal", number=1), {"reason": "a" * 2_001})
    assert long.status_code == 422
    sent = client.post(url(scene, "appeal", number=1), {"reason": "È una citazione."})
    assert sent.headers["Location"] == url(scene, "check", number=1)
    assert "asked for a person" in client.get(sent.headers["Location"]).content.decode()


def test_an_appeal_from_the_page_of_the_check_needs_no_reason(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    client.post(url(scene), typed(how="Ogni clic vale da 1 centesimo a 5 dollari"))
    check_all()
    assert client.post(url(scene, "appeal", number=1)).status_code == 302
    assert Appeal.objects.get().reason == ""


def test_material_is_handed_in_and_listed_with_where_it_stands(
    client: Client, scene: Draft
) -> None:
    client.force_login(scene.agency)
    form = {"kind": "post", "language": "it", "words": "Clicca Mi piace e guadagna!"}
    for _ in range(2):
        answer = client.post(url(scene, "material"), form)
        assert answer.status_code == 302
    assert scene.campaign.materials.count() == 1
    assert "Clicca Mi piace" in client.get(answer.headers["Location"]).content.decode()
    assert "Waiting for its check" in client.get(url(scene, "material")).content.decode()


def test_empty_material_is_refused_in_words(client: Client, scene: Draft) -> None:
    client.force_login(scene.agency)
    page = client.post(url(scene, "material"), {"kind": "post", "language": "it", "words": ""})
    assert page.status_code == 422
    assert not scene.campaign.materials.exists()


def test_the_votes_of_a_contest_are_judged_and_each_finding_is_told_in_figures(
    client: Client, scene: Draft
) -> None:
    client.force_login(scene.agency)
    form = {"kind": "votes", "language": "en", "words": as_lines(piloted())}
    sent = client.post(url(scene, "material"), form)
    assert sent.status_code == 302
    check_all()

    page = client.get(sent.headers["Location"]).content.decode()

    assert "A person must read this" in page
    assert "between one and five at night" in page
    assert "from one block of addresses, 203.0.113.0/24" in page


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("votes", "{}", "Line 1 is no vote"),
        ("post", "Pane. " * 4_000, "under twenty thousand"),
    ],
)
def test_material_that_can_not_be_read_is_refused_in_words(
    client: Client, scene: Draft, kind: str, words: str, sentence: str
) -> None:
    client.force_login(scene.agency)
    page = client.post(url(scene, "material"), {"kind": kind, "language": "en", "words": words})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not scene.campaign.materials.exists()
