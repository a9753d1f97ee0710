-- Deliveries of webhooks that had started pipelines, by which they are known when they come again. Times are milliseconds
-- since the epoch.
CREATE TABLE webhook_deliveries (
  key text COLLATE "C" PRIMARY KEY,
  event_id text,
  execution_ids jsonb NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX webhook_deliveries_ages ON webhook_deliveries (at);
