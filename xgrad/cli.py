"""The `xgrad` command. Each subcommand is imported when it is asked for, so `--help` is instant.

Exit codes: 0 as asked; 1 a grade, check or demo that is not as declared; 2 wrong usage; 3 the
machine, the settings or an input file is in the way; 130 stopped by Ctrl-C.
"""

import importlib
import os
import sys
from collections.abc import Mapping

import click

from xgrad.faults import EXIT_SETUP, Fault, explain
from xgrad.processes import Stopped

COMMANDS: Mapping[str, str] = {
    "grade": "xgrad.commands.grade:grade",
    "check": "xgrad.commands.check:check",
    "doctor": "xgrad.commands.doctor:doctor",
    "run": "xgrad.commands.run:run",
    "demo": "xgrad.commands.demo:demo",
    "admin": "xgrad.commands.admin:admin",
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
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xgrad", prog_name="xgrad")
def cli() -> None:
    """Grade numerical and deep-learning work against torch references, and say why it is wrong."""


def main() -> None:
    """Run the command line; what goes wrong is said in sentences, and in the exit code."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(standalone_mode=False)
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
