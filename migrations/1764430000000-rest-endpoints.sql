-- How endpoints fare that events are forwarded to; one that works has no row. Times are milliseconds since the epoch.
CREATE TABLE rest_endpoints (
  endpoint text COLLATE "C" PRIMARY KEY,
  failing_since bigint NOT NULL,
  last_error text NOT NULL,
  disabled_at bigint
);
