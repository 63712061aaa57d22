"""Events, named in the past tense, that leave the service through the outbox."""

GRADE_RECORDED = "grade.recorded"
"""A revision of a grade was stored. Payload: see docs/webhooks.md."""
