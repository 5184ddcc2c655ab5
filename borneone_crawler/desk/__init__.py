"""Read-only faces of the archive: what a person is shown of it."""
