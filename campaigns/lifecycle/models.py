"""The database's own guard of a campaign's stage, whoever writes it and however."""

import pgtrigger

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import STAGE_MOVES
from config.kernel.moves import pairs

# The same conditions as rules.blockers for a launch, said once more where nobody can go round them.
LAUNCH_GUARD = """
    IF NEW.stage <> 'live' OR OLD.stage = 'live' THEN
        RETURN NEW;
    END IF;
    SELECT id, submission_id INTO mechanic FROM codesign_mechanic
        WHERE campaign_id = NEW.id ORDER BY number DESC LIMIT 1;
    SELECT submission_id, quality_standing(submission_id) AS standing INTO brief FROM briefs_brief
        WHERE campaign_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF mechanic.id IS NULL
       OR brief.standing IS DISTINCT FROM 'accepted'
       OR quality_standing(mechanic.submission_id) IS DISTINCT FROM 'accepted' THEN
        RAISE EXCEPTION 'campaign % has no accepted brief and mechanic', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF quality_lacks_notice(brief.submission_id) OR quality_lacks_notice(mechanic.submission_id)
       OR EXISTS (SELECT 1 FROM briefs_material
                  WHERE campaign_id = NEW.id AND quality_lacks_notice(submission_id)) THEN
        RAISE EXCEPTION 'campaign % is political and has no transparency notice', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM codesign_position p
        JOIN codesign_mechanic m ON m.id = p.mechanic_id
        JOIN codesign_participant w ON w.id = p.participant_id
        LEFT JOIN codesign_clearance c ON c.objection_id = p.id
        WHERE m.campaign_id = NEW.id AND p.stance = 'objection'
          AND c.id IS NULL AND w.status = 'joined'
    ) THEN
        RAISE EXCEPTION 'campaign % has an open objection', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(*),
           count(*) FILTER (WHERE stance = 'consent'),
           count(*) FILTER (WHERE stance IN ('consent', 'stand_aside')),
           count(*) FILTER (WHERE agreed)
        INTO joined, consents, passes, agreements
        FROM (
            SELECT (SELECT p.stance FROM codesign_position p
                    WHERE p.mechanic_id = mechanic.id AND p.participant_id = w.id
                    ORDER BY p.id DESC LIMIT 1) AS stance,
                   EXISTS (SELECT 1 FROM agreements_agreement a
                           WHERE a.participant_id = w.id AND a.status = 'agreed') AS agreed
            FROM codesign_participant w
            WHERE w.campaign_id = NEW.id AND w.status = 'joined'
        ) seats;
    SELECT quorum_bps INTO quorum FROM codesign_round WHERE mechanic_id = mechanic.id;
    IF joined = 0 OR passes < joined OR consents * 10000 < quorum * joined THEN
        RAISE EXCEPTION 'campaign % has no consent', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF agreements < joined THEN
        RAISE EXCEPTION 'campaign % has people without an agreement', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class StagedCampaign(Campaign):
    """Campaign, with the triggers that may name the tables of the rooms above it."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.FSM(
                name="campaign_stage_moves", field="stage", transitions=pairs(STAGE_MOVES)
            ),
            pgtrigger.Trigger(
                name="campaign_launch_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("stage"),
                declare=[
                    ("mechanic", "record"),
                    ("brief", "record"),
                    ("joined", "bigint"),
                    ("consents", "bigint"),
                    ("passes", "bigint"),
                    ("agreements", "bigint"),
                    ("quorum", "bigint"),
                ],
                func=pgtrigger.Func(LAUNCH_GUARD.replace("{", "{{").replace("}", "}}")),
            ),
            pgtrigger.Trigger(
                name="campaign_begins_as_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func("""
                    IF NEW.stage <> 'draft' THEN
                        RAISE EXCEPTION 'a campaign begins as a draft'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """),
            ),
        ]
