"""`python -m tests.faults.submitter`: hands in texts, each with its bell rung on the real broker.

Standard input: one JSON list of texts. Each is handed in and committed by itself.
"""

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from campaigns.quality import actions
    from config.celery import app

    app.set_default()
    for words in json.load(sys.stdin):
        actions.submit(kind="post", language="en", words=words, author_id=1)
