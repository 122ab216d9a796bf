"""`manage.py report ID --format json`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaigns.reports import figures
from tests.reports.scene import Scene

pytestmark = pytest.mark.django_db


def test_one_line_of_json_holds_the_whole_report(live: Scene) -> None:
    live.published()
    out = StringIO()

    call_command("report", live.campaign.public_id, "--format", "json", stdout=out)

    body = json.loads(out.getvalue())
    assert out.getvalue().count("\n") == 1
    assert body["campaign"]["id"] == live.campaign.public_id
    assert body["published"][0]["version"] == "v1"
    assert list(figures.bare_numbers(body)) == []


def test_an_unknown_campaign_ends_with_two_and_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"There is no campaign 'nobody'\.") as refused:
        call_command("report", "nobody", stdout=StringIO())

    assert refused.value.returncode == 2


@pytest.mark.parametrize("format", ["pdf", "csv", "xml"])
def test_other_formats_do_not_exist_yet(format: str) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("report", "nobody", f"--format={format}", stdout=StringIO())
