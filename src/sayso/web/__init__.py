"""The review desk: a ledger as pages for people and as ``/api/v1`` for programs."""
