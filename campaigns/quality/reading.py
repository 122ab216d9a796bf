"""What is said of words, wherever they are read: handed in, typed, given to a command, evaluated.

Words about pay are read as clauses too. Pure; no database.
"""

from campaigns.quality import terms, text
from campaigns.quality.text.languages import language_of
from campaigns.quality.values import Judgement, worst


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
        found += tuple(each for each in clauses if each.family not in refused)
    return Judgement(worst(found), found)
