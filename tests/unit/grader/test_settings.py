"""Settings: what production refuses, all faults at once, and the page that documents them."""

import re
from pathlib import Path

import pytest

from grader.settings import DEMO_SECRET, Settings, SettingsError, variable_of

DOCS = Path(__file__).parents[3] / "docs" / "settings.md"
GOOD = "k" * 20 + "0123456789abcdef"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for field in Settings.model_fields:
        monkeypatch.delenv(variable_of(field), raising=False)


def faults(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert all(fault.message and fault.remedy for fault in error.value.faults)
    assert all(fault.field in str(error.value) for fault in error.value.faults)
    return [fault.field for fault in error.value.faults]


@pytest.mark.parametrize("secret", ["", "short", "x" * 31, "x" * 32, "abc" * 20, DEMO_SECRET])
def test_production_refuses_secrets_that_are_none(monkeypatch, secret):
    assert faults(monkeypatch, XGRAD_SECRET_KEY=secret) == ["XGRAD_SECRET_KEY"]


def test_production_is_the_default_and_starts_with_a_secret(monkeypatch):
    monkeypatch.setenv("XGRAD_SECRET_KEY", GOOD)
    settings = Settings.load()
    assert settings.production
    assert settings.secure_cookies
    assert not settings.webhook_allow_private
    assert settings.redis_url == settings.broker_url


def test_production_refuses_what_is_for_the_demo(monkeypatch):
    found = faults(
        monkeypatch,
        XGRAD_SECRET_KEY=GOOD,
        XGRAD_WEBHOOK_ALLOW_PRIVATE="true",
        XGRAD_SECURE_COOKIES="false",
    )
    assert found == ["XGRAD_WEBHOOK_ALLOW_PRIVATE", "XGRAD_SECURE_COOKIES"]


def test_all_faults_come_at_once(monkeypatch):
    found = faults(
        monkeypatch,
        XGRAD_MAX_UPLOAD_MB="many",
        XGRAD_LOG_FORMAT="xml",
        XGRAD_BASE_URL="ftp://x",
        DATABASE_URL="mysql://host/name",
        BROKER_URL="amqp://host",
        XGRAD_WEBHOOK_ALLOW_PRIVATE="1",
    )
    assert sorted(found) == [
        "DATABASE_URL",
        "XGRAD_BASE_URL",
        "XGRAD_LOG_FORMAT",
        "XGRAD_MAX_UPLOAD_MB",
        "XGRAD_REDIS_URL",
        "XGRAD_SECRET_KEY",
        "XGRAD_WEBHOOK_ALLOW_PRIVATE",
    ]


@pytest.mark.parametrize("mode", ["Production", "prod", "debug"])
def test_a_mode_that_is_none_is_never_taken_for_the_demo(monkeypatch, mode):
    assert faults(monkeypatch, XGRAD_MODE=mode) == ["XGRAD_MODE", "XGRAD_SECRET_KEY"]


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite", "oracle://x/y"])
def test_a_database_that_is_none(monkeypatch, url):
    monkeypatch.setenv("XGRAD_MODE", "demo")
    monkeypatch.setenv("DATABASE_URL", url)
    if url:
        with pytest.raises(SettingsError, match="DATABASE_URL"):
            Settings.load()
    else:
        assert Settings.load().database_url.startswith("sqlite")


def test_the_demo_needs_nothing(monkeypatch):
    monkeypatch.setenv("XGRAD_MODE", "demo")
    settings = Settings.load()
    assert settings.secret_key == DEMO_SECRET
    assert not settings.secure_cookies


def test_the_library_is_a_list_of_folders(monkeypatch):
    settings = Settings(mode="test", library="/a b:/c")
    assert settings.library_folders == (Path("/a b"), Path("/c"))
    assert Settings(mode="test").library_folders == ()


def test_secrets_are_not_printed():
    settings = Settings(mode="test", secret_key=GOOD, database_url="postgresql://u:hunter2@h/d")
    assert GOOD not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_the_page_documents_exactly_the_settings_there_are():
    documented = re.findall(r"^\| `([A-Z_]+)` \|", DOCS.read_text(), flags=re.MULTILINE)
    assert sorted(documented) == sorted(variable_of(field) for field in Settings.model_fields)


def test_the_page_names_the_defaults():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", DOCS.read_text(), re.MULTILINE))
    for field, info in Settings.model_fields.items():
        if info.default_factory is None and info.default not in ("", False):
            assert f"`{info.default}`" in rows[variable_of(field)]
