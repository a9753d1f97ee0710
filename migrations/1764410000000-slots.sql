-- What became of the slots that were reached. Times are milliseconds since the epoch.
CREATE TABLE slots (
  trigger_key text COLLATE "C" NOT NULL,
  slot bigint NOT NULL,
  trigger_id text NOT NULL,
  application text NOT NULL,
  pipeline_id text NOT NULL,
  outcome text NOT NULL,
  reached_at bigint NOT NULL,
  -- The effect that starts it knows how that ended.
  start_key text,
  PRIMARY KEY (trigger_key, slot)
);

CREATE INDEX slots_by_time ON slots (slot);

-- Triggers and applications that somebody has paused.
CREATE TABLE cron_pauses (
  scope text NOT NULL,
  name text NOT NULL,
  note text NOT NULL,
  paused_by text NOT NULL,
  since bigint NOT NULL,
  PRIMARY KEY (scope, name)
);

-- Clusters that share this database, and which of them fires.
CREATE TABLE clusters (
  name text PRIMARY KEY,
  enabled boolean NOT NULL,
  seen_at bigint NOT NULL
);
