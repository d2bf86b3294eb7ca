"""The pictorial checklist on paper: plans of pages, made of blocks."""
