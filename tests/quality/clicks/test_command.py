"""`manage.py check_clicks`: from a file of clicks to two files, or to nothing."""

import csv
import gzip
import json
from pathlib import Path

import polars as pl
import pytest
import yaml
from django.core.management import CommandError, call_command

from campaigns.quality.clicks.reasons import reason
from tests.quality.clicks.streams import Maker

CAMPAIGN = """
links:
  - {link_id: L1, influencer_id: ada, audience: [NO], posts: ['2026-05-04T08:00:00Z']}
  - {link_id: L2, influencer_id: bo, incited: [['2026-05-04T08:00:00Z', null]]}
"""
CLICK = {
    "ts": "2026-05-04T09:00:00.120Z", "ip": "198.51.100.7", "user_agent": "Mozilla/5.0 (X11)",
    "referer": "", "accept_language": "nb", "country": "NO", "link_id": "L1",
    "influencer_id": "ada", "dwell_ms": 5000, "converted": False,
}  # fmt: skip


def check(tmp_path: Path, lines: list[str | dict[str, object]], packed: bool = False) -> Path:
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN)
    said = "".join(x if isinstance(x, str) else json.dumps(x) + "\n" for x in lines).encode()
    file = tmp_path / ("clicks.jsonl.gz" if packed else "clicks.jsonl")
    file.write_bytes(gzip.compress(said) if packed else said)
    out = tmp_path / "made" / "out"
    call_command("check_clicks", str(file), campaign=tmp_path / "campaign.yaml", out=out)
    return out


@pytest.mark.parametrize("packed", [False, True])
def test_two_files_appear(tmp_path: Path, packed: bool) -> None:
    rows = [CLICK, CLICK | {"ts": "2026-05-04T11:10:00+02:00"}, CLICK | {"link_id": "L2"}]
    rows[2] |= {"influencer_id": "bo", "dwell_ms": None}
    out = check(tmp_path, [*rows], packed)
    assert list(csv.reader((out / "clicks.csv").read_text().splitlines())) == [
        ["line", "verdict", "reason"],
        ["0", "counted", ""],
        ["1", "duplicate", ""],
        ["2", "excluded", "click.incitement"],
    ]
    accounts = json.loads((out / "influencers.json").read_text())
    assert accounts["ada"] == {
        "verdict": "clear", "raw": 2, "unique": 1, "counted": 1, "excluded": {}, "evidence": [],
    }  # fmt: skip
    assert accounts["bo"]["excluded"] == {"click.incitement": 1}
    assert sorted(path.name for path in out.iterdir()) == ["clicks.csv", "influencers.json"]


def test_each_reason_is_said_in_the_readers_language(tmp_path: Path) -> None:
    made = Maker(3)
    for name in ("a", "b", "c"):
        made.readers(made.influencer(name), 400)
    farm = made.influencer("farm")
    made.readers(farm, 400)
    made.farm(farm, 400, made.evenly(400, 2, 16))
    clicks, links, _ = made.full()
    lines = clicks.with_columns(pl.col("ts").dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
    (tmp_path / "clicks.jsonl").write_text(lines.write_ndjson())
    named = [{"link_id": link.link_id, "influencer_id": link.influencer_id} for link in links]
    (tmp_path / "campaign.yaml").write_text(yaml.safe_dump({"links": named}))

    call_command(
        "check_clicks", str(tmp_path / "clicks.jsonl"),
        campaign=tmp_path / "campaign.yaml", out=tmp_path, lang="fr",
    )  # fmt: skip

    (row,) = json.loads((tmp_path / "influencers.json").read_text())["farm"]["evidence"]
    said = reason("click.device_farm", "fr")
    assert row["figures"]["clicks"] > 300
    assert (row["title"], row["why"], row["source"]) == (said.title, said.why, said.source)


@pytest.mark.parametrize(
    "bad",
    [
        "not json\n",
        "\n",
        "[1]\n",
        CLICK | {"link_id": "L9"},
        CLICK | {"ts": "yesterday"},
        CLICK | {"ts": None},
        CLICK | {"user_agent": 7},
        CLICK | {"user_agent": {"a": 1}},
        CLICK | {"ip": "not an address"},
        CLICK | {"dwell_ms": -1},
        CLICK | {"dwell_ms": "5"},
        CLICK | {"dwell_ms": 5.5},
        CLICK | {"dwell_ms": True},
        CLICK | {"converted": 1},
        CLICK | {"accept_language": True},
        CLICK | {"link_id": 1},
        CLICK | {"ip": 198.51},
        CLICK | {"visitor": 12},
        CLICK | {"asn": "12"},
        CLICK | {"converted": "no"},
        CLICK | {"referer": "x" * 9000},
        '{"ts": "2026-05-04T09:00:00Z", "ip"',
    ],
)
def test_a_bad_line_ends_it_with_its_number_and_writes_nothing(
    tmp_path: Path, bad: str | dict[str, object]
) -> None:
    with pytest.raises(CommandError, match=r"^line 3: ") as ended:
        check(tmp_path, [CLICK, CLICK, bad])
    assert ended.value.returncode == 2
    assert not (tmp_path / "made").exists()


def test_texts_that_look_like_other_kinds_are_texts(tmp_path: Path) -> None:
    """Numbers in quotes, a prefix, and a key spelt within a text."""
    named = CLICK | {"ip": "198.51.100.0/24", "visitor": "0123456789012345", "accept_language": "1"}
    quoting = CLICK | {"user_agent": '"link_id": 5, "dwell_ms": "x"', "referer": "true"}
    out = check(tmp_path, [named, quoting])
    assert (out / "clicks.csv").read_text().splitlines()[1:] == ["0,counted,", "1,counted,"]


def test_a_damaged_archive_ends_it(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN)
    file = tmp_path / "clicks.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(CLICK).encode())[:-9])
    with pytest.raises(CommandError) as ended:
        call_command("check_clicks", str(file), campaign=tmp_path / "campaign.yaml", out=tmp_path)
    assert ended.value.returncode == 2


@pytest.mark.parametrize(
    "campaign", ["links: 3", "- a", "links: [{link_id: 1}]", "a: [", "links: [{link_id: L}, 2]"]
)
def test_a_campaign_that_cannot_be_read_ends_it(tmp_path: Path, campaign: str) -> None:
    (tmp_path / "campaign.yaml").write_text(campaign)
    (tmp_path / "clicks.jsonl").write_text("")
    with pytest.raises(CommandError) as ended:
        call_command(
            "check_clicks", str(tmp_path / "clicks.jsonl"),
            campaign=tmp_path / "campaign.yaml", out=tmp_path / "out",
        )  # fmt: skip
    assert ended.value.returncode == 2


def test_an_empty_file_is_an_empty_account(tmp_path: Path) -> None:
    out = check(tmp_path, [])
    assert (out / "clicks.csv").read_text() == "line,verdict,reason\n"
    assert json.loads((out / "influencers.json").read_text())["ada"]["raw"] == 0
