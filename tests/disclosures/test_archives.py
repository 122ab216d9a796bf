"""What a site sent is kept as a web archive: headers, redirects, and each body once."""

import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from config.identity.models import User
from config.kernel.fetching import Fetched, Hop, fetcher
from disclosures import actions, archives, evidence
from disclosures.models import Publication, Snapshot, SnapshotContent
from tests.disclosures.site import Page, Site, serve

AT = datetime(2026, 3, 12, 8, 30, 0, 250_000, UTC)
TEXT = "Pubblicità Mulino dell'Alba. Ho provato la farina di farro."


def fetched(body: bytes, url: str = "https://blog.example/a", *hops: Hop) -> Fetched:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Città", "è"))
    return Fetched(
        final_url=url,
        chain=(*hops, Hop(url, "203.0.113.7", 200, headers)),
        status=200,
        headers=headers,
        body=body,
        media_type="text/html",
        text=body.decode(),
        fetched_at=AT,
    )


def headers_of(archive: bytes) -> list[dict[str, str]]:
    return [dict(record.rec_headers.headers) for record in ArchiveIterator(io.BytesIO(archive))]


def test_an_archive_holds_each_answer_on_the_way_with_its_headers() -> None:
    moved = Hop(
        "https://b.example/a", "203.0.113.9", 301, (("Location", "https://blog.example/a"),)
    )
    archive = archives.write([fetched(b"pane", "https://blog.example/a", moved)], {})

    first, last = archives.read(archive)
    assert (first.url, first.status, first.body) == ("https://b.example/a", 301, b"")
    assert first.headers == moved.headers
    assert (last.url, last.status, last.body) == ("https://blog.example/a", 200, b"pane")
    assert last.payload == hashlib.sha256(b"pane").hexdigest()
    assert ("X-Archive-Orig-Content-Encoding", "gzip") in last.headers
    assert ("X-Citt?", "%C3%A8") in last.headers
    named = headers_of(archive)[1]
    assert named["WARC-Type"] == "response"
    assert named["WARC-Date"] == "2026-03-12T08:30:00.250000Z"
    assert named["WARC-IP-Address"] == "203.0.113.7"


def test_a_body_held_already_is_only_named() -> None:
    body = b"pane " * 1000
    origin = archives.Origin("https://blog.example/a", AT)
    archive = archives.write([fetched(body)], {archives.payload_of(body): origin})

    [record] = archives.read(archive)
    assert (record.body, record.payload) == (None, archives.payload_of(body))
    [named] = headers_of(archive)
    assert named["WARC-Type"] == "revisit"
    assert named["WARC-Refers-To-Target-URI"] == origin.url
    assert named["WARC-Refers-To-Date"] == "2026-03-12T08:30:00.250000Z"


def test_an_archive_that_was_changed_does_not_fit_its_digest() -> None:
    archive = archives.write([fetched(b"Pubblicita. Il mio pane.")], {})
    opened = zlib.decompress(archive, zlib.MAX_WBITS | 16)
    forged = opened.replace(b"Pubblicita. Il", b"Ecco a voi: il")
    assert len(forged) == len(opened)

    with pytest.raises(ArchiveLoadFailed):
        list(archives.read(zlib.compress(forged, wbits=zlib.MAX_WBITS | 16)))


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


def register(url: str) -> Publication:
    return actions.register(
        url=url,
        platform="blog",
        relationship="paid",
        jurisdictions=["IT"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 12),
        by=User.objects.create_user("ada@blog.example", "Ada Conti"),
    )


def look(publication: Publication) -> Snapshot:
    asked = actions.look_again(publication_id=publication.pk, by=None)
    return actions.take_look(look_id=asked.pk).snapshot


@pytest.mark.django_db
def test_a_page_sent_again_is_kept_once_and_each_download_stands_alone(site: Site) -> None:
    publication = register(site.post("/farro", TEXT))
    first, second = look(publication), look(publication)
    site.post("/farro", "Il pane.")
    third = look(publication)

    kept = {each.pk: each for each in SnapshotContent.objects.all()}
    assert [len(kept[each.pk].payloads) for each in (first, second, third)] == [1, 0, 1]
    body = kept[first.pk].payloads[0]
    [named] = archives.read(bytes(kept[second.pk].archive))
    assert (named.body, named.payload) == (None, body)
    whole = evidence.archive_of(publication, second.pk)
    assert whole is not None
    assert [(record.payload, record.body is None) for record in archives.read(whole)] == [
        (body, False),
        (body, True),
    ]
    assert len({first.digest, second.digest, third.digest}) == 3


@pytest.mark.django_db
def test_the_way_to_a_page_is_kept(site: Site) -> None:
    site.post("/farro", TEXT)
    site.pages["/corto"] = Page(b"", status=302, headers={"Location": "/farro"})
    publication = register(site.url("/corto"))
    snapshot = look(publication)

    found = evidence.archive_of(publication, snapshot.pk)
    assert found is not None
    first, last = archives.read(found)
    assert (first.url, first.status) == (site.url("/corto"), 302)
    assert ("Location", "/farro") in first.headers
    assert (last.url, last.body) == (site.url("/farro"), site.pages["/farro"].body)


@pytest.mark.django_db
def test_what_is_erased_or_anothers_cannot_be_downloaded(site: Site) -> None:
    publication = register(site.post("/farro", TEXT))
    snapshot = look(publication)
    other = Publication(pk=0)
    assert evidence.archive_of(other, snapshot.pk) is None
    SnapshotContent.objects.all().delete()
    assert evidence.archive_of(publication, snapshot.pk) is None


@pytest.mark.django_db
def test_a_page_kept_before_there_were_archives_is_still_shown(site: Site) -> None:
    publication = register(site.post("/farro", TEXT))
    snapshot = look(publication)
    SnapshotContent.objects.update(archive=b"", payloads=[], body=zlib.compress(b"pane"))

    reading = evidence.reading_of(publication)
    assert reading is not None
    assert (reading.text, reading.has_archive) == (TEXT, False)
    assert evidence.archive_of(publication, snapshot.pk) is None
