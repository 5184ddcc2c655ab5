"""What is to be asked for, and when: addresses, what names them, and what leads nowhere."""
