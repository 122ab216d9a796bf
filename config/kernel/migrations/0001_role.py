from django.conf import settings
from django.db import migrations

# Another database of the same server may make the role at the same moment.
MAKE = f"""
DO $$ BEGIN
    CREATE ROLE {settings.DATABASE_ROLE} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    GRANT {settings.DATABASE_ROLE} TO CURRENT_USER;
EXCEPTION WHEN unique_violation THEN NULL;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
