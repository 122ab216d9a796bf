"""A real PostgreSQL for every test: DATABASE_URL where it is set, else a throw-away embedded one.

Tables are made by the owner; the tests themselves run as the application's role, as the site does.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation

from config.celery import app
from config.kernel.roles import as_owner


def pytest_report_header() -> str:
    url = os.environ.get("DATABASE_URL")
    return f"database: {'DATABASE_URL' if url else 'embedded PostgreSQL, thrown away afterwards'}"


@pytest.fixture(scope="session")
def var() -> Iterator[Path]:
    """A folder for what services leave behind."""
    folder = Path(tempfile.mkdtemp(prefix="patto-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server(var: Path) -> Iterator[None]:
    """The server the test database is made on."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from config import environment
    from config.up import postgres

    server = postgres.start(var, throwaway=True)
    known = environment.database(server.url)
    connection.settings_dict.update(
        {name: known[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )
    yield
    connections.close_all()
    server.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: None,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Make the test database as its owner, then hand it to the application's role."""
    from django.test.utils import setup_databases, teardown_databases
    from pytest_django.lazy_django import skip_if_no_django

    skip_if_no_django()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    name = f"test_patto_{os.getpid()}{worker}"
    connection.settings_dict["TEST"]["NAME"] = name
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False)
        yield
        with as_owner():
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def quiet_broker() -> None:
    """What is enqueued here rings no worker; tests that need one start a real one."""
    app.conf.update(broker_url="memory://")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_var(settings_var: None) -> None:
    """Keys and files of tests go to a folder of their own."""


@pytest.fixture(scope="session")
def settings_var(var: Path) -> Iterator[None]:
    before = settings.VAR
    settings.VAR = var
    yield
    settings.VAR = before
