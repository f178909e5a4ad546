"""A register of enterprises as a workbook: the form to download, reading it, judging it, and giving it back."""
