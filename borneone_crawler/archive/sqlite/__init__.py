"""The SQLite file: opened by one writer, brought up to date, copied, put back."""
