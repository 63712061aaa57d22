"""People, their passwords and their tokens."""

import sys

import click

from grader.services import passwords, people, tokens
from xgrad.service import context, person_id


def _password(*, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else passwords.draw()


@click.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that people see.")
@click.option("--email", default=None, help="Where to reach them.")
@click.option("--admin", "is_admin", is_flag=True, help="May manage every course.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(
    username: str, name: str, email: str | None, is_admin: bool, password_stdin: bool
) -> None:
    """Make a person. Without --password-stdin a password is drawn and printed once."""
    password = _password(from_stdin=password_stdin)
    with context() as ctx:
        people.create(ctx, username, name, email=email, password=password, is_admin=is_admin)
    click.echo(f"Made {username}.")
    if not password_stdin:
        click.echo(f"Password (shown once): {password}")


@click.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(username: str, password_stdin: bool) -> None:
    """Set a person's password: one drawn and printed once, or one from standard input."""
    chosen = _password(from_stdin=password_stdin)
    with context() as ctx:
        people.set_password(ctx, person_id(ctx, username), chosen)
    click.echo("Set." if password_stdin else f"Password (shown once): {chosen}")


@click.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=("submit", "read"),
    help="submit or read; both if left out.",
)
def token(username: str, name: str, scopes: tuple[str, ...]) -> None:
    """Issue an API token that acts as a person; printed once."""
    with context() as ctx:
        issued = tokens.issue(ctx, person_id(ctx, username), name, scopes)
    click.echo(f"Token {issued.token_id} (shown once): {issued.token}")


@click.command()
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """End an API token at once."""
    with context() as ctx:
        tokens.revoke(ctx, None, token_id)
    click.echo("Revoked.")
