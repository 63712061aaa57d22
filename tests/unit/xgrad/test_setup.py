"""deploy/setup.sh and `make`, in a folder with spaces: what is installed, when, and when not.

pip is one that only writes down what it is asked for; everything else is real.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCK = "--requirement requirements.lock"
DEV = "--requirement requirements-dev.lock"
OURS = "--no-deps --config-settings editable_mode=compat --editable ."

PIP = """\
#!/bin/sh
echo "$*" >> pip.log
test ! -e offline
"""
# A venv in a moment; that the real one works too, `make` is asked below.
PYTHON = """\
#!/bin/sh
case "$1" in
  -c) exec "{python}" "$@" ;;
  -m) mkdir -p "$3/bin" && touch "$3/made" ;;
esac
"""


class Folder:
    """A copy of what setting up reads, in a folder with spaces."""

    def __init__(self, place: Path) -> None:
        self.place = place
        (place / "deploy").mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / "setup.sh", place / "deploy")
        shutil.copy(ROOT / "Makefile", place)
        for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
            (place / name).write_text("a==1\n")
        self.script("pip", PIP)
        self.script("python", PYTHON.format(python=sys.executable))

    def script(self, name: str, text: str) -> None:
        (self.place / name).write_text(text)
        (self.place / name).chmod(0o755)

    def setup(self, which: str = "run") -> "subprocess.CompletedProcess[str]":
        return self.run("deploy/setup.sh", "./python", which, "./pip")

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        # A make around the tests would hand its own flags on.
        outer = {name: value for name, value in os.environ.items() if "MAKE" not in name}
        return subprocess.run(
            command, cwd=self.place, env=outer, capture_output=True, text=True, check=False
        )

    def asked(self) -> list[str]:
        """What pip was asked for since the last time."""
        log = self.place / "pip.log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "a folder with spaces")


def test_the_first_run_installs_and_the_second_does_nothing(folder: Folder) -> None:
    for which, asked in (("run", [LOCK, OURS]), ("dev", [DEV])):
        first = folder.setup(which)
        assert first.returncode == 0, first.stderr
        assert "(once" in first.stderr
        assert folder.asked() == asked
        second = folder.setup(which)
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert folder.asked() == []
    assert folder.setup("run").stderr == ""


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_installs_again_into_the_same_venv(folder: Folder, name: str) -> None:
    folder.setup()
    folder.asked()
    (folder.place / ".venv" / "kept").touch()
    (folder.place / name).write_text("a==2\n")
    assert folder.setup().returncode == 0
    assert folder.asked() == [LOCK, OURS]
    assert (folder.place / ".venv" / "kept").exists()


def test_a_folder_that_was_moved_is_set_up_anew(folder: Folder) -> None:
    folder.setup()
    (folder.place / ".venv" / "kept").touch()
    folder.place = folder.place.rename(folder.place.with_name("another place"))
    folder.asked()
    assert folder.setup().returncode == 0
    assert folder.asked() == [LOCK, OURS]
    assert not (folder.place / ".venv" / "kept").exists(), "its scripts name the old place"
    assert (folder.place / ".venv" / "made").exists()


def test_what_could_not_be_installed_is_said_and_tried_again(folder: Folder) -> None:
    (folder.place / "offline").touch()
    failed = folder.setup()
    assert failed.returncode == 3
    assert "needs the network" in failed.stderr
    assert folder.asked() == [LOCK]
    (folder.place / "offline").unlink()
    assert folder.setup().returncode == 0
    assert folder.asked() == [LOCK, OURS]


def test_a_python_that_is_too_old_is_named_with_the_remedy(folder: Folder) -> None:
    folder.script("python", "#!/bin/sh\nexit 1\n")
    refused = folder.setup()
    assert refused.returncode == 3
    assert "needs Python 3.11 or newer; './python' is not" in refused.stderr
    assert folder.asked() == []
    assert not (folder.place / ".venv").exists()


def test_make_sets_up_first_with_a_real_venv_and_then_does_what_it_is_asked(folder: Folder) -> None:
    folder.script("xgrad-is-run", '#!/bin/sh\necho "ran $*"\n')
    words = [f"PYTHON={sys.executable}", "PIP=./pip"]
    made = folder.run("make", "setup", *words)
    assert made.returncode == 0, made.stderr
    assert (folder.place / ".venv" / "bin" / "python").exists()
    assert folder.asked() == [LOCK, OURS]
    for target, ran in (("demo", "ran -m xgrad demo --keep"), ("run", "ran -m xgrad run --keep")):
        done = folder.run("make", target, *words, "RUN=./xgrad-is-run", "ARGS=--keep")
        assert (done.stdout.strip(), done.stderr) == (ran, "")
    assert folder.asked() == [], "nothing is installed twice"


def test_make_names_the_index_of_pytorch_only_when_it_is_given(folder: Folder) -> None:
    plain = folder.run("make", "-n", "demo").stdout
    assert "--extra-index-url" not in plain
    given = folder.run("make", "-n", "demo", "TORCH_INDEX=https://example.org/cpu").stdout
    assert "install -qq --extra-index-url https://example.org/cpu" in given
