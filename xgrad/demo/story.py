"""The demo from beginning to end, once everything runs."""

from rich.console import Console

from grader.bootstrap import Context
from grader.store.queries import submissions
from xgrad.demo import acts, counts, report
from xgrad.demo.acts import Listener, Submitted
from xgrad.demo.cast import BY_SCRIPT
from xgrad.demo.receiver import Receiver
from xgrad.demo.seed import Furnished, furnish
from xgrad.faults import EXIT_FAILED, Fault
from xgrad.local import say
from xgrad.processes import Processes

WEBHOOKS_S = 60
GRADE_S = 120


def tell(ctx: Context, processes: Processes, receiver: Receiver, console: Console) -> bool:
    """Play the demo against the running service; True if all is as it must be."""
    base_url = ctx.settings.base_url
    furnished = furnish(ctx, receiver.url)
    receiver.secret = furnished.endpoint_secret
    listeners = _hand_in(ctx, processes, base_url, furnished)
    for listener in listeners:
        _hear_out(listener, processes)
    submitted = [listener.submitted for listener in listeners]
    wanted = len(submitted)
    receiver.wait_for(wanted, WEBHOOKS_S)
    # The receiver knows of a delivery a moment before its sender has logged it.
    delivered = lambda: counts.count(ctx, furnished.course_id).delivered >= wanted  # noqa: E731
    processes.wait_for(delivered, "The log of deliveries", WEBHOOKS_S)
    return _conclude(ctx, submitted, furnished, receiver, console)


def _hand_in(
    ctx: Context, processes: Processes, base_url: str, furnished: Furnished
) -> list[Listener]:
    say("Handing in: a page filled in, a script by the API, a webhook of an LMS …")
    acts.by_lms(base_url, furnished)
    paper = Listener(base_url, acts.by_page(base_url, furnished))
    script = Listener(base_url, acts.by_api(base_url, furnished, BY_SCRIPT))
    found: list[str] = []

    def acted() -> bool:
        found.extend(filter(None, [counts.of_the_lms(ctx, furnished.course_id)]))
        return bool(found)

    processes.wait_for(acted, "The submission of the LMS", 30)
    return [paper, script, Listener(base_url, acts.found(base_url, found[0]))]


def _hear_out(listener: Listener, processes: Processes) -> None:
    """Wait for the final state, and say what was told on the way."""
    name = listener.submitted.player.name
    processes.wait_for(lambda: not listener.is_alive(), f"The grade of {name}", GRADE_S)
    if listener.fault is not None:
        raise listener.fault
    say(f"  {name}: " + " → ".join(listener.submitted.states))


def _conclude(
    ctx: Context,
    submitted: list[Submitted],
    furnished: Furnished,
    receiver: Receiver,
    console: Console,
) -> bool:
    with ctx.store.read() as session:
        results = [report.Result(one, submissions.view(session, one.id)) for one in submitted]
    for one in submitted:
        one.session.close()
    report.table(console, results, ctx.settings.base_url)
    known = {result.view.id for result in results}
    received = {event["data"]["submission_id"] for event in receiver.events.values()}
    if receiver.refused:
        raise Fault(f"{receiver.refused} webhooks came with a wrong signature.", EXIT_FAILED)
    now = counts.count(ctx, furnished.course_id)
    line, good = report.last_line(results, now, len(received & known))
    console.print(line, highlight=False, soft_wrap=True)
    return good
