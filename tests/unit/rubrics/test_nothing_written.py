"""A judge needs no file, no folder and no network of its own: the jail grants none."""

import subprocess
import sys
from pathlib import Path

from rubrics.schema import Assignment

SCRIPT = """
import os, sys

def refuse(event, details):
    if event == "open" and details[0] != os.devnull:
        wants = details[2] or 0
        if wants & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError(f"writes {details[0]}")
    if event in ("os.mkdir", "os.remove", "os.rename", "socket.connect", "subprocess.Popen"):
        raise PermissionError(f"{event} {details}")

sys.addaudithook(refuse)

from pathlib import Path
from rubrics.answers import RawAnswer, parse_answer
from rubrics.judge import Judge
from rubrics.loader import load

folder = Path(sys.argv[1])
judge = Judge(folder)
judge.warm()
raw = RawAnswer(kind="tensor", text="[0.4722, 0.0000, 0.9642, 135.0000]")
answers = {"q1": parse_answer(load(folder).question("q1"), raw)}
print(judge.judge(answers, {}, 1)[0].checks[0].diagnoses[0].where)
"""


def test_a_judge_writes_nothing_and_calls_nobody(paper: Assignment) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-B", "-c", SCRIPT, str(paper.folder)],
        capture_output=True,
        text=True,
        cwd=root,
        env={"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "the exponent `4*x`"
