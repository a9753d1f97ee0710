-- Cron triggers, those of pipelines and those made by hand. Times are milliseconds since the epoch.
CREATE TABLE cron_triggers (
  key text COLLATE "C" PRIMARY KEY,
  trigger_group text NOT NULL CHECK (trigger_group IN ('pipeline', 'user')),
  id text NOT NULL,
  application text NOT NULL,
  pipeline_id text NOT NULL,
  cron_expression text NOT NULL,
  expression text NOT NULL,
  time_zone text NOT NULL,
  rebake boolean NOT NULL,
  run_as_user text,
  -- JSON, kept as text: numbers and the order of members go to orca as they came.
  parameters text,
  -- Of all the above: a sync compares these and reads no more.
  fingerprint text NOT NULL,
  -- When it is due next; null when never again.
  next_slot bigint
) WITH (fillfactor = 80);

-- Who looks for work looks here.
CREATE INDEX cron_triggers_due ON cron_triggers (next_slot) WHERE next_slot IS NOT NULL;
CREATE INDEX cron_triggers_by_application ON cron_triggers (application);
CREATE INDEX cron_triggers_by_pipeline ON cron_triggers (pipeline_id);
