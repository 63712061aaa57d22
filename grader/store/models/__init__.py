"""Every table, so that importing this one module makes the metadata whole."""

from grader.store.base import Base
from grader.store.models.assignments import AssignmentRow, AssignmentVersionRow, ExtensionRow
from grader.store.models.audit import AuditRow
from grader.store.models.grades import (
    CheckRow,
    DiagnosisRow,
    GradeRow,
    GradingRow,
    PersonMarkRow,
    QuestionMarkRow,
)
from grader.store.models.hooks import (
    DeliveryAttemptRow,
    DeliveryRow,
    InboundEventRow,
    OutboxRow,
    WebhookEndpointRow,
)
from grader.store.models.people import (
    ApiTokenRow,
    CourseRow,
    EnrolmentRow,
    LmsIdentityRow,
    LmsSourceRow,
    PersonRow,
)
from grader.store.models.regrades import RegradedRow, RegradeRow, RunRow
from grader.store.models.submissions import AnswerFileRow, AnswerRow, SubmissionRow
from grader.store.models.variants import VariantRow

__all__ = [
    "AnswerFileRow",
    "AnswerRow",
    "ApiTokenRow",
    "AssignmentRow",
    "AssignmentVersionRow",
    "AuditRow",
    "Base",
    "CheckRow",
    "CourseRow",
    "DeliveryAttemptRow",
    "DeliveryRow",
    "DiagnosisRow",
    "EnrolmentRow",
    "ExtensionRow",
    "GradeRow",
    "GradingRow",
    "InboundEventRow",
    "LmsIdentityRow",
    "LmsSourceRow",
    "OutboxRow",
    "PersonMarkRow",
    "PersonRow",
    "QuestionMarkRow",
    "RegradeRow",
    "RegradedRow",
    "RunRow",
    "SubmissionRow",
    "VariantRow",
    "WebhookEndpointRow",
]
