"""One article as a person reads it: its facts, its text, its history in short, its neighbours."""
