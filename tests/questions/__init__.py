"""Ten days of the fixture newsroom, and the archive that archive/README.md asks its questions."""
