"""Policy in force: asked, shown with its sources, taken over from the county."""
