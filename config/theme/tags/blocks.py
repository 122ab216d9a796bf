"""Parts that hold the template's own words: `{% notice "care" _("...") %} ... {% endnotice %}`."""

from datetime import datetime
from typing import Any

from django.middleware.csrf import get_token
from django.template import Context, Library
from django.template.loader import render_to_string

from config.theme.meanings import NOTICE_ICONS

register = Library()


def _part(template: str, **words: Any) -> str:
    return render_to_string(f"patto/{template}.html", words)


@register.simple_block_tag
def three(content: str) -> str:
    """The three answers on top of a page: holds {% where %}, {% mover %} and {% otherwise %}."""
    return _part("three", content=content)


@register.simple_block_tag
def where(content: str, short: str) -> str:
    """Where we are."""
    return _part("answer_where", content=content, short=short)


@register.simple_block_tag
def mover(content: str, short: str, yours: bool = False, due: datetime | None = None) -> str:
    """Who moves next; yours: it is the reader, and the cell turns blue."""
    return _part("answer_mover", content=content, short=short, yours=yours, due=due)


@register.simple_block_tag
def otherwise(content: str, short: str) -> str:
    """What happens if nobody does anything."""
    return _part("answer_otherwise", content=content, short=short)


@register.simple_block_tag(takes_context=True)
def ask(
    context: Context,
    content: str,
    action: str = "",
    due: datetime | None = None,
    id: str = "ask",
    hx: bool = False,
) -> str:
    """One question with one deadline, as a POST form (CSRF included); once a page at most.

    hx: htmx posts it and swaps the form by the answer; without a script it is a plain form.
    """
    token = get_token(context["request"])
    return _part("ask", content=content, action=action, due=due, id=id, hx=hx, csrf_token=token)


@register.simple_block_tag
def notice(content: str, tone: str = "", title: str = "", name: str = "", role: str = "") -> str:
    """A message of the page: tone is yes, care, stop, act or none; name is its icon."""
    name = name or NOTICE_ICONS.get(tone, "clock")
    return _part("notice", content=content, tone=tone, title=title, name=name, role=role)


@register.simple_block_tag
def nothing(content: str, title: str, small: bool = False) -> str:
    """An empty state: what would stand here, why it does not, and the next act."""
    return _part("nothing", content=content, title=title, small=small)


@register.simple_block_tag
def doc(content: str, head: str = "", foot: str = "", legend: bool = False) -> str:
    """The sheet of agreed text; legend shows what the marks of a diff mean."""
    return _part("doc", content=content, head=head, foot=foot, legend=legend)


@register.simple_block_tag
def cite(content: str, by: str = "", tone: str = "", small: bool = False) -> str:
    """A person speaking, in quotation marks; `by` stands under it."""
    return _part("cite", content=content, by=by, tone=tone, small=small)


@register.simple_block_tag
def path(content: str) -> str:
    """An ordered way out of a problem: holds {% step %}."""
    return _part("path", content=content)


@register.simple_block_tag
def step(content: str, title: str, state: str = "", note: str = "") -> str:
    """One step of a path; state is done, now or nothing."""
    return _part("step", content=content, title=title, state=state, note=note)


@register.simple_block_tag
def offer_row(content: str, title: str, is_open: bool = False) -> str:
    """One negotiated term: holds one or two {% side %}."""
    return _part("offer_row", content=content, title=title, is_open=is_open)


@register.simple_block_tag
def side(content: str, label: str, control_id: str = "") -> str:
    """What one party proposes; control_id makes the label that of its input."""
    return _part("side", content=content, label=label, control_id=control_id)


@register.simple_block_tag
def picture(content: str, title: str, lede: str = "", id: str = "", level: int = 3) -> str:
    """A picture under its finding, written as a sentence; put {% numbers %} after the drawing."""
    return _part("picture", content=content, title=title, lede=lede, id=id, level=level)


@register.simple_block_tag
def numbers(content: str, title: str = "") -> str:
    """Second-level detail folded away: the table under a picture."""
    return _part("numbers", content=content, title=title)


@register.simple_block_tag
def fold(content: str, title: str, is_open: bool = False) -> str:
    """A card that opens: something only some readers need."""
    return _part("fold", content=content, title=title, is_open=is_open)


@register.simple_block_tag
def scroll(content: str, label: str) -> str:
    """Room for a wide table: it scrolls sideways by finger and by keyboard."""
    return _part("scroll", content=content, label=label)


@register.simple_block_tag
def stamp(content: str, title: str, digest: str = "") -> str:
    """Signed and verifiable; `digest` is set in groups of four."""
    groups = " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
    return _part("stamp", content=content, title=title, digest=groups)


@register.simple_block_tag
def due(content: str, at: datetime | None = None) -> str:
    """A deadline that binds: day and hour in bold, then the words inside."""
    return _part("due", content=content, at=at)
