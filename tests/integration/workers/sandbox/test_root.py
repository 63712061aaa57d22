"""What is bound into the jail's root is read-only to its last corner."""

import subprocess
import sys
from pathlib import Path

import workers

TRY = """
import sys
from pathlib import Path
from workers.zygote import root, syscalls as sc
base = Path(sys.argv[1])
sc.unshare(sc.CLONE_NEWNS)
sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
(base / "from" / "deep").mkdir(parents=True)
sc.mount("deep", str(base / "from" / "deep"), "tmpfs", 0, "mode=777")
root._bind(str(base / "from"), str(base / "to"))
for place in ("to", "to/deep"):
    try:
        (base / place / "file").write_text("x")
        print("written")
    except OSError as fault:
        print(fault.errno)
(base / "from" / "deep" / "file").write_text("x")
"""


def test_a_mount_below_a_bound_folder_cannot_be_written_to(tmp_path):
    code = Path(workers.__file__).parent.parent
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", sys.executable, "-B", "-c", TRY, str(tmp_path)],
        cwd=code, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr) == (["30", "30"], "")
