"""The only code of ours that runs beside a student's: small, and believed by nobody outside."""
