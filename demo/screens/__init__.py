"""A picture of every page in every state it can be in, taken from the running program."""
