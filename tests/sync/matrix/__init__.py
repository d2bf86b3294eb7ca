"""Every way in which the conversation with the county may break, and the test that plays it."""
