"""Put the facts of a campaign in the order of its report. Pure: the same facts, the same report.

Paid by class and not by person; what would give away the pay of fewer than three is withheld (the
merging itself is done in payouts). Clicks stand far from money. Creators are named
by their channel. Words that Patto adds are English and marked for translation on the page.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from campaigns.links.values import Tally
from campaigns.reports import figures
from campaigns.reports.figures import WITHHELD, Figure, Source
from campaigns.reports.values import (
    BriefFacts,
    ClassFacts,
    Facts,
    IncidentFacts,
    LookFacts,
    MoneyFacts,
    ObjectionFacts,
    PostFacts,
    ReplyFacts,
    RoundFacts,
)

FORMAT = "patto-report-1"
ALGORITHM = "Ed25519 over SHA-256 of the report as RFC 8785 JSON"
FEWEST = 3
PROOFS = ("machine_read", "own_token", "attested", "not_verifiable")
STANCES = ("consent", "concern", "objection", "stand_aside")
# Of the running moment or of an earlier version; a report that differs only here says the same.
PASSING = frozenset({"assembled_at", "published", "version"})

Part = dict[str, Any]


def assemble(facts: Facts) -> Part:
    """The whole report as JSON values; every number in it is a figure (see `figures`)."""
    body: Part = {
        "format": FORMAT,
        "assembled_at": _iso(facts.at),
        "campaign": _campaign(facts),
        "asked": _asked(facts.brief, facts),
        "done": _done(facts),
        "paid": _paid(facts.money, facts),
        "disclosure": _disclosure(facts),
        "clicks": _clicks(facts),
        "incidents": [_incident(each) for each in facts.incidents],
        "lessons": _lessons(facts),
        "replies": [_reply(each) for each in facts.replies],
        "replies_missing": Source(_("replies"), facts.at).count(
            facts.without_reply, _("joined creators who have neither replied nor waived")
        ),
        "published": [
            {"version": f"v{each.number}", "at": _iso(each.at), "digest": each.digest}
            for each in facts.published
        ],
        "signed_with": {"algorithm": ALGORITHM, "public_key": facts.public_key},
    }
    figures.check(body)
    return body


WORDED = {"at", "source", "method"}  # of a figure: when it was read, and the reader's own words


def substance(body: Part) -> Part:
    """What the report says, whenever and in whatever language it was read.

    Equal where two versions say the same. Closing the campaign is not news of what happened in it.
    """
    said = {name: _timeless(part) for name, part in body.items() if name not in PASSING}
    return {**said, "campaign": {**body["campaign"], "stage": None}}


def _timeless(node: Any) -> Any:
    if isinstance(node, dict):
        passing = WORDED if figures.is_figure(node) else set()
        return {name: _timeless(inner) for name, inner in node.items() if name not in passing}
    if isinstance(node, list):
        return [_timeless(inner) for inner in node]
    return node


def _campaign(facts: Facts) -> Part:
    known = facts.campaign
    return {
        "id": known.public_id,
        "title": known.title,
        "language": known.language,
        "jurisdictions": list(known.jurisdictions),
        "currency": known.currency,
        "brand": known.brand,
        "agency": known.agency,
        "stage": known.stage,
    }


def _asked(brief: BriefFacts | None, facts: Facts) -> Part:
    if brief is None:
        return {}
    source = Source(_("brief"), brief.written_at)
    currency = facts.campaign.currency
    foreseen = _("as the newest brief foresaw it")
    return {
        "brief": f"v{brief.number}",
        "written_at": _iso(brief.written_at),
        "answers": dict(brief.answers),
        "floor_hourly": source.figure(
            brief.floor_hourly_minor, currency, _("the least an hour of work may be paid")
        ),
        "floor_source": brief.floor_source,
        "budget": [
            {"kind": kind, "label": label, "amount": source.figure(minor, currency, foreseen)}
            for kind, label, minor in brief.lines
        ],
    }


def _done(facts: Facts) -> Part:
    source = Source(_("co-design"), facts.at)
    rounds = facts.rounds
    newest = rounds[-1] if rounds else None
    return {
        "mechanic": newest.text if newest else "",
        "mechanic_versions": source.count(len(rounds), _("versions put on the table")),
        "amendments": source.count(max(len(rounds) - 1, 0), _("versions after the first")),
        "joined": source.count(facts.joined, _("creators who joined and have not left")),
        "on_last_version": _stances(newest.stances if newest else {}, source),
        "rounds": [_round(each, source) for each in rounds],
        "objections": [_objection(each) for each in facts.objections],
    }


def _stances(stances: Mapping[str, int], source: Source) -> Part:
    method = _("newest positions on the version; silence is not counted as any of them")
    return {stance: source.count(stances.get(stance, 0), method) for stance in STANCES}


def _round(each: RoundFacts, source: Source) -> Part:
    return {
        "version": f"v{each.number}",
        "proposed_at": _iso(each.proposed_at),
        "note": each.note,
        "ask": each.ask,
        "deadline": _iso(each.deadline),
        "answers_objection": each.answers_objection,
        "positions": _stances(each.stances, source),
    }


def _objection(each: ObjectionFacts) -> Part:
    state = "cleared" if each.cleared_at else "author_left" if each.gone else "open"
    return {
        "by": each.by,
        "on": f"v{each.on}",
        "reason": each.reason,
        "raised_at": _iso(each.at),
        "state": state,
        "answered_by": [f"v{number}" for number in each.answered_by],
        "cleared_at": _iso(each.cleared_at) if each.cleared_at else None,
        "cleared_on": f"v{each.cleared_on}" if each.cleared_on else None,
    }


def _paid(money: MoneyFacts, facts: Facts) -> Part:
    source = Source(_("ledger"), facts.at)
    currency = facts.campaign.currency
    return {
        "received": source.figure(
            money.received_minor, currency, _("the brand's money, by bank statement")
        ),
        "classes": [_class(line, source, currency) for line in money.classes],
        "creators_share": WITHHELD
        if money.is_merged
        else source.bps(
            money.creators_share_bps, _("earned by the creators, of the brand's money")
        ),
        "hourly": _hourly(money, Source(_("agreements"), facts.at), currency),
        "balance": WITHHELD
        if money.balance_minor is None
        else source.figure(
            money.balance_minor, currency, _("what lies in the account, with what is unpaid")
        ),
        "open_dues": source.count(money.open_dues, _("payments due and not yet made")),
    }


def _class(line: ClassFacts, source: Source, currency: str) -> Part:
    """A class that was merged so far that even its payments are hidden says so."""
    paid = source.figure(line.paid_minor, currency, _("payments made, by bank statement"))
    return {
        "kinds": list(line.kinds),
        "with_what_is_left": line.with_rest,
        "earned": source.figure(line.earned_minor, currency, _("what its payees have earned")),
        "paid": WITHHELD if line.with_rest else paid,
        "share": WITHHELD
        if line.with_rest
        else source.bps(line.share_bps, _("of the brand's money, to the nearest")),
    }


def _hourly(money: MoneyFacts, source: Source, currency: str) -> Figure:
    if money.is_merged or 0 < money.agreements < FEWEST:
        return WITHHELD
    hourly = money.fees_minor // money.hours if money.hours else None
    method = _("all agreed fees over all declared hours, whole minor units, rounded down")
    return source.figure(hourly, currency, method)


def _disclosure(facts: Facts) -> Part:
    source = Source(_("disclosure checks"), facts.at)
    posts = facts.posts
    proofs = Counter(post.last.proof for post in posts if post.last)
    return {
        "publications": source.count(len(posts), _("publications registered by their address")),
        "unchecked": source.count(
            sum(post.last is None for post in posts), _("publications nobody has read yet")
        ),
        "first": _verdicts([post.first for post in posts], source, _("first check of each")),
        "last": _verdicts([post.last for post in posts], source, _("newest check of each")),
        "proofs": {
            level: source.count(proofs[level], _("how the newest verdict is known"))
            for level in PROOFS
        },
        "posts": [_post(post) for post in posts],
    }


def _verdicts(looks: list[LookFacts | None], source: Source, method: str) -> Part:
    found = Counter(look.verdict for look in looks if look)
    return {verdict: source.count(n, method) for verdict, n in sorted(found.items())}


def _post(post: PostFacts) -> Part:
    return {
        "by": post.by,
        "url": post.url,
        "platform": post.platform,
        "published_on": post.published_on.isoformat(),
        "first": _look(post.first),
        "last": _look(post.last),
    }


def _look(look: LookFacts | None) -> Part | None:
    if look is None:
        return None
    return {
        "at": _iso(look.at),
        "verdict": look.verdict,
        "conformity": look.conformity,
        "rule": look.rule,
        "quote": look.quote,
        "proof": look.proof,
    }


def _clicks(facts: Facts) -> Part:
    """A day's clicks are counted, duplicate, or excluded for the reason whose code stands there."""
    found = facts.clicks
    judged = found.judged if found else None
    source = Source(_("tracked links"), (found.until if found else None) or facts.at)
    return {
        "raw": source.count(found.raw if found else None, _("every request of a tracked link")),
        "unique": source.count(
            found.unique if found else None, _("one a visitor and link within thirty minutes")
        ),
        "counted": source.count(
            judged.counted if judged else None, _("judged to be readers, duplicates left out")
        ),
        "excluded": [
            {"reason": code, "clicks": source.count(clicks, _("judged not to be a reader's"))}
            for code, clicks in (judged.excluded if judged else {}).items()
        ],
        "days": [_click_day(day, kinds, source) for day, kinds in _days(judged)],
        "rule_set": found.rule_set if found else "",
    }


def _days(judged: Tally | None) -> list[tuple[str, Mapping[str, int]]]:
    return sorted(judged.days.items()) if judged else []


def _click_day(day: str, kinds: Mapping[str, int], source: Source) -> Part:
    method = _("as judged, by day")
    clicks = {kind: source.count(number, method) for kind, number in sorted(kinds.items())}
    return {"day": day, "clicks": clicks}


def _incident(each: IncidentFacts) -> Part:
    return {
        "kind": each.kind,
        "text": each.text,
        "raised_at": _iso(each.raised_at),
        "answer": each.answer,
        "answered_at": _iso(each.answered_at) if each.answered_at else None,
    }


def _lessons(facts: Facts) -> Part | None:
    known = facts.lessons
    if known is None:
        return None
    return {"edition": f"v{known.number}", "text": known.text, "written_at": _iso(known.at)}


def _reply(each: ReplyFacts) -> Part:
    return {"by": each.by, "text": each.text, "waived": each.waived, "said_at": _iso(each.at)}


def _iso(at: datetime) -> str:
    return at.isoformat()
