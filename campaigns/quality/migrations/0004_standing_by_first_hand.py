from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION quality_standing(submission bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT decision FROM quality_ruling WHERE submission_id = submission
         ORDER BY id DESC LIMIT 1),
        (SELECT status FROM quality_qualitycheck WHERE submission_id = submission
         AND status IN ('accepted', 'review', 'rejected') ORDER BY id DESC LIMIT 1),
        (SELECT status FROM quality_qualitycheck WHERE submission_id = submission
         ORDER BY id DESC LIMIT 1)
    )
$$
"""
# Checks by newer rules (recheck_id) never stand.
MAKE = BEFORE.replace(
    "quality_qualitycheck WHERE submission_id = submission",
    "quality_qualitycheck WHERE submission_id = submission AND recheck_id IS NULL",
)
# Found political by the check that stands, and accepted without a transparency notice.
LACKS_NOTICE = """
CREATE FUNCTION quality_lacks_notice(submission bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT findings @> '[{"family": "content.political_review"}]' FROM quality_qualitycheck
         WHERE submission_id = submission AND recheck_id IS NULL
         AND status IN ('accepted', 'review', 'rejected') ORDER BY id DESC LIMIT 1),
        false
    ) AND NOT EXISTS (
        SELECT 1 FROM quality_politicalnotice WHERE submission_id = submission
    )
$$
"""


class Migration(migrations.Migration):
    dependencies = [("quality", "0003_rechecks_and_notices")]
    operations = [
        migrations.RunSQL(MAKE, BEFORE),
        migrations.RunSQL(LACKS_NOTICE, "DROP FUNCTION quality_lacks_notice(bigint)"),
    ]
