"""A WordPress imitated on loopback, for the demo and the tests: its routes, redirects and API."""
