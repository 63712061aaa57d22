"""A script that forks finds what libraries want done around a fork done, as it would anywhere."""

SEEDED = """
import os, random, threading
random.seed(1)
reader, writer = os.pipe()
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
if os.fork() == 0:
    os.write(writer, f"{random.random()} {threading.active_count()}".encode())
    os._exit(0)
os.wait()
stop.set()
thread.join()
drawn, threads = os.read(reader, 100).decode().split()
x = [float(drawn) != random.random(), int(threads)]
"""
LOGGED = """
import logging, os, threading
logging.basicConfig()
handler = logging.getLogger().handlers[0]
held, done = threading.Event(), threading.Event()
def hold():
    with handler.lock:
        held.set()
        done.wait()
thread = threading.Thread(target=hold)
thread.start()
held.wait()
pid = os.fork()
if pid == 0:
    logging.warning("said")
    os._exit(7)
x = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
done.set()
thread.join()
"""


def test_its_draws_differ_and_its_threads_are_gone_there(run):
    done = run(SEEDED, "x", processes=2)
    assert done.ended is None, (done.explanation, done.error)
    assert done.values["x"].json_text == "[true, 1]"


def test_a_lock_that_a_thread_held_does_not_stop_it(run):
    done = run(LOGGED, "x", wall_s=30, processes=2)
    assert done.ended is None, (done.explanation, done.error)
    assert done.values["x"].json_text == "7"
    assert "said" in done.output


def test_the_scripts_own_draws_are_the_same_each_time(run):
    script = "import random\nx = random.random()"
    assert run(script, "x").values == run(script, "x").values
