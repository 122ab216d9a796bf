"""Parts drawn from values: the spine, the checks, the seats, the timeline, tables and pictures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString

from config.theme import meanings, pictures
from config.theme.reading import value_of
from config.theme.seats import groups

register = Library()

STAGES = ("draft", "codesign", "contracting", "live", "closing", "closed")


@register.inclusion_tag("patto/spine.html")
def spine(stage: str, notes: Any = None) -> dict[str, Any]:
    """The six stages; notes is a mapping from stage to the few words under it."""
    at = STAGES.index(stage) if stage in STAGES else len(STAGES)
    finished = stage == "closed"
    return {
        "stages": [
            {
                "name": meanings.STAGES[code],
                "note": (notes or {}).get(code, ""),
                "state": "done" if nth < at or finished else "now" if nth == at else "",
                "current": nth == at,
            }
            for nth, code in enumerate(STAGES)
        ]
    }


@register.inclusion_tag("patto/checks.html")
def checks(lacking: Iterable[Any], met: Iterable[str] = ()) -> dict[str, Any]:
    """What is lacking before the next stage, then what is met.

    Each lacking thing has `message` and, if somebody is to move, `who`; met ones are plain words.
    """
    return {"lacking": list(lacking), "met": list(met)}


@register.inclusion_tag("patto/seats.html")
def seats(people: Iterable[Any]) -> dict[str, Any]:
    """One seat a person: `name`, `note`, `position` (a code or None); past thirty only counts."""
    everybody = list(people)
    return {"groups": groups(everybody), "by_name": len(everybody) <= 30}


@register.inclusion_tag("patto/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first: each entry has `text`, `at` and may have `tone` and `icon`."""
    return {"entries": list(entries)}


@register.inclusion_tag("patto/finding.html")
def finding(found: Any, number: int, title: str = "") -> dict[str, Any]:
    """A verdict's reason: quoted words, why, an honest way; `found` is a quality finding."""
    quote = value_of(found, "quote")
    return {"f": found, "number": number, "title": title, "quotes": [quote] if quote else []}


@register.inclusion_tag("patto/finding.html")
def reason(said: Any) -> dict[str, Any]:
    """The same of several findings: `said` has `found`, `number`, `quotes`, `rules`, `placed`."""
    return {
        "f": said.found,
        "number": said.number,
        "title": value_of(said.found, "title"),
        "quotes": said.quotes,
        "rules": ", ".join(said.rules),
        "placed": said.placed,
    }


@register.inclusion_tag("patto/answers.html")
def answers(name: str = "position", chosen: str = "") -> dict[str, Any]:
    """The four answers as radio buttons, none chosen beforehand."""
    return {"name": name, "chosen": chosen}


@register.inclusion_tag("patto/money_table.html")
def money_table(
    rows: Iterable[Any], total: Any = None, total_label: str = "", caption: str = ""
) -> dict[str, Any]:
    """Amounts line by line (`label`, `amount`, maybe `bps`), the total ruled twice."""
    lines = list(rows)
    shares = any(value_of(line, "bps") is not None for line in lines)
    return {
        "rows": lines,
        "total": total,
        "total_label": total_label,
        "caption": caption,
        "shares": shares,
    }


@register.inclusion_tag("patto/figure.html")
def figure(value: str, label: str, note: str = "") -> dict[str, Any]:
    """One headline number inside <dl class="figures">; at most five."""
    return {"value": value, "label": label, "note": note}


@register.inclusion_tag("patto/strip.html")
def strip(posts: Iterable[Any], label: str) -> dict[str, Any]:
    """One mark a publication: each post has `verdict` (a code) and `label`, the words read out."""
    marks = [
        {"meaning": meanings.VERDICTS[value_of(p, "verdict") or "unknown"], "post": p}
        for p in posts
    ]
    return {"marks": marks, "label": label}


@register.simple_tag
def bar(slices: Sequence[Any], said: str) -> SafeString:
    """A thin bar of shares, without words: the table under it has them."""
    return pictures.bar(_slices(slices), said)


@register.simple_tag
def split_picture(slices: Sequence[Any], said: str) -> SafeString:
    """A bar of shares with its labels; slices have `label`, `value`, `shown` and `kind`."""
    return pictures.split(_slices(slices), said)


@register.simple_tag
def flow_picture(source: str, shown: str, slices: Sequence[Any], said: str) -> SafeString:
    """Where money went: from `source` to each slice, thick as its sum."""
    return pictures.flow(source, shown, _slices(slices), said)


@register.simple_tag
def scale_picture(points: Sequence[Any], said: str) -> SafeString:
    """A few values on one line that starts at zero; `kind` "own" marks the reader's."""
    return pictures.scale(_slices(points), said)


@register.simple_tag
def days_picture(rows: Sequence[Any], said: str) -> SafeString:
    """Rows of daily columns on one scale; a row has `label`, `note`, `kind`, `values`, `days`."""
    return pictures.columns([pictures.Row(**_fields(row, pictures.Row)) for row in rows], said)


@register.simple_tag
def stack_picture(rows: Sequence[Any], said: str) -> SafeString:
    """Days as columns, the rows standing on one another; the same rows as `days_picture`."""
    return pictures.stack([pictures.Row(**_fields(row, pictures.Row)) for row in rows], said)


@register.simple_tag
def course_picture(
    points: Sequence[pictures.Point],
    spans: Sequence[pictures.Span],
    shown: tuple[str, str, str],
    said: str,
) -> SafeString:
    """A figure from day to day, its numbered spans; shown: the highest, the first and last day."""
    return pictures.course(points, spans, shown, said)


def _slices(values: Iterable[Any]) -> list[pictures.Slice]:
    return [
        v if isinstance(v, pictures.Slice) else pictures.Slice(**_fields(v, pictures.Slice))
        for v in values
    ]


def _fields(value: Any, kind: Any) -> dict[str, Any]:
    found = {name: value_of(value, name) for name in kind.__dataclass_fields__}
    return {name: each for name, each in found.items() if each is not None}
