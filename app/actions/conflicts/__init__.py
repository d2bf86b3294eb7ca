"""What two people wrote differently: looked at, decided, taken back."""
