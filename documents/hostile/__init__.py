"""What opens a stranger's file. Only ever run through documents.limits; imports no Django, so a child is quick."""
