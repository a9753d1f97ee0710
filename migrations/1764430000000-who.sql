-- Who had it done again, or put aside. Times are milliseconds since the epoch.
ALTER TABLE effects ADD COLUMN handled jsonb;
ALTER TABLE events ADD COLUMN replayed_by text;
