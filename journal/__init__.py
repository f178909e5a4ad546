"""What happened: append-only audit events, seals, the outbox."""
