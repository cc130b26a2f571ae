"""One rule a file, named for what it finds; discovery collects them."""
