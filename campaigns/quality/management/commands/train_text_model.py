"""Trains the small model of the text check again, from the texts kept with the project."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from django.core.management.base import BaseCommand

from campaigns.quality import evaluation
from campaigns.quality.folding import fold
from campaigns.quality.text import resemblance
from campaigns.quality.text.lexicon import RULES
from campaigns.quality.text.rulebook import rulebook
from campaigns.quality.text.search import found_by_rules
from campaigns.quality.text.weighing import Place

TEXTS = Path(evaluation.__file__).parent / "training"
SEED = 20261122
FOLDS = 5
STRENGTH = 3.0  # the inverse of the regularisation
CHANCE = 0.65  # of being bought, among the texts kept here, from which a text is held back
UNSURE = 0.15  # of the bought texts an exact rule finds, that a person reads before a refusal
SMALLEST = 0.5  # a weight nearer to nothing is left out
LEAST = 3  # texts a feature has to be in


class Command(BaseCommand):
    help = (
        "Fits the model on the texts in campaigns/quality/training, but for those held out, and on "
        "the rules' examples, and writes campaigns/quality/rules/resemblance.json; the same "
        "texts, words and seed give the same file. Needs what `make bench` installs."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=resemblance.FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        held = _texts("own_*.csv") + _texts("real.csv")
        texts = [each for each in held if each.part == "tuning"]
        texts += _texts("written_*.csv") + _plain() + _examples() + _passing()
        seen = _common([_features(each) for each in texts])
        bought = np.array([each.label == "incentivised" for each in texts])
        gravest = [_gravest(each) for each in texts]
        asked = [
            _features(each, place.passage) if place else whole
            for each, place, whole in zip(texts, gravest, seen, strict=True)
        ]
        by_rule = np.array([place.severity if place else "accept" for place in gravest])
        scores = _cross_validated(seen, bought, asked)
        free, refused = by_rule == "accept", by_rule == "reject"
        threshold, *plain = [
            _bar(scores[by_rule == each], bought[by_rule == each])
            for each in ("accept", "reject", "review")
        ]
        names, weights, bias = _fitted(seen, bought)
        kept = {
            name: round(float(weight), 3)
            for name, weight in zip(names, weights, strict=True)
            if abs(weight) >= SMALLEST
        }
        found = {
            "seed": SEED,
            "texts": len(texts),
            "threshold": round(threshold, 4),
            "sure": round(float(np.quantile(scores[bought & refused], UNSURE)), 4),
            "plain": {"reject": round(plain[0], 4), "review": round(plain[1], 4)},
            "bias": round(bias, 4),
            "weights": dict(sorted(kept.items())),
        }
        written = json.dumps(found, ensure_ascii=False, indent=0)
        options["out"].write_text(f"{written}\n", encoding="utf-8")
        caught = evaluation.Share(
            int((scores[free & bought] > threshold).sum()), int((free & bought).sum())
        )
        self.stdout.write(f"{len(texts)} texts, {len(kept)} weights.")
        self.stdout.write(f"Of the bought ones no rule finds, by cross-validation: {caught}.")


def _texts(files: str) -> list[evaluation.Text]:
    found: list[evaluation.Text] = []
    for path in sorted(TEXTS.glob(files)):
        with path.open(encoding="utf-8", newline="") as file:
            found += [each for each in evaluation.read(file) if each.label in evaluation.SCORED]
    return found


def _plain() -> list[evaluation.Text]:
    """The short texts the tests go through, each judged as what it is."""
    found = []
    for path in sorted(TEXTS.glob("texts_*.yaml")):
        kind = "mechanic" if path.stem == "texts_plans" else "post"
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, label in (("bad", "incentivised"), ("honest", "honest")):
            for each in given.get(name, ()):
                words = each if isinstance(each, str) else each["text"]
                found.append(evaluation.Text(words, "", label, "", kind))
    return found


def _examples() -> list[evaluation.Text]:
    """The texts the rules must find, and those they must spare."""
    return [
        evaluation.Text(example.text, "", label, "", example.kind)
        for rule in rulebook().rules
        for label, examples in (("incentivised", rule.matches), ("honest", rule.near_misses))
        for example in examples
    ]


def _passing() -> list[evaluation.Text]:
    """What the families say passes instead."""
    families = yaml.safe_load((RULES / "families.yaml").read_text(encoding="utf-8"))["families"]
    return [
        evaluation.Text(words, "", "honest", "", "brief")
        for family in families.values()
        for words in family["passes"].values()
    ]


def _features(text: evaluation.Text, folded: str | None = None) -> dict[str, float]:
    """Of the whole text, or of the folded part of it."""
    lexicon = rulebook().lexicon
    read = fold(text.words, lexicon.words).text.decode("latin-1") if folded is None else folded
    tokens = lexicon.tokens(read)
    return resemblance.features(tokens, lexicon.symbols(tokens), text.kind, lexicon)


def _common(seen: list[dict[str, float]]) -> list[dict[str, float]]:
    """Without the features of fewer than LEAST texts."""
    texts = Counter(name for each in seen for name in each)
    return [{name: each[name] for name in each if texts[name] >= LEAST} for each in seen]


def _gravest(text: evaluation.Text) -> Place | None:
    """The gravest find of the named rules alone: the model does not choose what it is asked."""
    [found] = found_by_rules([(text.words, text.kind)])
    return min(found, key=lambda place: place.severity, default=None)  # `reject` comes first


def _fitted(seen: list[dict[str, float]], bought: Any) -> tuple[list[str], Any, float]:
    """Feature names, their weights, the bias. Rare features tell more: each is scaled by its
    inverse document frequency before the fit, and its weight with it."""
    from sklearn.feature_extraction import DictVectorizer  # not there at run time
    from sklearn.linear_model import LogisticRegression

    names = DictVectorizer()
    found = names.fit_transform(seen)
    texts = np.bincount(found.indices, minlength=found.shape[1])
    rarity = np.log((1 + len(seen)) / (1 + texts)) + 1
    found.data *= rarity[found.indices]
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(found, bought)
    weights = fitted.coef_[0] * rarity
    return list(names.get_feature_names_out()), weights, float(fitted.intercept_[0])


def _bar(scores: Any, bought: Any) -> float:
    """The score from which these texts are bought ones by CHANCE: Platt's scaling."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=100).fit(scores[:, None], bought)
    return float((np.log(CHANCE / (1 - CHANCE)) - fitted.intercept_[0]) / fitted.coef_[0, 0])


def _cross_validated(
    seen: list[dict[str, float]], bought: Any, asked: list[dict[str, float]]
) -> Any:
    """The scores of `asked`, each by a model that has not seen its text."""
    folds = np.random.default_rng(SEED).permutation(len(seen)) % FOLDS
    scores = np.zeros(len(seen))
    for fold_number in range(FOLDS):
        known, held = np.flatnonzero(folds != fold_number), np.flatnonzero(folds == fold_number)
        names, weights, bias = _fitted([seen[i] for i in known], bought[known])
        by_name = dict(zip(names, weights, strict=True))
        for i in held:
            total = sum(by_name.get(name, 0.0) * value for name, value in asked[i].items())
            scores[i] = total + bias
    return scores
