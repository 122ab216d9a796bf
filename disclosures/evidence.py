"""What a publication's page said at one look, with the label marked, and what changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from config.identity.models import User
from config.theme.diff import Kind, Span, word_diff
from disclosures import archives
from disclosures.models import (
    Attestation,
    AttestationContent,
    DisclosureCheck,
    Publication,
    Snapshot,
    SnapshotContent,
)
from disclosures.queries import LookState, look_state, snapshots_of

_SHOWN = 3_000  # characters shown at once; the rest of a long page is folded away
_AFTER = 1_500  # at least this many after the label


@dataclass(frozen=True)
class Verdict:
    """What one jurisdiction says of one look; `number` is that of its mark in the text."""

    number: int
    said: LookState

    @property
    def start(self) -> int:
        """Counts in the text; nowhere for what stands in another part of the page."""
        return (self.said.start or 0) if self.said.is_in_text else 0

    @property
    def end(self) -> int:
        return (self.said.end or 0) if self.said.is_in_text else 0

    @property
    def quote(self) -> str:
        return self.said.quote


@dataclass(frozen=True)
class Reading:
    """Words as they were judged at one look. erased: they are no longer here.

    snapshot: the number of the page kept; None where a person copied the words.
    """

    snapshot: int | None
    at: datetime
    digest: str
    text: str
    title: str
    verdicts: tuple[Verdict, ...]
    erased: bool
    has_archive: bool = False

    @property
    def tone(self) -> str:
        """The colour of the mark: that of the strictest verdict."""
        tones = [verdict.said.tone for verdict in self.verdicts]
        return next((tone for tone in ("stop", "care", "yes") if tone in tones), "none")

    @property
    def shown(self) -> str:
        return self.text[: self._cut]

    @property
    def folded(self) -> str:
        return self.text[self._cut :]

    @property
    def _cut(self) -> int:
        """Where the part shown at once ends: at the end of a line."""
        least = max([_SHOWN, *(verdict.end + _AFTER for verdict in self.verdicts)])
        line = self.text.find("\n", least)
        return len(self.text) if line < 0 else line


@dataclass(frozen=True)
class Attested:
    """What a person says a post tells its readers. platform_label: what the platform adds."""

    number: int
    by: str
    seen_on: date
    platform_label: str
    reading: Reading


@dataclass(frozen=True)
class Comparison:
    """Two readings of one page, the older on the left."""

    old: Reading
    new: Reading
    before: tuple[Span, ...]
    after: tuple[Span, ...]

    @property
    def is_same(self) -> bool:
        return self.old.text == self.new.text


def reading_of(publication: Publication, snapshot_id: int | None = None) -> Reading | None:
    """The reading of this snapshot, else of the newest; None where the page was never read, or
    this snapshot is another publication's."""
    found: QuerySet[Snapshot] = snapshots_of(publication)
    if snapshot_id is not None:
        found = found.filter(pk=snapshot_id)
    snapshot = found.first()
    return _reading(snapshot) if snapshot else None


def compare(publication: Publication, one: int, other: int) -> Comparison | None:
    """Two snapshots of the publication side by side, however they are named; None where one of
    them is not its own."""
    old, new = (reading_of(publication, each) for each in sorted((one, other)))
    if old is None or new is None:
        return None
    spans = word_diff(old.text, new.text)
    return Comparison(
        old,
        new,
        before=tuple(span for span in spans if span.kind is not Kind.ADDED),
        after=tuple(span for span in spans if span.kind is not Kind.REMOVED),
    )


def attested_of(publication: Publication, first_number: int = 1) -> Attested | None:
    """What a person attested last, its verdicts numbered from `first_number`; None where nobody
    has."""
    mine = Attestation.objects.filter(look__publication=publication).order_by("-pk")
    attestation = mine.select_related("look", "content").defer("content__picture").first()
    if attestation is None:
        return None
    content = getattr(attestation, "content", None)
    by = User.objects.filter(pk=attestation.look.asked_by_id or 0).first()
    return Attested(
        number=attestation.pk,
        by=str(by or ""),
        seen_on=attestation.seen_on,
        platform_label=content.platform_label if content else "",
        reading=Reading(
            snapshot=None,
            at=attestation.attested_at,
            digest=attestation.digest,
            text=content.text if content else "",
            title="",
            verdicts=tuple(_verdicts(attestation.look_id, first_number)),
            erased=content is None,
        ),
    )


def archive_of(publication: Publication, snapshot_id: int) -> bytes | None:
    """All a site sent for this snapshot as one gzipped WARC file: the archives that hold bodies it
    only names come first. None where it is erased, older than archives, or another publication's.
    """
    contents = SnapshotContent.objects.filter(snapshot__look__publication=publication)
    content = contents.filter(pk=snapshot_id).exclude(archive=b"").first()
    if content is None:
        return None
    archive = bytes(content.archive)
    named = [record.payload for record in archives.read(archive) if record.body is None]
    earlier = contents.filter(payloads__overlap=named).order_by("pk") if named else contents.none()
    return b"".join([*(bytes(each.archive) for each in earlier), archive])


def picture_of(publication: Publication, attestation_id: int) -> AttestationContent | None:
    """The picture of this attestation; None where it is erased or another publication's."""
    mine = AttestationContent.objects.filter(attestation__look__publication=publication)
    return mine.filter(pk=attestation_id).first()


def _reading(snapshot: Snapshot) -> Reading:
    content = getattr(snapshot, "content", None)
    return Reading(
        snapshot=snapshot.pk,
        at=snapshot.taken_at,
        digest=snapshot.digest,
        text=content.text if content else "",
        title=content.title if content else "",
        verdicts=tuple(_verdicts(snapshot.look_id)),
        erased=content is None,
        has_archive=SnapshotContent.objects.filter(pk=snapshot.pk).exclude(archive=b"").exists(),
    )


def _verdicts(look_id: int, first_number: int = 1) -> Iterator[Verdict]:
    checks = DisclosureCheck.objects.filter(look=look_id)
    for number, check in enumerate(checks, first_number):
        yield Verdict(number, look_state([check]))
