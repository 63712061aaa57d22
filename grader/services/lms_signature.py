"""Whether an LMS signed an event, by the rules of Standard Webhooks."""

from collections.abc import Mapping

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from grader.domain.errors import Fault, Invalid, SignatureInvalid

MAX_EVENT_ID = 255


def verify(keys: list[str], headers: Mapping[str, str], body: bytes) -> None:
    """Raises `SignatureInvalid` unless one of the keys signed this body, minutes ago at most."""
    # The library raises ValueError on a malformed signature, UnicodeDecodeError (one too) on a
    # body that is not UTF-8, and OverflowError on an absurd time: all are the sender's fault.
    for key in keys:
        try:
            Webhook(key).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError, OverflowError):
            continue
        return
    fault = Fault(
        "webhook-signature",
        "The event is not signed by this source, or its time is off by more than five minutes.",
        "Sign it as Standard Webhooks says, with this source's newest secret.",
    )
    raise SignatureInvalid("The signature is not valid.", fault)


def event_id(headers: Mapping[str, str]) -> str:
    """The id of a verified event. Raises `Invalid` if it cannot be kept."""
    given = next(value for name, value in headers.items() if name.lower() == "webhook-id")
    if len(given) > MAX_EVENT_ID or not given.isprintable():
        fault = Fault(
            "webhook-id", "It cannot be used.", f"Use at most {MAX_EVENT_ID} printable characters."
        )
        raise Invalid("The event's id cannot be used.", fault)
    return given
