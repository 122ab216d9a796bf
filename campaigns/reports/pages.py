"""A report as its readers meet it: headings that are findings, a few figures, slices and rows.

Works on the JSON of `report.assemble`, so that a published version looks as the current one does.
Sentences are in the reader's language; the report's own words stay as they were written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.links.pictures import Picture
from campaigns.reports import clicks
from campaigns.reports.figures import BPS, COUNT, NOT_MEASURED, WITHHELD, Figure, is_figure
from config.kernel.money import Money
from config.theme import formatting
from config.theme.pictures import Slice

Body = Mapping[str, Any]

CLASSES: dict[str, str | Promise] = {
    "creators": gettext_lazy("Creators"),
    "agency": gettext_lazy("Agency"),
    "costs": gettext_lazy("Costs"),
    "platform": gettext_lazy("Platform"),
    "tax": gettext_lazy("Tax"),
    "bank": gettext_lazy("Bank"),
    "refund": gettext_lazy("Returned to the brand"),
}
VERDICTS: dict[str, str | Promise] = {
    "sufficient": gettext_lazy("sufficient"),
    "insufficient": gettext_lazy("insufficient"),
    "misplaced": gettext_lazy("in the wrong place"),
    "wrong_language": gettext_lazy("in another language than the post"),
    "missing": gettext_lazy("missing"),
    "not_verifiable": gettext_lazy("not verifiable"),
}
QUESTIONS: dict[str, str | Promise] = {
    "to_whom": gettext_lazy("To whom"),
    "what": gettext_lazy("What"),
    "why": gettext_lazy("Why"),
    "how": gettext_lazy("How"),
    "not_wanted": gettext_lazy("What is not wanted"),
    "if_it_goes_wrong": gettext_lazy("If it goes wrong"),
}
OBJECTION_STATES: dict[str, str | Promise] = {
    "cleared": gettext_lazy("cleared by its author"),
    "author_left": gettext_lazy("its author left"),
    "open": gettext_lazy("still open"),
}
TONES = {"creators": "creators", "agency": "others"}


@dataclass(frozen=True)
class Headline:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class MoneyRow:
    label: str
    amount: Money
    bps: int | None
    paid: str


@dataclass(frozen=True)
class Mark:
    """One publication in the strip."""

    verdict: str
    label: str


@dataclass(frozen=True)
class Page:
    """What the template draws. `own` is the language of the report's own words."""

    body: Body
    own: str
    headlines: tuple[Headline, ...]
    money_title: str
    money_said: str
    slices: tuple[Slice, ...]
    rows: tuple[MoneyRow, ...]
    received: Money | None
    labels_title: str
    labels_lede: str
    marks: tuple[Mark, ...]
    corrected: tuple[Mapping[str, Any], ...]
    proofs: tuple[tuple[str, str], ...]
    clicks_title: str
    clicks: Picture | None
    consent_title: str
    consent_lede: str
    spoken: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    sources: tuple[Figure, ...]


def page_of(body: Body) -> Page:
    rows = _money_rows(body)
    return Page(
        body=body,
        own=body["campaign"]["language"],
        headlines=tuple(_headlines(body)),
        money_title=_money_title(body),
        money_said=". ".join(f"{row.label}: {formatting.money(row.amount)}" for row in rows),
        slices=tuple(_slice(row, tone) for row, tone in zip(rows, _tones(body), strict=True)),
        rows=rows,
        received=money_in(body["paid"]["received"]),
        labels_title=_labels_title(body),
        labels_lede=_labels_lede(body),
        marks=tuple(_mark(post) for post in body["disclosure"]["posts"] if post["first"]),
        corrected=tuple(post for post in body["disclosure"]["posts"] if _was_corrected(post)),
        proofs=tuple(
            (level, shown(figure)) for level, figure in body["disclosure"]["proofs"].items()
        ),
        clicks_title=clicks.title_of(body["clicks"]),
        clicks=clicks.picture_of(body["clicks"]),
        consent_title=_consent_title(body),
        consent_lede=_consent_lede(body),
        spoken=_spoken(body),
        answers=tuple(
            (str(QUESTIONS.get(name, name)), answer)
            for name, answer in _in_order(body["asked"].get("answers", {}))
            if answer
        ),
        sources=tuple(_sources(body)),
    )


def shown(figure: Figure | None) -> str:
    """A figure in the reader's language."""
    if figure == WITHHELD:
        return _("Not shown: fewer than three people share it")
    if not isinstance(figure, dict):
        return formatting.money(None)
    value, unit = figure["value"], figure["unit"]
    if unit == BPS:
        return formatting.percent(value)
    return formatting.number(value) if unit == COUNT else formatting.money(Money(value, unit))


def number_in(figure: Figure | None) -> int | None:
    return figure["value"] if isinstance(figure, dict) else None


def money_in(figure: Figure | None) -> Money | None:
    return Money(figure["value"], figure["unit"]) if isinstance(figure, dict) else None


def _sources(node: Any, known: set[tuple[str, str]] | None = None) -> Iterator[Figure]:
    """One figure of each source and method, in the order of the report."""
    known = set() if known is None else known
    if is_figure(node):
        if (key := (node["source"], node["method"])) not in known:
            known.add(key)
            yield node
    elif isinstance(node, Mapping | list):
        for inner in node.values() if isinstance(node, Mapping) else node:
            yield from _sources(inner, known)


