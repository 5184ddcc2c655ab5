"""How well articles are read, here and elsewhere: the same pages, in the same run."""
