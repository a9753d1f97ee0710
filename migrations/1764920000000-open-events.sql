-- Events whose listeners have not all finished, and who has them. What happened lies still: only these few rows change.
-- Times are milliseconds since the epoch. The columns of `events` that said this before are of use to an older release
-- that runs beside this one, and to nobody else; they go with the next major version.
CREATE TABLE open_events (
  inbox_id text COLLATE "C" PRIMARY KEY,
  leased_by text,
  leased_until bigint NOT NULL
) WITH (fillfactor = 50);

INSERT INTO open_events (inbox_id, leased_by, leased_until)
SELECT inbox_id, leased_by, leased_until FROM events WHERE done_at IS NULL;

DROP INDEX events_leases;
