from django.db import migrations

# Last ruling, else the newest finished check, else how far the newest check has come.
MAKE = """
CREATE FUNCTION quality_standing(submission bigint) RETURNS text LANGUAGE sql STABLE AS $$
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


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION quality_standing(bigint)")]
