"""What the crawler costs: figures that one run takes side by side. `make bench` prints them."""
