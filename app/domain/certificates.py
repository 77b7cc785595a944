"""What can become of a certificate once its serial is used; a serial is never used again."""

from __future__ import annotations

from enum import StrEnum


class CertificateState(StrEnum):
    """Stored by value. Whatever is not issued any more keeps its line in the register, with the reason."""

    ISSUED = "issued"
    VOID = "void"  # never handed out
    REPLACED = "replaced"  # superseded by another serial
    REVOKED = "revoked"  # by headquarters, in the status list
