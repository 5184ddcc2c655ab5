"""What is found in the archive, for people and for machines."""
