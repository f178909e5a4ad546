"""Who is told: inbox, e-mail, channel adapters over the outbox."""
