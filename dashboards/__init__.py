"""What each person sees first: homes, public pages, the Chairman's case page."""
