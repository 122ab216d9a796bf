"""Reads a file of clicks and the campaign's links for `manage.py check_clicks`.

The file may hold millions of lines: it is read in pieces of some thousand lines, each parsed at
once; only a piece that fails is read again line by line, to find the number of the bad one.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import polars as pl
import re2
import yaml

from campaigns.quality.clicks.values import Link

PIECE = 8_000_000  # bytes read at a time
LONGEST_LINE = 64_000  # bytes
LONGEST_TEXT = 8_000  # bytes of one field
FIELDS: dict[str, Any] = {
    "ts": pl.String,
    "ip": pl.String,
    "user_agent": pl.String,
    "referer": pl.String,
    "accept_language": pl.String,
    "country": pl.String,
    "link_id": pl.String,
    "influencer_id": pl.String,
    "dwell_ms": pl.Int64,
    "converted": pl.Boolean,
}
NEEDED = ("ts", "ip", "link_id", "influencer_id")
INGESTED: dict[str, Any] = {"asn": pl.Int64, "visitor": pl.String}
TEXTS = [name for name, kind in {**FIELDS, **INGESTED}.items() if kind == pl.String]
PACKED = ("user_agent", "referer", "accept_language", "country", "link_id", "influencer_id")


class BadClick(ValueError):
    """A line can't be read as a click; `number` counts from 1."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(what)
        self.number = number


class BadCampaign(ValueError):
    """The campaign's YAML can't be read as links."""


