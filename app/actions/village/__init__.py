"""The register: households found, entered, imported."""
