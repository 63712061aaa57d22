"""The `xgrad` command. Each subcommand is imported when it is asked for, so `--help` is instant.

Exit codes: 0 as asked; 1 a grade, check or demo that is not as declared; 2 wrong usage; 3 the
machine, the settings or an input file is in the way; 130 stopped by Ctrl-C.
"""

import importlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import click

from xgrad.faults import EXIT_SETUP, Fault, explain
from xgrad.processes import Stopped


@dataclass(frozen=True)
class Entry:
    """Where a command is, and what it is for; said here so that `--help` imports none of them."""

    target: str
    summary: str


COMMANDS: Mapping[str, Entry] = {
    "grade": Entry("xgrad.commands.grade:grade", "Grade files here and now, offline."),
    "new": Entry("xgrad.commands.new:new", "Make an assignment to start from."),
    "check": Entry("xgrad.commands.check:check", "Check an assignment before students see it."),
    "regrade": Entry("xgrad.commands.regrade:regrade", "Grade submissions again, or take it back."),
    "doctor": Entry("xgrad.commands.doctor:doctor", "Show what this machine has for the sandbox."),
    "run": Entry("xgrad.commands.run:run", "Serve everything on this machine until Ctrl-C."),
    "demo": Entry("xgrad.commands.demo:demo", "Grade a real paper end to end, and check it."),
    "admin": Entry("xgrad.commands.admin:admin", "Make people, courses, tokens and webhooks."),
}


class Lazy(click.Group):
    """A group whose commands are named in COMMANDS and loaded one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xgrad", prog_name="xgrad")
def cli() -> None:
    """Grade numerical and deep-learning work against torch references, and say why it is wrong."""


def main() -> None:
    """Run the command line; what goes wrong is said in sentences, and in the exit code."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(prog_name="xgrad", standalone_mode=False)
    except click.ClickException as usage:
        usage.show()
        return usage.exit_code
    except Fault as fault:
        return _say(fault.message, fault.code)
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", 130)
    except Stopped as stopped:
        return stopped.code
    except Exception as error:
        if os.environ.get("XGRAD_DEBUG"):
            raise
        return _say(explain(error), EXIT_SETUP)
    return code if isinstance(code, int) else 0


def _say(message: str, code: int) -> int:
    print(f"xgrad: {message}", file=sys.stderr)
    return code
