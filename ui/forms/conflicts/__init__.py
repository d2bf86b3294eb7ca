"""The page of what two people wrote differently."""
