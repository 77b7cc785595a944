"""The tables people see: one mapped class per entity of the registry, by noun.

Every row is a function of the journal. Columns may be empty (groups travel apart and applying a
change never fails), there are no foreign keys, and `gone` says that the row was deleted. A test
holds the classes against app/journal/registry.py.
"""

from app.storage.tables.certificates import BlankSerial, Certificate, PrintRun
from app.storage.tables.classes import Decision, Enrolment, Mark, Result, Session, TrainingClass
from app.storage.tables.headquarters import (
    Centre,
    Delegation,
    Device,
    Erasure,
    Holiday,
    Instructor,
    Module,
    Policy,
    Programme,
    Publication,
    Revocation,
    StatusFile,
    TrustFile,
)
from app.storage.tables.people import Consent, Evaluation, FollowUp, Participant, Person, SameAs

__all__ = [
    "BlankSerial",
    "Centre",
    "Certificate",
    "Consent",
    "Decision",
    "Delegation",
    "Device",
    "Enrolment",
    "Erasure",
    "Evaluation",
    "FollowUp",
    "Holiday",
    "Instructor",
    "Mark",
    "Module",
    "Participant",
    "Person",
    "Policy",
    "PrintRun",
    "Programme",
    "Publication",
    "Result",
    "Revocation",
    "SameAs",
    "Session",
    "StatusFile",
    "TrainingClass",
    "TrustFile",
]
