"""The automated tests. They mirror the packages; testing/, if you see it, is the app for COVID tests."""
