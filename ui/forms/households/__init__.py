"""The register: search, a family on one page, a new household."""
