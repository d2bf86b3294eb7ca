"""The only room that knows Pillow: a photo comes in as a file's bytes and leaves small, clean and marked."""
