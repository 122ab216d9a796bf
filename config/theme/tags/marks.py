"""Icons, tags and words: small marks that carry a meaning by shape, word and colour together."""

from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.theme import meanings

register = Library()

SPRITE = "patto/icons.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite, in the colour of its text; the word beside it carries the name."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static(SPRITE), name
    )


@register.simple_tag
def tag(tone: str, name: str, word: str) -> SafeString:
    """A status in a list: `{% tag "care" "pen" _("Open") %}`."""
    return format_html('<span class="tag {}">{}{}</span>', tone, icon(name), word)


@register.simple_tag
def word(tone: str, name: str, text: str = "") -> SafeString:
    """A status in a sentence or a table cell."""
    return format_html('<span class="word {}">{}{}</span>', tone, icon(name), text)


@register.simple_tag
def position(code: str | None, as_word: bool = False) -> SafeString:
    """consent, concern, objection, stand_aside; nothing means no answer yet."""
    return _shown(meanings.POSITIONS[code or "silent"], as_word)


@register.simple_tag
def verdict(code: str | None, as_word: bool = False) -> SafeString:
    """conforming, to_improve, not_conforming; nothing means not checked yet."""
    return _shown(meanings.VERDICTS[code or "unknown"], as_word)


@register.simple_tag
def proof(code: str, as_word: bool = False) -> SafeString:
    """machine_read, own_token, attested, not_verifiable: never merged into one tick."""
    return _shown(meanings.PROOFS[code], as_word)


@register.simple_tag
def counting(code: str, as_word: bool = False) -> SafeString:
    """counted, duplicate, excluded: how a click is judged."""
    return _shown(meanings.COUNTING[code], as_word)


@register.simple_tag
def quality(code: str, as_word: bool = False) -> SafeString:
    """queued, running, failed, accepted, review, rejected: where a quality check stands."""
    return _shown(meanings.QUALITY[code], as_word)


@register.filter
def stage_name(code: str) -> str:
    """The name of a stage: draft, codesign, contracting, live, closing, closed, cancelled."""
    return str(meanings.STAGES[code])


def _shown(meaning: meanings.Meaning, as_word: bool) -> SafeString:
    write = word if as_word else tag
    return write(meaning.tone, meaning.icon, str(meaning.word))
