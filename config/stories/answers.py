"""What the platform answered to a story, beside what it should have."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campaigns.agreements.queries import agreed_of, deliverables_of
from campaigns.codesign.queries import consent
from campaigns.links.queries import newest_judging
from campaigns.links.values import Tally, together
from campaigns.payouts.queries import money_of
from campaigns.quality.queries import Standing, standings
from campaigns.reports.queries import report_of
from config.stories.play import Play
from disclosures.queries import state_of

# What arrives with a later part of the platform, by the name it has under `expect`.
PENDING = frozenset(
    {
        "surplus_lines_minor",
        "each_member_can_export_everything",
        "fit_order",
    }
)
VERDICTS = ("clear", "look", "flagged")  # of clicks, the mildest first


@dataclass(frozen=True)
class Outcome:
    """ok: every expectation that is not pending is met."""

    story: str
    expected: dict[str, Any]
    got: dict[str, Any]
    pending: list[str]
    ok: bool


def compare(played: Play) -> Outcome:
    """Each expectation beside its answer; a name nobody knows is an expectation not met."""
    expected = dict(played.story.expect)
    pending = sorted(PENDING & expected.keys())
    due = {name: value for name, value in expected.items() if name not in PENDING}
    seen = _seen(played)
    got = {name: ANSWERS[name](played, seen, due[name]) for name in due if name in ANSWERS}
    return Outcome(played.story.name, expected, got, pending, got == due)


def _seen(played: Play) -> dict[int, Standing]:
    return standings([each for ids in played.submissions.values() for each in ids])


def _families(seen: dict[int, Standing], ids: list[int] | None = None) -> set[str]:
    return {
        str(finding["family"])
        for each, standing in seen.items()
        if ids is None or each in ids
        for finding in standing.findings
    }


def _outcome(played: Play, seen: dict[int, Standing], _: Any) -> str:
    main = [*played.of("brief"), *played.of("mechanic"), *played.of("terms")]
    statuses = {seen[each].status for each in main}
    for worst in ("rejected", "failed", "review"):
        if worst in statuses:
            return worst
    campaign = played.campaign
    campaign.refresh_from_db()
    runs = "terms_each" in played.told
    return "accepted" if not runs or campaign.stage == "closed" else f"stopped at {campaign.stage}"


def _found(played: Play, seen: dict[int, Standing], asked: Any) -> list[str]:
    """Those of the asked families that were found; more may be found."""
    found = _families(seen)
    return [family for family in asked if family in found]


def _one_by_one(name: str) -> Callable[[Play, dict[int, Standing], Any], list[str]]:
    def answer(played: Play, seen: dict[int, Standing], asked: Any) -> list[str]:
        ids = played.of(name)
        return [
            _matching(_families(seen, [each]), asked[nth] if nth < len(asked) else "")
            for nth, each in enumerate(ids)
        ]

    return answer


def _comments(played: Play, seen: dict[int, Standing], asked: Any) -> list[str]:
    """Each comment of the lists handed in, by the findings that are about it."""
    about: dict[int, set[str]] = {}
    for each in played.of("comments"):
        for finding in seen[each].findings:
            for number in finding["members"]:
                about.setdefault(number, set()).add(str(finding["family"]))
    return [
        _matching(about.get(number, set()), asked[number] if number < len(asked) else "")
        for number in range(len(played.told.get("comments", ())))
    ]


def _jump_shown(played: Play, seen: dict[int, Standing], _: Any) -> bool:
    rules = {f["rule"] for each in played.of("followers") for f in seen[each].findings}
    return "audience.unexplained.jump" in rules


def _matching(found: set[str], asked: str) -> str:
    if asked in found:
        return asked
    return ", ".join(sorted(found)) or "accepted"


def _alternatives(played: Play, seen: dict[int, Standing], _: Any) -> bool:
    refused = [f for standing in seen.values() for f in standing.findings]
    return bool(refused) and all(finding["alternative"] for finding in refused)


def _hourly(played: Play, seen: dict[int, Standing], asked: Any) -> Any:
    hourly: dict[int, int] = {}
    for each in played.of("terms"):
        for finding in seen[each].findings:
            if finding.get("hourly_minor") is not None:
                hourly[finding["term"]] = finding["hourly_minor"]
    figures = [hourly[term] for term in sorted(hourly)]
    return figures if isinstance(asked, list) else figures[0] if figures else None


def _versions(played: Play, seen: dict[int, Standing], _: Any) -> int:
    return played.campaign.mechanics.count()


def _consents(played: Play, seen: dict[int, Standing], _: Any) -> int:
    stands = consent(played.campaign)
    return stands.counts["consent"] if stands else 0


def _disclosures(which: str) -> Callable[[Play, dict[int, Standing], Any], dict[str, int]]:
    def answer(played: Play, seen: dict[int, Standing], _: Any) -> dict[str, int]:
        work = [each for each in deliverables_of(played.campaign) if hasattr(each, "fulfilment")]
        states = state_of([each.fulfilment.publication_id for each in work])
        return dict(Counter(getattr(state, f"{which}_verdict") for state in states.values()))

    return answer


def _share(played: Play, seen: dict[int, Standing], _: Any) -> int | None:
    return money_of(played.campaign).creators_share_bps


def _balance(played: Play, seen: dict[int, Standing], _: Any) -> int:
    return money_of(played.campaign).balance_minor


def _effective(played: Play, seen: dict[int, Standing], _: Any) -> int | None:
    agreed = [agreement.agreed_round for agreement in agreed_of(played.campaign)]
    hourly = {offer.as_terms.hourly.minor for offer in agreed if offer}
    return hourly.pop() if len(hourly) == 1 else None


def _report(played: Play, seen: dict[int, Standing], _: Any) -> dict[str, bool]:
    report = report_of(played.campaign)
    return {
        "has_lessons": bool(report["lessons"]),
        "has_incidents": bool(report["incidents"]),
        "creators_right_of_reply": bool(report["replies"]),
    }


def _refused_request(played: Play, seen: dict[int, Standing], asked: Any) -> str:
    return _matching(_families(seen, played.of("refused_request")), asked)


def _clicks(played: Play, seen: dict[int, Standing], asked: Any) -> dict[str, Any]:
    """Sums over all creators; of the one whose clicks were told to be false, the verdict."""
    judging = newest_judging(played.campaign)
    accounts = list(judging.creators.all()) if judging else []
    tally = together(each.days for each in judging.links.all()) if judging else Tally()
    share = tally.counted * 10_000 // tally.raw if tally.raw else 0
    most = asked.get("counted_share_max_bps", 0)
    known = {
        "raw": tally.raw,
        "counted": tally.counted,
        "excluded": tally.excluded,
        "influencer": max((each.verdict for each in accounts), key=VERDICTS.index, default=""),
        "reason": next(iter(tally.excluded), ""),
        "counted_share_max_bps": max(share, most),
    }
    return {name: known[name] for name in asked if name in known}


ANSWERS: dict[str, Callable[[Play, dict[int, Standing], Any], Any]] = {
    "outcome": _outcome,
    "rejected_by": _found,
    "review": _found,
    "posts": _one_by_one("posts"),
    "links": _one_by_one("links"),
    "comments": _comments,
    "follower_jump_shown": _jump_shown,
    "honest_alternative": _alternatives,
    "hourly_minor": _hourly,
    "mechanic_versions": _versions,
    "consents_on_last_version": _consents,
    "disclosures_first": _disclosures("first"),
    "disclosures_last": _disclosures("last"),
    "creators_share_bps": _share,
    "balance_minor": _balance,
    "effective_hourly_minor": _effective,
    "report": _report,
    "refused_request": _refused_request,
    "clicks": _clicks,
}
