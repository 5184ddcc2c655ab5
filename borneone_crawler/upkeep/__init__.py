"""Judgement over what the archive knows: when to look again, what is gone."""
