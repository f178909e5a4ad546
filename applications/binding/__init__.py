"""The bound volume (III.1.3.3-b): the plan and its attachments in one, versioned, every part with its digest."""
