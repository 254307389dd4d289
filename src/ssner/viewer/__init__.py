"""Documents shown to people: tables and pages."""
