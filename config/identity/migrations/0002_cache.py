from django.conf import settings
from django.db import migrations

# The shared cache (settings.CACHES): limits on signing in hold across every web process.
MAKE = f"""
CREATE UNLOGGED TABLE {settings.CACHE_TABLE} (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX {settings.CACHE_TABLE}_expires ON {settings.CACHE_TABLE} (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, f"DROP TABLE {settings.CACHE_TABLE}")]
