"""The demo province: invented enterprises and people, every state, told relative to the moment of seeding."""
