"""Who, where, and what each may do."""
