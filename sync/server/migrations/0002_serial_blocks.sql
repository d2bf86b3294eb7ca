-- Ticket numbers are given out offline: every computer of a village counts within a block of its own.

ALTER TABLE device ADD COLUMN serial_block integer NOT NULL DEFAULT 0;
