"""The report as readers meet it: headings are findings, and no click stands near money."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from campaigns.reports import pages, report
from campaigns.reports.figures import NOT_MEASURED, WITHHELD
from campaigns.reports.values import ClassFacts, ClickFacts, MoneyFacts, PostFacts
from tests.reports.made import MONEY, NOW, facts, look, posts


def page(**changes: object) -> pages.Page:
    return pages.page_of(report.assemble(facts(**changes)))


def test_headings_are_findings() -> None:
    said = page()

    assert said.money_title == "66.67% of the money reached those who wrote"
    assert said.labels_title == "9 of 10 labels right at once"
    assert said.labels_lede.endswith("One was corrected afterwards.")
    assert said.consent_title == "The mechanic went through four versions"
    assert said.consent_lede.startswith("One objection was raised")
    assert said.clicks_title == "6,212 of 9,493 clicks counted"
    assert said.spoken == ("1 reply", "1 recorded waiver")


@pytest.mark.parametrize(
    ("money", "title"),
    [
        (MoneyFacts(0, 0), "The brand's money is not in yet"),
        (replace(MONEY, creators_share_bps=0), "The creators have not earned anything yet"),
        (replace(MONEY, open_dues=2), "66.67% of the money is for those who wrote"),
        (
            replace(MONEY, classes=(ClassFacts(("creators", "costs"), 1_200_000, with_rest=True),)),
            "The money, class by class",
        ),
    ],
)
def test_the_money_heading_says_how_far_it_has_come(money: MoneyFacts, title: str) -> None:
    assert page(money=money).money_title == title


def test_nothing_yet_is_said_in_words() -> None:
    said = page(posts=(), clicks=None, rounds=(), objections=(), replies=())

    assert said.labels_title == "No label has been checked yet"
    assert said.clicks_title == "Clicks were not measured"
    assert said.consent_title == "No mechanic has been written yet"
    assert said.consent_lede == "Nobody objected."
    assert said.spoken == ("0 replies",)
    assert said.marks == ()


def test_all_labels_right_is_said_so() -> None:
    right = tuple(post for post in posts() if post.first == post.last)

    assert page(posts=right).labels_title == "Every label was right at once"
    assert page(posts=right).labels_lede == "One mark a post, at its first check."


def test_a_post_that_could_not_be_read_is_marked_unknown() -> None:
    unread = look("not_verifiable", "")
    post = PostFacts("Blog 1", "https://a.example/", "blog", NOW.date(), unread, unread)

    assert page(posts=(post,)).marks[0].verdict == "unknown"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (NOT_MEASURED, "Not measured"),
        (WITHHELD, "Not shown: fewer than three people share it"),
        (None, "Not measured"),
        ({"value": 6250, "unit": "EUR"}, "€62.50"),
        ({"value": 6667, "unit": "bps"}, "66.67%"),
        ({"value": 9493, "unit": "count"}, "9,493"),
    ],
)
def test_a_figure_is_written_for_people(figure: object, words: str) -> None:
    assert pages.shown(figure) == words  # type: ignore[arg-type]


def test_answers_stand_in_the_order_of_the_brief() -> None:
    body = report.assemble(facts())
    body["asked"]["answers"] = dict(sorted(body["asked"]["answers"].items(), reverse=True))

    assert [label for label, _ in pages.page_of(body).answers] == ["To whom", "What"]


def test_the_report_is_drawn_with_its_own_words_in_their_language() -> None:
    with translation.override("en"):
        drawn = render_to_string("reports/_report.html", {"page": page()})

    assert '<div lang="it"><p>Appello a boicottare</p></div>' in drawn
    assert "What went wrong" in drawn
    assert 'role="img"' in drawn
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_words_of_people_are_escaped() -> None:
    nasty = replace(facts().incidents[0], text="<script>alert(1)</script>")

    drawn = render_to_string("reports/_report.html", {"page": page(incidents=(nasty,))})

    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    ("clicks", "title"),
    [
        (ClickFacts(0, 0), "No click so far"),
        (ClickFacts(1, 1), "1 click, not judged yet"),
        (ClickFacts(12, 9), "12 clicks, not judged yet"),
    ],
)
def test_clicks_nobody_judged_are_said_to_be_so(clicks: ClickFacts, title: str) -> None:
    assert page(clicks=clicks).clicks_title == title
    assert page(clicks=clicks).clicks is None


def test_a_version_signed_before_clicks_were_judged_reads_as_it_did() -> None:
    body = report.assemble(facts(clicks=ClickFacts(12, 9)))
    body["clicks"] = {name: body["clicks"][name] for name in ("raw", "unique")}

    assert pages.page_of(body).clicks_title == "9 of 12 clicks counted"


def test_the_clicks_are_drawn_with_their_reasons_and_the_table_behind() -> None:
    drawn = render_to_string("reports/_report.html", {"page": page()})
    clicks = drawn.partition('aria-labelledby="h-clicks"')[2].partition("</section>")[0]

    assert clicks.count('id="h-clicks"') == 1
    assert clicks.count('role="img"') == 4  # narrow and wide, by part and by reason
    assert "4,000 counted" not in clicks
    assert "6,212 counted, 1,904 duplicate, 1,377 excluded" in clicks
    assert "A data centre" in clicks
    assert '<td class="num">4,000</td>' in clicks


def test_no_click_stands_near_a_payment() -> None:
    body = report.assemble(facts())

    drawn = render_to_string("reports/_money.html", {"page": pages.page_of(body), "body": body})

    assert "click" not in drawn.lower()
    assert "9,493" not in drawn
