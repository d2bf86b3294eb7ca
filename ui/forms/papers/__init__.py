"""Any paper on the screen before it goes out: its pages as large as they read, the printer beside them."""
