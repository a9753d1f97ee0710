-- How many effects an event has: without it PostgreSQL takes them for a two-hundredth of all, and looks through the table.
CREATE STATISTICS effects_of_event ON (cause ->> 'inboxId') FROM effects;
ANALYZE effects;
