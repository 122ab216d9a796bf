"""Clauses and formulas made from the parts in pay_made.yaml, for hypothesis."""

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

MADE = yaml.safe_load(Path(__file__).with_name("pay_made.yaml").read_text(encoding="utf-8"))
languages = st.sampled_from(sorted(MADE))
any_measure = st.sampled_from(
    [word for made in MADE.values() for pair in made["measures"] for word in pair]
)


@st.composite
def _filled(draw: st.DrawFn, template: str, made: dict[str, Any]) -> str:
    one, many = draw(st.sampled_from(made["measures"]))
    return template.format(
        sum=draw(st.sampled_from(made["sums"])),
        n=draw(st.sampled_from(made["numbers"])),
        one=one,
        many=many,
        rate=draw(st.sampled_from(made["rates"])),
        work=draw(st.sampled_from(made["works"])),
    )


@st.composite
def _of(draw: st.DrawFn, *kinds: str) -> str:
    made = MADE[draw(languages)]
    template = draw(st.sampled_from([each for kind in kinds for each in made[kind]]))
    return draw(_filled(template, made))


refused_clauses = _of("refused", "refused_rates")
honest_clauses = _of("honest")


def _bold(word: str) -> str:
    return "".join(chr(0x1D41A + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in word)


def _wide(word: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)


def _cyrillic(word: str) -> str:
    return word.translate(str.maketrans("aceopxy", "асеорху"))


def _with(inner: str) -> Any:
    return lambda word: inner.join(word)


def _first_vowel(word: str) -> str:
    """A digit for the first vowel, as people write around filters."""
    for vowel, digit in (("i", "1"), ("e", "3"), ("o", "0"), ("a", "4")):
        if vowel in word:
            return word.replace(vowel, digit, 1)
    return word


DISGUISES = {
    "upper case": str.upper,
    "mathematical": _bold,
    "full width": _wide,
    "look-alikes": _cyrillic,
    "zero width": _with("\u200b"),
    "soft hyphens": _with("\u00ad"),
    "spaced": _with(" "),
    "dotted": _with("."),
    "digits": _first_vowel,
}
# Words that disguises are made of: long enough that a spaced one is no abbreviation.
HIDDEN = ["click", "clicks", "likes", "views", "followers", "comments", "shares", "votes", "visits",
          "vues", "klicks", "aufrufe", "visualizzazioni", "seguaci", "seguidores"]  # fmt: skip


@st.composite
def _disguised(draw: st.DrawFn) -> str:
    word = DISGUISES[draw(st.sampled_from(sorted(DISGUISES)))](draw(st.sampled_from(HIDDEN)))
    return draw(st.sampled_from(["50 € per 1000 {}", "plus 2 € for every 100 {}"])).format(word)


disguised_clauses = _disguised()

_works = st.sampled_from(
    ["hours", "days", "articles", "recipes", "ore", "heures", "Stunden", "n_posts"]
)
_rates = st.sampled_from(["rate", "50", "0.5", "(120 + 30)", "hourly_rate", "tarif", "1 200"])
honest_formulas = st.builds(
    lambda work, sign, rate, more: f"{rate} {sign} {work}{more}",
    _works,
    st.sampled_from(["*", "×", "x", "·"]),
    _rates,
    st.sampled_from(["", " + travel", " + 100 €", " / 2", " - 10 %", " + max(fee, 300)"]),
)

_factors = st.sampled_from(["fee", "0.35", "rate", "hours", "1 000", "tariffa", "tarif", "ore"])
_sums = st.sampled_from(
    [
        "{f} * {m}", "{f}*{m}", "{f} × {m}", "{m} * {f}", "fee + 0.01 * {m}", "({f} + 5) * {m}",
        "max(300, {m} / 10)", "fee * (1 + {m}/1000)", "min({m}, 500) * 0.1", "{f} = 2 * total_{m}",
    ]
)  # fmt: skip
refused_formulas = st.builds(
    lambda template, f, m: template.format(f=f, m=m.replace(" ", "_")), _sums, _factors, any_measure
)
