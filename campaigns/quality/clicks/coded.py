"""Texts as codes over their distinct values: each text is read once, however often it comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaigns.quality.clicks.table import Anything, Ints


@dataclass(frozen=True, slots=True)
class Coded:
    """codes: one a row, from 0. texts: the text of each code."""

    codes: Ints
    texts: pl.Series

    @staticmethod
    def of(texts: pl.Series) -> Coded:
        """Null is as the empty text."""
        given = texts.cast(pl.String).fill_null("")
        codes = np.unique(given.hash().to_numpy(), return_inverse=True)[1]
        one = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
        one[codes] = np.arange(len(codes))
        return Coded(codes, given[one])

    def read(self, expression: pl.Expr) -> Coded:
        """What the expression makes of each `text`, in codes of its own."""
        read = Coded.of(self.texts.to_frame("text").select(expression).to_series())
        return Coded(read.codes[self.codes], read.texts)

    def each(self, told: pl.Series) -> Anything:
        """For each row what is told of its text."""
        return told.to_numpy()[self.codes]

    def placed(self, among: list[str]) -> Ints:
        """For each row the place of its text in a list that has them all."""
        place = {text: number for number, text in enumerate(among)}
        return np.array([place[text] for text in self.texts], dtype=np.int64)[self.codes]
