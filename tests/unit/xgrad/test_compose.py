"""docker-compose.yml is sound, and runs the very commands that `xgrad run` starts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from xgrad import services

ROOT = Path(__file__).parents[3]
SCHEMA = Path(__file__).parent / "compose-spec" / "compose-spec.json"


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_file_fits_the_compose_specification(compose: Any) -> None:
    jsonschema.validate(compose, json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("service", [services.MIGRATE, *services.LASTING], ids=lambda one: one.name)
def test_commands_are_those_of_the_table(compose: Any, service: services.Service) -> None:
    assert tuple(compose["services"][service.name]["command"]) == service.command


def test_there_is_no_service_of_ours_beside_the_table(compose: Any) -> None:
    ours = {name for name, one in compose["services"].items() if one["image"] == "xgrad"}
    assert ours == {service.name for service in (services.MIGRATE, *services.LASTING)}


def test_no_secret_has_a_default(compose: Any) -> None:
    environment = compose["services"]["web"]["environment"]
    assert "${XGRAD_SECRET_KEY:?" in environment["XGRAD_SECRET_KEY"]
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert environment["XGRAD_MODE"] == "production"


def test_the_broker_and_the_database_are_not_reachable_from_outside(compose: Any) -> None:
    assert not any("ports" in compose["services"][name] for name in ("valkey", "postgres"))
    published = compose["services"]["web"]["ports"] + compose["services"]["events"]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in published)
