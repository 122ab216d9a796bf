"""Jumps, falls, reactions: what is seen, and what is left alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from influencers.figures import BadSeries, Day, falls, flat, jumps, rate_of, reacting, read
from tests.influencers.courses import FIRST, grown, lifted, missing, with_posts

MARCH = date(2026, 3, 2)


def test_a_package_of_followers_shows_from_two_figures_alone() -> None:
    (jump,) = jumps([Day(MARCH, 4_100), Day(MARCH + timedelta(days=2), 6_600)])

    assert (jump.gain, jump.days, jump.is_explained) == (2_500, 2, False)
    assert jump.high < 300
    assert jump.times > 10


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        (4_100, 4_180, 2),  # a good weekend
        (4_100, 6_600, 90),  # a good season
        (60, 190, 2),  # a local article about a small channel
        (0, 150, 7),  # it begins
        (900_000, 930_000, 2),
        (4_100, 4_100, 2),
    ],
)
def test_two_figures_of_an_ordinary_time_show_nothing(before: int, after: int, days: int) -> None:
    assert jumps([Day(MARCH, before), Day(MARCH + timedelta(days=days), after)]) == []


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rate", [0.0, 0.0003, 0.001])
def test_growth_chance_missing_days_and_sundays_are_no_jump(seed: int, rate: float) -> None:
    start = (300, 5_000, 400_000)[seed % 3]
    whole = grown(seed, rate=rate, start=start)

    assert jumps(whole) == []
    assert jumps(missing(whole, seed)) == []


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("over", [1, 2, 5])
def test_a_package_is_found_whatever_the_channel_does_besides(seed: int, over: int) -> None:
    days = missing(lifted(grown(seed), at=120, by=2_500, over=over), seed, share=0.2)

    found = [jump for jump in jumps(days) if jump.gain > 2_000]

    assert len(found) == 1
    around = FIRST + timedelta(days=117), FIRST + timedelta(days=120 + over + 5)
    assert around[0] <= found[0].last.day <= around[1]


def test_a_documented_day_explains_a_jump_and_it_is_still_told() -> None:
    days = lifted(grown(1), at=120, by=2_500)
    days[120] = replace(days[120], event="Il Messaggero, https://giornale.example/pane")

    (jump,) = jumps(days)

    assert jump.is_explained
    assert jump.event.startswith("Il Messaggero")


def test_a_post_that_was_seen_by_many_carries_a_jump() -> None:
    days = with_posts(lifted(grown(2), at=120, by=2_000), 2, likes=120, views=2_000)
    days[120] = replace(days[120], views=60_000, likes=3_400)

    assert [jump.carried for jump in jumps(days)] == [True]


def test_views_that_nobody_reacts_to_carry_nothing() -> None:
    days = with_posts(lifted(grown(2), at=120, by=2_000), 2, likes=120, views=2_000)
    days[118:122] = [replace(day, views=60_000, likes=20) for day in days[118:122]]

    assert [jump.carried for jump in jumps(days)] == [False]


def test_a_purge_is_read_together_with_the_jump_it_takes_back() -> None:
    days = lifted(lifted(grown(3), at=60, by=3_000), at=110, by=-1_200)

    (fall,) = falls(days)

    assert fall.jump_on == days[60].day
    assert 3_500 <= (fall.gave_back or 0) <= 4_500


@pytest.mark.parametrize(("step", "fallen"), [(1, 1), (9, 0)])
def test_a_year_mistyped_by_centuries_breaks_nothing(step: int, fallen: int) -> None:
    days = [Day(MARCH + timedelta(days=nth), int(1_000 * 1.03**nth)) for nth in range(60)][::step]
    far = Day(date(2226, 3, 4), 6_000)

    assert jumps([*days, far]) == []
    assert len(falls([*days, replace(far, followers=0)])) == fallen


def test_a_fall_that_follows_no_jump_takes_nothing_back() -> None:
    (fall,) = falls(lifted(grown(3), at=110, by=-1_200))

    assert fall.jump_on is None


def test_a_fall_of_the_whole_platform_is_nobody_s() -> None:
    own, *others = (lifted(grown(seed), at=110, by=-1_200) for seed in range(4))

    assert falls(own, others) == []
    assert len(falls(own, [grown(9), grown(10), grown(11)])) == 1


def test_few_likes_for_the_size_are_few() -> None:
    few = with_posts(grown(4, start=50_000), 4, likes=60)
    usual = with_posts(grown(4, start=50_000), 4, likes=700)

    assert [each.is_low for each in reacting(few)] == [True]
    assert [each.is_low for each in reacting(usual)] == [False]


def test_the_campaign_s_own_channels_come_before_what_is_published() -> None:
    quiet_subject = [
        with_posts(grown(seed, start=size), seed, likes=size * 0.002)
        for seed, size in enumerate([3_000, 5_000, 8_000, 12_000, 20_000, 33_000, 50_000, 90_000])
    ]
    peers = [peer for days in quiet_subject if (peer := rate_of(days))]
    own = with_posts(grown(20, start=30_000), 20, likes=60)

    (alone,), (among,) = reacting(own), reacting(own, peers)

    assert (alone.by, alone.is_low) == ("published", True)
    assert (among.by, among.is_low) == ("campaign", False)


def test_one_channel_far_below_its_peers_is_low() -> None:
    sizes = [3_000, 5_000, 8_000, 12_000, 20_000, 33_000, 50_000, 90_000]
    peers = [(size, 300 - nth * 20) for nth, size in enumerate(sizes)]

    (own,) = reacting(with_posts(grown(5, start=15_000), 5, likes=30), peers)

    assert (own.by, own.is_low) == ("campaign", True)


def test_a_share_of_active_followers_is_compared_with_what_one_post_gets() -> None:
    few, enough = (reacting([Day(MARCH, 6_600, active_bps=share)]) for share in (100, 900))

    assert [each.is_low for each in few] == [True]
    assert [each.is_low for each in enough] == [False]


def test_too_few_posts_say_nothing() -> None:
    assert reacting(with_posts(grown(6, days=5), 6, likes=1)) == []
    assert flat(with_posts(grown(6, days=5), 6, likes=1_000, spread=0)) is None
    assert reacting([]) == []


@pytest.mark.parametrize("seed", range(10))
def test_reactions_delivered_by_the_thousand_are_flat_and_people_s_are_not(seed: int) -> None:
    bought = with_posts(grown(seed, days=40), seed, likes=1_000, spread=0.02)
    people = with_posts(grown(seed, days=40), seed, likes=1_000, spread=0.3)
    few = with_posts(grown(seed, days=40), seed, likes=20, spread=0.02)

    found = flat(bought)
    assert found is not None
    assert 980 <= found.median <= 1_020
    assert flat(people) is None
    assert flat(few) is None


def test_a_table_is_read_with_and_without_names() -> None:
    bare = read("2026-03-02;4100\n2026-03-04;6.600\n")
    named = read("followers\tday\tactive_percent\tevent\n6 600\t2026-03-04\t2,5\tFiera\n")

    assert [(each.day.day, each.followers) for each in bare] == [(2, 4_100), (4, 6_600)]
    assert (named[0].followers, named[0].active_bps, named[0].event) == (6_600, 250, "Fiera")


def test_days_come_in_order_and_know_their_lines() -> None:
    text = "day,followers\n\n2026-03-04,6600\n 2026-03-02,4100\n"

    days = read(text)

    assert [text[slice(*each.span)] for each in days] == ["2026-03-02,4100", "2026-03-04,6600"]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "lines", 1),
        ("day,followers\n", "lines", 1),
        ("day,fans\n2026-03-02,1", "header", 1),
        ("followers,likes\n1,2", "header", 1),
        ("2026-03-02,4100\n2026-02-30,1", "day", 2),
        ("2026-03-02,4100\n2026-03-02,4200", "twice", 2),
        ("2026-03-02,-5", "figure", 1),
        ("2026-03-02,", "figure", 1),
        ("2026-03-02,4100,8", "figure", 1),
        ("2026-03-02,99999999999999", "figure", 1),
        ("2026-03-02,000000000000" + "9" * 30, "figure", 1),
        ("2026-03-02,000000000000" + "9" * 5_000, "figure", 1),
        ("day,followers,event\n2026-03-02,1," + "x" * 140_000, "figure", 2),
        ("day,followers,active_percent\n2026-03-02,1,101", "figure", 2),
        ("day,followers,event\n2026-03-02,1," + "x" * 301, "event", 2),
        ("\n".join(f"{date.fromordinal(n)},1" for n in range(700_000, 704_001)), "days", 4_001),
    ],
)
def test_a_line_that_can_t_be_read_is_named(text: str, reason: str, line: int) -> None:
    with pytest.raises(BadSeries) as refused:
        read(text)
    assert (refused.value.reason, refused.value.line) == (reason, line)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        days = read(text)
    except BadSeries:
        return
    assert all(text[slice(*each.span)].strip() for each in days)


SERIES = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 10**9)), min_size=0, max_size=60
).map(
    lambda steps: [
        Day(date.fromordinal(740_000 + sum(gap for gap, _ in steps[: nth + 1])), followers)
        for nth, (_, followers) in enumerate(steps)
    ]
)


@settings(max_examples=60)
@given(SERIES)
def test_changes_never_overlap_and_always_pass_their_range(days: list[Day]) -> None:
    for found in (jumps(days), falls(days)):
        for before, after in pairwise(found):
            assert before.last.day <= after.first.day
    assert all(jump.gain > 0 for jump in jumps(days))
    assert all(fall.gain < 0 for fall in falls(days))
