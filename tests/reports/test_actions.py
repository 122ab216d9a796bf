"""What may be said of a campaign, by whom, once; and what a report waits for."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.briefs.errors import NotInThisStage
from campaigns.codesign.actions import leave
from campaigns.codesign.errors import NotAParticipant
from campaigns.reports import actions, queries, signing, tokens
from campaigns.reports.errors import (
    AlreadyAnswered,
    IncidentsUnanswered,
    LessonsMissing,
    NothingPublished,
    RepliesMissing,
)
from campaigns.reports.models import (
    MOST_WORDS,
    CreatorReply,
    Incident,
    Lesson,
    ReportVersion,
    ShareLink,
)
from campaigns.reports.states import IncidentKind
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput, NotAllowed, NotFound
from tests.reports import scene
from tests.reports.scene import Scene


def incident(live: Scene, text: str = "Appello a boicottare", by: User | None = None) -> Incident:
    return actions.raise_incident(
        campaign_id=live.campaign.pk, by=by or live.creators[0], kind="boycott", text=text
    )


def kinds(live: Scene) -> list[str]:
    found = events.history(live.campaign.stream).filter(kind__startswith="reports.")
    return list(found.order_by("position").values_list("kind", flat=True))


class TestIncidents:
    def test_every_party_may_say_that_something_went_wrong(self, live: Scene) -> None:
        for by in (live.agency, live.brand, live.creators[0]):
            assert incident(live, by=by).raised_by == by

    def test_saying_it_twice_is_one_incident(self, live: Scene) -> None:
        assert incident(live) == incident(live, "  Appello a boicottare\r\n")
        assert kinds(live) == ["reports.incident_raised"]

    def test_a_stranger_may_not(self, live: Scene, stranger: User) -> None:
        with pytest.raises(NotAllowed):
            incident(live, by=stranger)

    def test_an_answer_is_written_once(self, live: Scene) -> None:
        raised = incident(live)
        answer = partial(
            actions.answer_incident, incident_id=raised.pk, by=live.brand, answer="Incontro aperto"
        )

        first, again = answer(), answer()

        assert first.answered_at == again.answered_at
        assert kinds(live) == ["reports.incident_raised", "reports.incident_answered"]

    def test_another_answer_does_not_replace_the_first(self, live: Scene) -> None:
        raised = incident(live)
        actions.answer_incident(incident_id=raised.pk, by=live.agency, answer="Incontro aperto")

        with pytest.raises(AlreadyAnswered):
            actions.answer_incident(incident_id=raised.pk, by=live.brand, answer="Nulla")

        raised.refresh_from_db()
        assert raised.answer == "Incontro aperto"

    def test_a_creator_does_not_answer(self, live: Scene) -> None:
        with pytest.raises(NotAllowed):
            actions.answer_incident(
                incident_id=incident(live).pk, by=live.creators[0], answer="Ci pensiamo noi"
            )

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * (MOST_WORDS + 1), "a\x00b"])
    def test_words_that_cannot_be_kept_are_refused(self, live: Scene, text: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            incident(live, text)

        assert list(refused.value.facts["fields"]) == ["text"]

    def test_an_unknown_kind_is_refused(self, live: Scene) -> None:
        with pytest.raises(InvalidInput):
            actions.raise_incident(
                campaign_id=live.campaign.pk, by=live.agency, kind="joy", text="Bello"
            )

    @pytest.mark.parametrize("kind", IncidentKind.values)
    def test_every_known_kind_is_taken(self, live: Scene, kind: str) -> None:
        raised = actions.raise_incident(
            campaign_id=live.campaign.pk, by=live.agency, kind=kind, text="È successo"
        )

        assert raised.kind == kind

    def test_half_an_answer_cannot_be_written_even_by_sql(self, live: Scene) -> None:
        raised = incident(live)

        with pytest.raises(IntegrityError, match="incident_answered_iff"), transaction.atomic():
            Incident.objects.filter(pk=raised.pk).update(answer="Incontro aperto")


class TestLessons:
    def test_another_text_is_another_version(self, live: Scene) -> None:
        for text in ("Il primo", "Il primo", "Il secondo"):
            newest = actions.write_lessons(campaign_id=live.campaign.pk, by=live.agency, text=text)

        assert newest.number == 2
        assert kinds(live) == ["reports.lessons_written"] * 2

    def test_a_creator_does_not_write_them(self, live: Scene) -> None:
        with pytest.raises(NotAllowed):
            actions.write_lessons(campaign_id=live.campaign.pk, by=live.creators[0], text="Tutto")


class TestReplies:
    def test_the_newest_reply_counts(self, live: Scene) -> None:
        reply = partial(actions.reply, campaign_id=live.campaign.pk, by=live.creators[0])
        reply(waive=True)
        reply(text="Ho cambiato idea")
        reply(text="Ho cambiato idea ")

        assert [r["text"] for r in queries.report_of(live.campaign)["replies"]] == [
            "Ho cambiato idea"
        ]
        assert CreatorReply.objects.count() == 2

    def test_waiving_twice_is_waiving_once(self, live: Scene) -> None:
        waive = partial(
            actions.reply, campaign_id=live.campaign.pk, by=live.creators[0], waive=True
        )

        assert waive() == waive()

    @pytest.mark.parametrize(("text", "waive"), [("", False), (" ", False), ("Bene", True)])
    def test_words_and_waiver_exclude_each_other(self, live: Scene, text: str, waive: bool) -> None:
        with pytest.raises(InvalidInput):
            actions.reply(campaign_id=live.campaign.pk, by=live.creators[0], text=text, waive=waive)

    def test_only_who_joined_replies(self, live: Scene, stranger: User) -> None:
        for by in (live.agency, stranger):
            with pytest.raises(NotAParticipant):
                actions.reply(campaign_id=live.campaign.pk, by=by, text="Anch'io")

    def test_the_database_refuses_a_reply_that_says_nothing(self, live: Scene) -> None:
        participant = live.campaign.participants.all()[0]

        with pytest.raises(IntegrityError, match="reply_has_words"), transaction.atomic():
            CreatorReply.objects.create(
                participant=participant, campaign=live.campaign, text=" ", at=timezone.now()
            )


class TestPublishing:
    def test_nothing_of_this_comes_before_the_launch(self, db: None) -> None:
        early = scene.draft("presto")

        with pytest.raises(NotInThisStage):
            incident(early, by=early.agency)
        with pytest.raises(NotInThisStage):
            actions.write_lessons(campaign_id=early.campaign.pk, by=early.agency, text="Presto")
        with pytest.raises(NotInThisStage):
            actions.publish(campaign_id=early.campaign.pk, by=early.agency)

    def test_a_report_without_lessons_is_refused(self, live: Scene) -> None:
        with pytest.raises(LessonsMissing):
            actions.publish(campaign_id=live.campaign.pk, by=live.agency)

    def test_a_report_with_an_unanswered_incident_is_refused(self, live: Scene) -> None:
        live.complete()
        incident(live)

        with pytest.raises(IncidentsUnanswered) as refused:
            actions.publish(campaign_id=live.campaign.pk, by=live.agency)

        assert refused.value.facts == {"incidents": 1}

    def test_a_report_without_everybodys_word_is_refused(self, live: Scene) -> None:
        actions.write_lessons(campaign_id=live.campaign.pk, by=live.agency, text="Presto")
        actions.reply(campaign_id=live.campaign.pk, by=live.creators[0], waive=True)

        with pytest.raises(RepliesMissing) as refused:
            actions.publish(campaign_id=live.campaign.pk, by=live.agency)

        assert refused.value.facts == {"names": "Persona 2, Persona 3"}

    def test_who_left_is_not_waited_for(self, live: Scene) -> None:
        live.complete(silent=1)
        assert queries.closing_state(live.campaign).without_reply == ("Persona 1",)

        leave(campaign_id=live.campaign.pk, by=live.creators[0])

        assert queries.closing_state(live.campaign).without_reply == ()
        assert actions.publish(campaign_id=live.campaign.pk, by=live.agency).number == 1

    def test_a_complete_report_is_published_and_verifies(self, live: Scene) -> None:
        published = live.published()
        published.refresh_from_db()

        assert published.number == 1
        assert published.body["version"] == "v1"
        assert signing.verify(
            published.body,
            digest=published.digest,
            signature=published.signature,
            key=published.body["signed_with"]["public_key"],
        )

    def test_publishing_what_did_not_change_is_publishing_once(self, live: Scene) -> None:
        first = live.published()

        again = actions.publish(campaign_id=live.campaign.pk, by=live.brand)

        assert again == first
        assert kinds(live).count("reports.published") == 1

    def test_another_word_comes_out_in_another_version(self, live: Scene) -> None:
        first = live.published()
        actions.reply(campaign_id=live.campaign.pk, by=live.creators[0], text="Anzi, era buono")

        second = actions.publish(campaign_id=live.campaign.pk, by=live.agency)

        first.refresh_from_db()
        assert second.number == 2
        assert [each["version"] for each in second.body["published"]] == ["v1"]
        assert second.body["published"][0]["digest"] == first.digest
        assert first.body["replies"][0]["text"] == "Il mio pane era piatto."

    def test_creators_are_named_by_their_channel(self, live: Scene) -> None:
        written = str(live.published().body)

        assert "Il cucchiaio 1" in written
        assert "Persona" not in written

    def test_a_creator_does_not_publish(self, live: Scene) -> None:
        live.complete()

        with pytest.raises(NotAllowed):
            actions.publish(campaign_id=live.campaign.pk, by=live.creators[0])

    def test_what_the_end_waits_for_is_known(self, live: Scene) -> None:
        before = queries.closing_state(live.campaign)
        live.published()
        after = queries.closing_state(live.campaign)

        assert (before.has_lessons, before.report_published) == (False, False)
        assert before.without_reply == ("Persona 1", "Persona 2", "Persona 3")
        assert (after.has_lessons, after.unanswered_incidents) == (True, 0)
        assert (after.without_reply, after.report_published) == ((), True)


class TestSharing:
    def test_a_token_opens_the_newest_version_until_it_is_revoked(self, live: Scene) -> None:
        published = live.published()
        token = actions.share(campaign_id=live.campaign.pk, by=live.agency)

        link, version = queries.shared(token)
        assert version == published
        actions.revoke(link_id=link.pk, by=live.brand)
        with pytest.raises(NotFound):
            queries.shared(token)

    def test_only_the_digest_of_a_token_is_kept(self, live: Scene) -> None:
        live.published()
        token = actions.share(campaign_id=live.campaign.pk, by=live.agency)

        link = ShareLink.objects.get()
        assert link.digest == tokens.digest_of(token)
        assert token not in str(vars(link))

    def test_the_same_prepared_token_makes_one_link(self, live: Scene) -> None:
        live.published()
        token = tokens.new_token()

        for _ in range(2):
            actions.share(campaign_id=live.campaign.pk, by=live.agency, token=token)

        assert ShareLink.objects.count() == 1

    def test_nothing_is_shared_before_it_is_published(self, live: Scene) -> None:
        with pytest.raises(NothingPublished):
            actions.share(campaign_id=live.campaign.pk, by=live.agency)

    def test_a_creator_neither_shares_nor_revokes(self, live: Scene) -> None:
        live.published()
        actions.share(campaign_id=live.campaign.pk, by=live.agency)

        with pytest.raises(NotAllowed):
            actions.share(campaign_id=live.campaign.pk, by=live.creators[0])
        with pytest.raises(NotAllowed):
            actions.revoke(link_id=ShareLink.objects.get().pk, by=live.creators[0])

    def test_revoking_twice_is_revoking_once(self, live: Scene) -> None:
        live.published()
        actions.share(campaign_id=live.campaign.pk, by=live.agency)
        link = ShareLink.objects.get()

        first = actions.revoke(link_id=link.pk, by=live.agency)
        again = actions.revoke(link_id=link.pk, by=live.agency)

        assert first.revoked_at == again.revoked_at
        assert kinds(live)[-2:] == ["reports.shared", "reports.share_revoked"]


@pytest.mark.parametrize("model", [Lesson, CreatorReply, ReportVersion])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_cannot_be_rewritten_even_by_sql(live: Scene, model: type, sql: str) -> None:
    live.published()

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(model._meta.db_table))  # type: ignore[attr-defined]


def test_the_log_holds_ids_and_digests_but_no_words(live: Scene) -> None:
    live.published()
    incident(live)

    facts = str(list(events.history(live.campaign.stream).values_list("facts", flat=True)))
    assert "pane" not in facts
    assert "boicottare" not in facts
    assert events.verify().first_broken is None
