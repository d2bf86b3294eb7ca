"""What devices and the county say to each other: the same code on both sides, and no I/O."""