def campaign(path: Path) -> list[Link]:
    """The links of the YAML file. Raises BadCampaign, OSError."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BadCampaign("It is not YAML in UTF-8.") from error
    rows = given.get("links") if isinstance(given, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadCampaign("Give `links` as a list of links.")
    links = [_link(row) for row in rows]
    if len({link.link_id for link in links}) < len(links):
        raise BadCampaign("A link_id stands there twice.")
    return links


def _link(row: dict[str, Any]) -> Link:
    link_id, influencer_id = row.get("link_id"), row.get("influencer_id")
    if not isinstance(link_id, str) or not isinstance(influencer_id, str):
        raise BadCampaign("Give each link a link_id and an influencer_id as text.")
    audience, posts = row.get("audience") or [], row.get("posts") or []
    incited = row.get("incited") or []
    if not isinstance(audience, list) or not all(isinstance(x, str | bool) for x in audience):
        raise BadCampaign(f"Give the audience of {link_id} as a list of country codes.")
    if not isinstance(posts, list) or not isinstance(incited, list):
        raise BadCampaign(f"Give posts and incited of {link_id} as lists.")
    return Link(
        link_id,
        influencer_id,
        tuple("NO" if land is False else str(land).upper() for land in audience),  # YAML 1.1: no
        tuple(sorted(_moment(at, link_id) for at in posts)),
        tuple(_span(span, link_id) for span in incited),
    )


def _span(span: Any, link_id: str) -> tuple[datetime, datetime | None]:
    if not isinstance(span, list) or len(span) != 2:
        raise BadCampaign(f"Give each incited span of {link_id} as [from, until or null].")
    since, until = span
    return _moment(since, link_id), None if until is None else _moment(until, link_id)


def _moment(at: Any, link_id: str) -> datetime:
    """A time as text or as YAML reads it; without a zone it is UTC."""
    try:
        if isinstance(at, str):
            at = datetime.fromisoformat(at)
        elif isinstance(at, date) and not isinstance(at, datetime):
            at = datetime(at.year, at.month, at.day)  # noqa: DTZ001 (the zone is added below)
        if isinstance(at, datetime):
            aware = at if at.tzinfo else at.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadCampaign(f"A time of {link_id} is not an ISO time such as 2026-03-04T06:59:25Z.")


def clicks(path: Path, known: set[str]) -> pl.DataFrame:
    """The file's clicks as `judge` takes them. known: the link_ids there may be.

    Raises BadClick with the number of the first line that can't be read, OSError.
    """
    pieces: list[pl.DataFrame] = []
    number = 1
    with _opened(path) as file:
        for piece, lines in _pieces(file, number):
            pieces.append(_parsed(piece, lines, number, known))
            number += lines
    empty = pl.DataFrame(schema={**FIELDS, **INGESTED, "ts": pl.Datetime("us", "UTC")})
    return pl.concat(pieces or [empty])


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb")


def _pieces(file: BinaryIO, number: int) -> Iterator[tuple[bytes, int]]:
    """Whole lines, about PIECE bytes at a time, and how many they are."""
    rest = b""
    while True:
        try:
            read = file.read(PIECE)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadClick(number + rest.count(b"\n"), "The gzip file is damaged here.") from error
        cut = read.rfind(b"\n") + 1
        piece, rest = (rest + read[:cut], read[cut:]) if cut else (b"", rest + read)
        if not read:
            piece, rest = rest, b""
        elif len(rest) > LONGEST_LINE:
            number += piece.count(b"\n")
            raise BadClick(number, f"It is longer than {LONGEST_LINE} bytes.")
        if piece:
            lines = piece.count(b"\n") + (not piece.endswith(b"\n"))
            yield piece, lines
            number += lines
        if not read:
            return


def _parsed(piece: bytes, lines: int, number: int, known: set[str]) -> pl.DataFrame:
    if not OTHER_KIND.search(piece):
        try:
            read = pl.read_ndjson(io.BytesIO(piece), schema={**FIELDS, **INGESTED})
            if len(read) == lines and _sound(read, known):
                return _packed(read)
        except (pl.exceptions.PolarsError, OverflowError):
            pass
    each = piece.removesuffix(b"\n").split(b"\n")
    rows = [_row(line, number + place, known) for place, line in enumerate(each)]
    schema = {**FIELDS, **INGESTED, "ts": pl.Datetime("us", "UTC")}
    return _packed(pl.DataFrame(rows, schema=schema, orient="row"))


# A field of another kind than it should be, which the fast reader would take for text or null.
# A key in a text is written with backslashes; where it is not, the line is merely read alone.
OTHER_KIND = re2.compile(
    rb'"(?:(?:%s)"\s*:\s*[^"n\s]|(?:dwell_ms|asn)"\s*:\s*(?:[^n\d\s]|\d+[.eE])|'
    rb'converted"\s*:\s*[^tfn\s])' % b"|".join(name.encode() for name in TEXTS)
)


def _sound(read: pl.DataFrame, known: set[str]) -> bool:
    """False where any line may be bad; then each is read alone, and that reading decides."""
    fine = [
        _time().is_not_null().all(),
        pl.col("link_id").is_in(list(known)).fill_null(False).all(),
        (pl.col("influencer_id").str.len_bytes() > 0).fill_null(False).all(),
        pl.col("ip").str.contains(ADDRESS).fill_null(True).all(),
        *[(pl.col(name).str.len_bytes() <= LONGEST_TEXT).fill_null(True).all() for name in TEXTS],
    ]
    return all(read.select(pl.all_horizontal(*fine))[:, 0])


ADDRESS = r"^[0-9A-Fa-f:./]{0,49}$"


def _time() -> pl.Expr:
    return pl.col("ts").str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC", strict=False
    )


def _packed(read: pl.DataFrame) -> pl.DataFrame:
    """Times as times, and texts that come back again and again stored once."""
    times = read if read["ts"].dtype != pl.String else read.with_columns(_time())
    return times.with_columns(pl.col(PACKED).cast(pl.Categorical))


def _row(line: bytes, number: int, known: set[str]) -> dict[str, Any]:
    """One line as a row of `judge`'s input. Raises BadClick."""
    if len(line) > LONGEST_LINE:
        raise BadClick(number, f"It is longer than {LONGEST_LINE} bytes.")
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadClick(number, "It is not a JSON object in UTF-8.") from error
    if not isinstance(row, dict):
        raise BadClick(number, "It is not a JSON object.")
    read: dict[str, Any] = {}
    for name, kind in {**FIELDS, **INGESTED}.items():
        read[name] = row.get(name)
        if read[name] is not None and not _fits(read[name], kind):
            raise BadClick(number, f"Its {name} is not {KINDS[kind]}.")
    if not read["ts"] or not read["link_id"] or not read["influencer_id"]:
        raise BadClick(number, "It needs ts, link_id and influencer_id.")
    if read["link_id"] not in known:
        raise BadClick(number, "Its link_id is not one of the campaign's links.")
    if read["ip"] and not re.match(ADDRESS, read["ip"]):
        raise BadClick(number, "Its ip is not an address or a prefix.")
    try:
        read["ts"] = _moment(read["ts"], "")
    except BadCampaign as error:
        raise BadClick(number, "Its ts is not an ISO time such as 2026-03-04T06:59:25Z.") from error
    return read


KINDS = {
    pl.String: f"text of at most {LONGEST_TEXT} bytes",
    pl.Int64: "a whole number",
    pl.Boolean: "true or false",
}


def _fits(value: Any, kind: Any) -> bool:
    if kind == pl.String:
        return isinstance(value, str) and _is_text(value)
    if kind == pl.Boolean:
        return isinstance(value, bool)
    return type(value) is int and 0 <= value < 2**62


def _is_text(value: str) -> bool:
    try:
        return len(value.encode()) <= LONGEST_TEXT
    except UnicodeEncodeError:  # half a surrogate pair
        return False