def _in_order(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """By the brief's own order of questions; JSON kept in a database forgets it."""
    order = list(QUESTIONS)
    known = [name for name in order if name in answers]
    return [(name, answers[name]) for name in [*known, *sorted(set(answers) - set(order))]]


def _headlines(body: Body) -> Iterable[Headline]:
    paid, done, labels = body["paid"], body["done"], body["disclosure"]
    yield Headline(shown(paid["creators_share"]), _("of the brand's money, to those who wrote"))
    yield Headline(
        shown(paid["hourly"]),
        _("an hour of declared work"),
        _("all fees and hours together"),
    )
    yield Headline(
        _conforming(body) if labels["posts"] else shown(NOT_MEASURED),
        _("posts with a proper label"),
        _("at their newest check"),
    )
    yield Headline(
        _("%(part)s of %(all)s")
        % {"part": shown(done["on_last_version"]["consent"]), "all": shown(done["joined"])},
        _("consented before the start"),
        ngettext("on the only version", "on version %(count)s", _versions(body))
        % {"count": formatting.number(_versions(body))},
    )
    yield Headline(shown(paid["open_dues"]), _("payments still to make"))


def _versions(body: Body) -> int:
    return number_in(body["done"]["mechanic_versions"]) or 0


def _conforming(body: Body) -> str:
    posts = body["disclosure"]["posts"]
    right = sum(bool(p["last"]) and p["last"]["conformity"] == "conforming" for p in posts)
    return _("%(part)s of %(all)s") % {
        "part": formatting.number(right),
        "all": formatting.number(len(posts)),
    }


def _money_title(body: Body) -> str:
    share = body["paid"]["creators_share"]
    if share == WITHHELD:
        return _("The money, class by class")
    bps = number_in(share)
    if bps is None:
        return _("The brand's money is not in yet")
    if not bps:
        return _("The creators have not earned anything yet")
    if number_in(body["paid"]["open_dues"]):
        return _("%(share)s of the money is for those who wrote") % {
            "share": formatting.percent(bps)
        }
    return _("%(share)s of the money reached those who wrote") % {"share": formatting.percent(bps)}


def _money_rows(body: Body) -> tuple[MoneyRow, ...]:
    return tuple(
        MoneyRow(
            _class_name(each),
            money_in(each["earned"]) or Money(0, body["campaign"]["currency"]),
            number_in(each["share"]),
            shown(each["paid"]),
        )
        for each in body["paid"]["classes"]
    )


def _class_name(line: Mapping[str, Any]) -> str:
    names = [str(CLASSES.get(kind, kind)) for kind in line["kinds"]]
    if line["with_what_is_left"]:
        names.append(_("what is left"))
    return ", ".join(names)


def _tones(body: Body) -> list[str]:
    return [TONES.get(each["kinds"][0], "rest") for each in body["paid"]["classes"]]


def _slice(row: MoneyRow, tone: str) -> Slice:
    return Slice(row.label, row.amount.minor, formatting.money(row.amount), tone)


def _labels_title(body: Body) -> str:
    posts = [post for post in body["disclosure"]["posts"] if post["first"]]
    if not posts:
        return _("No label has been checked yet")
    right = sum(post["first"]["conformity"] == "conforming" for post in posts)
    if right == len(posts):
        return _("Every label was right at once")
    return _("%(right)s of %(all)s labels right at once") % {
        "right": formatting.number(right),
        "all": formatting.number(len(posts)),
    }


def _labels_lede(body: Body) -> str:
    posts = body["disclosure"]["posts"]
    corrected = sum(_was_corrected(post) for post in posts)
    if not posts:
        return _("A label is read once its post is registered.")
    if not corrected:
        return _("One mark a post, at its first check.")
    return ngettext(
        "One mark a post, at its first check. One was corrected afterwards.",
        "One mark a post, at its first check. %(count)s were corrected afterwards.",
        corrected,
    ) % {"count": formatting.number(corrected)}


def _was_corrected(post: Mapping[str, Any]) -> bool:
    return bool(
        post["first"]
        and post["first"]["conformity"] != "conforming"
        and post["last"]["conformity"] == "conforming"
    )


def _mark(post: Mapping[str, Any]) -> Mark:
    words = {
        "by": post["by"],
        "day": formatting.day(date.fromisoformat(post["published_on"])),
        "verdict": VERDICTS.get(post["first"]["verdict"], post["first"]["verdict"]),
    }
    said = _("%(by)s, %(day)s: label %(verdict)s")
    if _was_corrected(post):
        said = _("%(by)s, %(day)s: label %(verdict)s, then corrected")
    return Mark(post["first"]["conformity"] or "unknown", said % words)


def _consent_title(body: Body) -> str:
    versions = _versions(body)
    if not versions:
        return _("No mechanic has been written yet")
    return ngettext(
        "The mechanic had one version", "The mechanic went through %(count)s versions", versions
    ) % {"count": formatting.count_word(versions)}


def _consent_lede(body: Body) -> str:
    objections = len(body["done"]["objections"])
    if not objections:
        return _("Nobody objected.")
    return ngettext(
        "One objection was raised; only its author could clear it.",
        "%(count)s objections were raised; only their authors could clear them.",
        objections,
    ) % {"count": formatting.number(objections)}


def _spoken(body: Body) -> tuple[str, ...]:
    """How many replied and how many waived, each in words of its own."""
    waived = sum(each["waived"] for each in body["replies"])
    replied = len(body["replies"]) - waived
    said = [
        ngettext("%(count)s reply", "%(count)s replies", replied)
        % {"count": formatting.number(replied)}
    ]
    if waived:
        said.append(
            ngettext("%(count)s recorded waiver", "%(count)s recorded waivers", waived)
            % {"count": formatting.number(waived)}
        )
    return tuple(said)
