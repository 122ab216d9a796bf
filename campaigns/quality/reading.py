"""What is said of words, wherever they are read: handed in, typed, given to a command, evaluated.

Words about pay are read as clauses too. Unlike a term's own clause they may tell of pay, quote it
or forbid it, so what is found is refused only where the small model is sure, else read by a person.
Pure; no database.
"""

from dataclasses import replace

from campaigns.quality import terms, text
from campaigns.quality.text.languages import language_of
from campaigns.quality.values import Finding, Judgement, worst


def judge(
    words: str, *, kind: str, lang: str | None = None, reader: str | None = None
) -> Judgement:
    """As `text.judge`, and in kind terms what `terms.of_clause` finds by a family not refused yet.

    Raises text.TooLong.
    """
    found = text.judge(words, kind=kind, lang=lang, reader=reader).findings
    if kind == "terms":
        refused = {each.family for each in found if each.severity == "reject"}
        clauses = terms.of_clause(words, reader or (lang or language_of(words))[:2])
        found += tuple(_weighed(each, words) for each in clauses if each.family not in refused)
    return Judgement(worst(found), found)


def _weighed(found: Finding, words: str) -> Finding:
    sure = text.is_sure(words, found.start, found.end, kind="terms")
    return found if sure else replace(found, severity="review")
