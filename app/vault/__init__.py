"""The only room that knows cryptography at rest: passphrases, key slots, the key file."""
