"""The model sends texts to a person, refuses none, and is what its training says."""

import json
import re
from pathlib import Path

import pytest

from campaigns.quality import evaluation, training
from campaigns.quality.folding import fold
from campaigns.quality.text import judge, resemblance
from campaigns.quality.text.rulebook import rulebook

BOOK = rulebook()
FILES = sorted(Path(training.__path__[0]).glob("own_*.csv"))


def read(words: str) -> tuple[list[str], list[str]]:
    tokens = BOOK.lexicon.tokens(fold(words, BOOK.lexicon.words).text.decode("latin-1"))
    return tokens, BOOK.lexicon.symbols(tokens)


def texts() -> list[evaluation.Text]:
    found: list[evaluation.Text] = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            found += evaluation.read(file)
    return found


def test_the_score_is_the_sum_of_the_features_the_training_saw() -> None:
    model = resemblance.model(BOOK.lexicon)
    assert model is not None
    written = json.loads(resemblance.FILE.read_text(encoding="utf-8"))
    weights = written["weights"]
    for text in texts()[::40]:
        tokens, symbols = read(text.words)
        seen = resemblance.features(tokens, symbols, text.kind, BOOK.lexicon)
        total = sum(weights.get(name, 0.0) * value for name, value in seen.items())
        assert model.score(tokens, symbols, text.kind) == pytest.approx(
            total + written["bias"], abs=1e-5
        )


def test_what_it_finds_goes_to_a_person_and_is_quoted() -> None:
    found = [
        (text, finding)
        for text in texts()
        for finding in judge(text.words, kind=text.kind).findings
        if finding.rule == resemblance.RULE
    ]
    assert len(found) > 10
    for text, finding in found:
        assert finding.severity == "review"
        assert finding.quote == text.words[finding.start : finding.end] != ""
        assert judge(text.words, kind=text.kind).verdict == "review"


def test_a_few_words_of_a_draft_tell_too_little() -> None:
    for words in ("Il concorso", "Far parlare", "Iscritti", "Bloggers who bake", "Leur public"):
        for kind in ("brief", "mechanic", "post"):
            assert judge(words, kind=kind).verdict == "accept", words


def test_nobody_is_sent_to_a_person_for_everyday_talk() -> None:
    for words in (
        "The soup wants an hour on a low flame. Share it with whoever comes in from the cold.",
        "Domani si vota per il rappresentante di classe, portate la tessera della biblioteca.",
        "J'ai gagné la course du village, et j'ai perdu une chaussure.",
    ):
        assert judge(words, kind="post").verdict == "accept"


def test_the_texts_kept_have_no_real_address() -> None:
    written = re.compile(r"https?://([\w.-]+)|[\w.+-]+@([\w-]+\.[\w.-]+)")
    files = sorted(Path(training.__path__[0]).glob("*.csv"))
    assert len(files) > 20
    for path in files:
        for address in written.findall(path.read_text(encoding="utf-8")):
            assert ".example" in "".join(address), (path.name, address)
