"""The figures of the text check: intervals, groups, and files that can't be read."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaigns.quality import evaluation
from campaigns.quality.evaluation import BadRow, Share, Text, read


def test_wilsons_interval() -> None:
    low, high = Share(8, 10).interval
    assert low == pytest.approx(0.4902, abs=1e-3)  # Newcombe 1998, table I gives the method
    assert high == pytest.approx(0.9433, abs=1e-3)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 50).interval[0] == pytest.approx(0.0)
    assert Share(50, 50).interval[1] == pytest.approx(1.0)


def test_groups_and_errors() -> None:
    bought = Text("Follow me and I'll follow back", "en", "incentivised", "recip", "post")
    missed = Text("A walk by the river", "en", "incentivised", "recip", "post")
    honest = Text("La ricetta è sul blog", "it", "honest", "cta", "comment")
    unscored = Text("like if you agree", "en", "borderline", "bait", "post")
    found = evaluation.evaluate([bought, missed, honest, unscored])
    assert str(found.groups["language", "en"].caught).startswith("1/2 = 50.0%")
    assert found.groups["kind", "comment"].rejected == Share(0, 1)
    assert found.errors == [(missed, "accept")]
    assert ("family", "bait") not in found.groups


def test_a_text_is_always_in_the_same_part() -> None:
    texts = [Text(f"text {number}", "en", "honest", "", "post") for number in range(300)]
    held_out = sum(text.part == "held-out" for text in texts)
    assert 60 < held_out < 140
    assert {text.part for text in texts} == set(evaluation.PARTS)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("text,lang\na,en\n", "label"),
        ("text,lang,label\na,en\n", "Line 2"),
        ("text,lang,label,kind\na,en,honest,poem\n", "give kind as one of"),
        ("", "text, lang, label"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file: str, says: str) -> None:
    with pytest.raises(BadRow, match=says):
        list(read(io.StringIO(file)))


def test_the_command_prints_the_table_and_the_errors(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(
        "text,lang,label,category\nSub4sub?,en,incentivised,recip\nSoup,en,honest,cta\n"
        "Soup by ada@posta.it on ada-rossi.it,en,incentivised,recip\n"
    )
    out = io.StringIO()
    call_command("evaluate_quality", path, "--errors", stdout=out)
    assert "| all | all | 1/2 = 50.0%" in out.getvalue()
    assert "| family | cta | – | 0/1" in out.getvalue()
    assert "Soup by nome@posta.example on pagina.example" in out.getvalue()


def test_the_command_ends_with_2_where_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as ended:
        call_command("evaluate_quality", tmp_path / "none.csv")
    assert ended.value.returncode == 2
