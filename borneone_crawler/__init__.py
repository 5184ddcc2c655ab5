"""The crawler and archive of BorneOneTV, a local newsroom in Pontianak, West Kalimantan."""

__version__ = "0.1.0.dev0"
