"""The field's public test vectors, run against ours; what differs is listed with its reason."""
