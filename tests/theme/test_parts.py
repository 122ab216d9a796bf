"""The parts of a page, each through its tag."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from config.kernel.money import Money

EVIL = "<b>x</b>"
DEADLINE = datetime(2026, 10, 15, 16, 0, tzinfo=UTC)


def _render(source: str, **words: Any) -> str:
    return Template(source).render(Context(words))


def test_an_icon_is_hidden_from_those_who_listen() -> None:
    html = _render('{% icon "tick" %}')
    assert 'aria-hidden="true"' in html
    assert "patto/icons.svg#tick" in html


def test_the_three_answers_turn_blue_only_for_who_moves() -> None:
    source = (
        '{% three %}{% where "Live" %}{% endwhere %}'
        "{% mover who yours=yours due=due %}a{% endmover %}"
        '{% otherwise "v2 stays" %}{% endotherwise %}{% endthree %}'
    )
    mine = _render(source, who=EVIL, yours=True, due=DEADLINE)
    assert 'class="turn"' in mine
    assert "15 October" in mine
    assert EVIL not in mine
    assert 'class="turn"' not in _render(source, who="Bruno", yours=False, due=None)


def test_the_spine_shows_what_is_done_and_where_we_are() -> None:
    html = _render('{% spine "contracting" notes %}', notes={"contracting": EVIL})
    assert html.count('class="done"') == 2
    assert html.count('aria-current="step"') == 1
    assert "&lt;b&gt;" in html


def test_a_closed_campaign_has_its_whole_way_behind_it() -> None:
    assert _render('{% spine "closed" %}').count('class="done"') == 6


def test_what_is_lacking_stands_before_what_is_met() -> None:
    lacking = [{"message": "Close the objection", "who": "Bruno"}]
    html = _render("{% checks lacking met %}", lacking=lacking, met=["Brief is clear"])
    assert html.index("Close the objection") < html.index("Brief is clear")


def test_people_sit_with_those_of_their_position() -> None:
    people = [
        {"name": "Hana", "note": "", "position": None},
        {"name": "Ada", "note": EVIL, "position": "consent"},
        {"name": "Bruno", "note": "", "position": "objection"},
    ]
    html = _render("{% seats people %}", people=people)
    assert html.index("Ada") < html.index("Bruno") < html.index("Hana")
    assert "<b>1</b> objects" in html
    assert EVIL not in html


def test_past_thirty_people_only_the_counts_stand() -> None:
    people = [{"name": f"P{n}", "note": "", "position": "consent"} for n in range(31)]
    html = _render("{% seats people %}", people=people)
    assert "<b>31</b> consent" in html
    assert "P1" not in html


def test_no_answer_is_chosen_beforehand_and_a_sent_one_is_kept() -> None:
    assert "checked" not in _render("{% answers %}")
    kept = _render('{% answers chosen="concern" %}')
    assert 'value="concern" checked' in kept
    assert kept.count("checked") == 1


def test_an_ask_is_a_form_that_works_without_a_script() -> None:
    request = RequestFactory().get("/")
    html = _render('{% ask action="/here/" due=due %}?{% endask %}', request=request, due=DEADLINE)
    assert 'method="post" action="/here/"' in html
    assert "csrfmiddlewaretoken" in html
    assert "hx-post" not in html
    assert "18:00" in html


def test_a_finding_gives_the_words_the_reason_and_a_way() -> None:
    found = {"rule": "pay.per_click", "quote": EVIL, "why": "w", "alternative": "a"}
    html = _render('{% finding f 1 title="Pay" %}', f=found)
    assert 'id="f1"' in html
    assert "“&lt;b&gt;x&lt;/b&gt;”" in html
    assert "pay.per_click" in html


def test_a_table_of_money_has_its_total_and_no_share_where_none_is_known() -> None:
    rows = [{"label": "Creators", "amount": Money(100, "EUR"), "bps": 6667}, {"label": "Agency",
            "amount": Money(50, "EUR")}]  # fmt: skip
    html = _render(
        '{% money_table rows total=total total_label="In all" %}',
        rows=rows,
        total=Money(150, "EUR"),
    )
    assert "66.67%" in html
    assert "€1.50" in html
    assert html.count("<td") == 6


@pytest.mark.parametrize(
    "source",
    [
        '{% position "objection" %}',
        "{% verdict None %}",
        '{% proof "machine_read" %}',
        '{% counting "excluded" True %}',
        '{% quality "rejected" %}',
        '{% tag "care" "pen" words %}',
        '{% word "stop" "clock" words %}',
    ],
)
def test_every_mark_has_a_shape_and_a_word(source: str) -> None:
    html = _render(source, words="Late")
    assert "<use href=" in html
    assert html.rsplit("</svg>", 1)[1].removesuffix("</span>").strip()


@pytest.mark.parametrize(
    "source",
    [
        '{% notice "care" words %}{{ words }}{% endnotice %}',
        "{% nothing words %}{{ words }}{% endnothing %}",
        "{% cite by=words %}{{ words }}{% endcite %}",
        "{% doc head=words foot=words %}{{ words }}{% enddoc %}",
        "{% path %}{% step words note=words %}{{ words }}{% endstep %}{% endpath %}",
        "{% offer_row words %}{% side words %}{{ words }}{% endside %}{% endoffer_row %}",
        "{% picture words lede=words %}{% numbers words %}{% endnumbers %}{% endpicture %}",
        "{% fold words %}{{ words }}{% endfold %}",
        "{% scroll words %}{{ words }}{% endscroll %}",
        "{% stamp words digest=words %}{{ words }}{% endstamp %}",
        "{% due %}{{ words }}{% enddue %}",
        "{% figure words words note=words %}",
        "{% tag 'care' 'pen' words %}",
        "{% include 'patto/waiting.html' with waiting=rows %}",
        "{% include 'patto/crumb.html' with steps=rows %}",
        "{% timeline rows %}",
        "{% strip rows words %}",
    ],
)
def test_words_of_people_never_become_markup(source: str) -> None:
    row = {"text": EVIL, "label": EVIL, "consequence": EVIL, "at": DEADLINE, "verdict": None}
    html = _render(source, words=EVIL, rows=[row])
    assert EVIL not in html
    assert "&lt;b&gt;x" in html


def test_an_empty_column_writes_nothing_but_an_unknown_amount_says_so() -> None:
    assert _render("{{ at|day }}{{ at|ago }}{{ at|moment }}", at=None) == ""
    assert _render("{{ amount|money }}", amount=None) == "Not measured"
    assert _render('{{ minor|money:"EUR" }}', minor=1050) == "€10.50"
