"""What the pages load is ours: built from the lock, licensed, and from no other host."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[4] / "grader" / "web"
STATIC = WEB / "static"
VENDOR = STATIC / "vendor"


@pytest.fixture(scope="module")
def lock() -> list[tuple[str, dict[str, object]]]:
    """Name and entry of every locked package; one may be there in several versions."""
    packages = json.loads((WEB / "assets" / "package-lock.json").read_text())["packages"]
    return [(path.split("node_modules/")[-1], found) for path, found in packages.items() if path]


def test_the_lock_pins_by_digest_and_records_no_host(lock) -> None:
    assert lock
    for name, found in lock:
        assert "resolved" not in found, name
        assert str(found["integrity"]).startswith("sha512-"), name


def test_every_vendored_package_is_listed_with_the_locked_version_and_a_licence(lock) -> None:
    heads = re.findall(r"^(\S+) (\S+) \(([^)]+)\)$", (VENDOR / "LICENSES.txt").read_text(), re.M)
    listed = {name: version for name, version, _ in heads}
    assert {"katex", "vega", "vega-lite", "vega-embed", "swagger-ui-dist"} <= set(listed)
    locked = {(name, found["version"]) for name, found in lock}
    assert set(listed.items()) <= locked
    assert all(licence != "undefined" for _, _, licence in heads)


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_load_nothing_from_elsewhere(path: Path) -> None:
    text = re.sub(r"""url\((["']?)data:.*?\1\)""", "", path.read_text())
    for name in re.findall(r"""url\(["']?([^)"']+)""", text):
        assert "//" not in name
        assert (path.parent / name.split("?")[0].split("#")[0]).exists(), name


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_our_scripts_name_no_host_and_evaluate_nothing(path: Path) -> None:
    text = path.read_text()
    assert "://" not in text
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", text)


def test_katex_brings_its_fonts_as_woff2_alone() -> None:
    assert {one.suffix for one in (VENDOR / "katex" / "fonts").iterdir()} == {".woff2"}
    assert ".ttf" not in (VENDOR / "katex" / "katex.min.css").read_text()
