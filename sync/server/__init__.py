"""The county's side of an exchange, on PostgreSQL."""
