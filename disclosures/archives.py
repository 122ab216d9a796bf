"""What a site sent for one look, as a web archive (WARC 1.1, ISO 28500:2017).

Each answer on the way is a record with its headers, the last with its body, inflated; every record
is a gzip member of its own, so archives one after the other are an archive too. A body that an
earlier archive of the publication holds is not kept twice: a `revisit` record names it.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from config.kernel.fetching import Fetched

VERSION = "1.1"
#: Of the body as it was sent; ours is inflated, so they are kept under other names.
_OF_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True)
class Origin:
    """Where and when a body was first kept."""

    url: str
    at: datetime


@dataclass(frozen=True)
class Record:
    """One answer of an archive. body is None where an earlier archive holds it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: str
    body: bytes | None


def payload_of(body: bytes) -> str:
    """SHA-256 (hex) of a body, by which it is found again."""
    return hashlib.sha256(body).hexdigest()


def write(sources: Sequence[Fetched], held: Mapping[str, Origin]) -> bytes:
    """The archive of all answers; bodies in `held` (by their payload_of) are only named."""
    archive = io.BytesIO()
    writer = WARCWriter(archive, gzip=True, warc_version=VERSION)
    for source in sources:
        for hop in source.chain[:-1]:
            head = _head(hop.status, hop.headers)
            named = _named(hop.url, hop.address, source.fetched_at)
            writer.write_record(
                writer.create_warc_record(
                    named["WARC-Target-URI"], "response", http_headers=head, warc_headers_dict=named
                )
            )
        writer.write_record(_last(writer, source, held))
    return archive.getvalue()


def read(archive: bytes) -> Iterator[Record]:
    """Every answer in an archive, in order. Digests that don't fit raise warcio's error."""
    for record in ArchiveIterator(io.BytesIO(archive), check_digests="raise"):
        is_whole = record.rec_type == "response"
        body = record.content_stream().read()
        digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
        yield Record(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            payload=digest.removeprefix("sha256:"),
            body=body if is_whole else None,
        )


def _last(writer: WARCWriter, source: Fetched, held: Mapping[str, Origin]) -> ArcWarcRecord:
    payload = payload_of(source.body)
    head = _head(source.status, source.headers)
    named = _named(source.final_url, source.chain[-1].address, source.fetched_at)
    origin = held.get(payload)
    if origin:
        return writer.create_revisit_record(
            named["WARC-Target-URI"],
            f"sha256:{payload}",
            origin.url,
            _moment(origin.at),
            http_headers=head,
            warc_headers_dict=named,
        )
    return writer.create_warc_record(
        named["WARC-Target-URI"],
        "response",
        payload=io.BytesIO(source.body),
        length=len(source.body),
        http_headers=head,
        warc_headers_dict={**named, "WARC-Payload-Digest": f"sha256:{payload}"},
    )


def _head(status: int, headers: Sequence[tuple[str, str]]) -> StatusAndHeaders:
    kept = [(_header_name(name), value) for name, value in headers]
    return StatusAndHeaders(f"{status} {_PHRASES.get(status, '')}", kept, protocol="HTTP/1.1")


def _header_name(name: str) -> str:
    plain = name.encode("ascii", "replace").decode()  # values warcio spells by itself
    return f"X-Archive-Orig-{plain}" if plain.lower() in _OF_TRANSFER else plain


def _named(url: str, address: str, at: datetime) -> dict[str, str]:
    named = {"WARC-Target-URI": url, "WARC-Date": _moment(at)}
    return named | ({"WARC-IP-Address": address} if address else {})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
